"""`cchc survey`: the questionnaires."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Group, Session

if TYPE_CHECKING:
    from config.ratings import RatingSettings


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
        unknown = ", ".join(one for one in found.services if not _is_known(one, settings))
        if unknown:
            click.echo(f"  Chưa có dịch vụ, lĩnh vực nào tên {unknown}.")
    click.echo(f"{len(settings.offices)} cơ quan, {len(settings.services)} dịch vụ. Đều đúng.")
    return 0


def _is_known(name: str, settings: RatingSettings) -> bool:
    """Say whether a service or a field is called so, of the configuration or of a procedure."""
    from knowledge.procedures.compact import shipped, unpacked

    own = settings.services.values()
    names = {one.id for one in own} | {one.field for one in own}
    national = ({one.code, one.field} for one in unpacked(shipped()))
    return name.casefold() in {one.casefold() for one in names.union(*national) if one}
