"""`cchc qr`: cards with codes for a counter or a case; the list of codes; withdrawing one."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Session, WrongUse
from bot.commands.columns import columns
from bot.commands.failure import PARTLY
from bot.commands.opening import print_json
from bot.commands.options import json_option
from bot.commands.rating_desk import known_subject, opened_desk

if TYPE_CHECKING:
    from bot.ratings.code import Code
    from bot.ratings.desk import RatingDesk
    from bot.ratings.subjects import Subject

FORMS = ("png", "pdf")


@click.command("qr", cls=Command)
@click.option("--office", metavar="MÃ", help="Cơ quan, mã trong ratings.toml.")
@click.option("--service", metavar="MÃ", help="Dịch vụ, mã trong ratings.toml hoặc mã thủ tục.")
@click.option("--case", metavar="SỐ", help="Chỉ dùng cho hồ sơ này, một lần.")
@click.option("--days", type=click.IntRange(1, 3650), default=365, help="Số ngày mã có hiệu lực.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="THƯ_MỤC",
    help="Nơi ghi các thẻ.",
)
@click.option("--list", "listing", is_flag=True, help="Liệt kê các mã của quầy.")
@click.option(
    "--withdraw", metavar="MÃ", help="Thu hồi một mã: cột đầu của --list, hoặc mã in trên thẻ."
)
@json_option
@click.pass_obj
def qr(
    session: Session,
    office: str | None,
    service: str | None,
    case: str | None,
    days: int,
    out: Path,
    listing: bool,
    withdraw: str | None,
    as_json: bool,
) -> int:
    """Làm thẻ có mã QR để in: khổ A6 và A4, PNG và PDF.

    Ví dụ: cchc qr --office ttpvhcc --service chung --out the
    """
    with opened_desk(session) as desk:
        if withdraw is not None:
            return _withdraw(desk, withdraw)
        if listing:
            return _list(desk, as_json)
        if not office or not service:
            raise WrongUse("Cần --office và --service; hoặc --list, --withdraw.")
        subject = known_subject(desk, office, service)
        return _cards(desk, subject, _code(desk, subject, case, days), out, as_json)


def _code(desk: RatingDesk, subject: Subject, case: str | None, days: int) -> Code:
    from bot.ratings.cases import Case, CaseState

    office, service = subject.office.id, subject.service.id
    if case is None:
        return desk.codes.make(office, service, timedelta(days=days))
    key = desk.sessions.case(case.strip())
    if desk.cases.known(key) is None:
        # A code in the hand of the person says that the case is done.
        desk.cases.note(Case(key, office, service, CaseState.COMPLETED), desk.clock())
    return desk.codes.make(office, service, timedelta(days=days), key)


def _cards(desk: RatingDesk, subject: Subject, code: Code, out: Path, as_json: bool) -> int:
    from bot.ratings.cards import SIZES, draw_card, links_of
    from bot.ratings.code import PREFIX, SHORT_PREFIX

    short = f"{SHORT_PREFIX} {desk.codes.short(code)}"
    long = f"{PREFIX}{desk.codes.long(code)}"
    links = links_of(desk.settings.links, desk.texts, long, short)
    files = []
    if links:
        out.mkdir(parents=True, exist_ok=True)
        for size in SIZES:
            for form in FORMS:
                path = out / f"{subject.office.id}-{subject.service.id}-{size}.{form}"
                path.write_bytes(draw_card(subject, links, short, desk.texts, size, form))
                files.append(str(path))
    shown = {
        "id": code.id.hex(),
        "code": long,
        "typed": short,
        "expires": code.expires.isoformat(),
        "links": {link.name: link.link for link in links},
        "files": files,
    }
    if as_json:
        print_json(shown)
        return 0
    click.echo(
        f"Mã: {short} (đến hết {code.expires:%d/%m/%Y}; thu hồi: --withdraw {code.id.hex()})"
    )
    for written in files:
        click.echo(f"Đã ghi {written}")
    if not links:
        click.echo("Chưa in thẻ: hãy điền [links] trong config/ratings.toml.", err=True)
        return PARTLY
    return 0


def _list(desk: RatingDesk, as_json: bool) -> int:
    from bot.ratings.code import SHORT_PREFIX

    rows = [
        (
            code.id.hex(),
            f"{SHORT_PREFIX} {desk.codes.short(code)}",
            code.office,
            code.service,
            code.expires.isoformat(),
            gone,
        )
        for code, gone in desk.codes.counters()
    ]
    if as_json:
        names = ("id", "typed", "office", "service", "expires", "withdrawn")
        print_json([dict(zip(names, row, strict=True)) for row in rows])
        return 0
    shown = [(*row[:5], "đã thu hồi" if row[5] else "") for row in rows]
    click.echo(
        "\n".join(columns([("MÃ", "IN TRÊN THẺ", "CƠ QUAN", "DỊCH VỤ", "ĐẾN HẾT", ""), *shown]))
    )
    return 0


def _withdraw(desk: RatingDesk, written: str) -> int:
    if not desk.codes.withdraw_written(written):
        click.echo(f"Không có mã {written}; xem các mã bằng “cchc qr --list”.", err=True)
        return PARTLY
    click.echo(f"Đã thu hồi mã {written}.")
    return 0
