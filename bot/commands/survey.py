"""`cchc survey`: the questionnaires."""

from __future__ import annotations

import click

from bot.commands.base import Command, Group, Session


@click.group("survey", cls=Group)
def survey() -> None:
    """Bộ câu hỏi đánh giá trong config/surveys/."""


@survey.command("check", cls=Command)
@click.pass_obj
def check(session: Session) -> int:
    """Kiểm tra các bộ câu hỏi và cài đặt đánh giá, kể cả phần sửa riêng."""
    from bot.common import OVERRIDES
    from config.rating_texts import load_rating_texts
    from config.rating_words import load_rating_words
    from config.ratings import load_ratings
    from config.report_texts import load_report_texts
    from config.surveys import load_surveys

    overrides = session.home / OVERRIDES
    settings = load_ratings(overrides)
    load_rating_texts(overrides)
    load_rating_words(overrides)
    load_report_texts(overrides)
    for name, found in load_surveys(overrides).items():
        used = ", ".join(found.services) or "mọi dịch vụ khác"
        click.echo(f"{name}: {found.title}, {len(found.questions)} câu, dùng cho {used}")
    click.echo(f"{len(settings.offices)} cơ quan, {len(settings.services)} dịch vụ. Đều đúng.")
    return 0
