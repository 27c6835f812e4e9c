"""`cchc targets` and `cchc deadlines`: look-ups in the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import click

from bot.commands.base import Command, ListedByDefault, Session
from bot.commands.columns import columns, printed_width
from bot.commands.failure import PARTLY
from bot.commands.opening import opened, print_json
from bot.commands.options import day_option, json_option, known_place
from bot.streams import readable

TARGETS = ("CHỈ TIÊU", "GIÁ TRỊ", "NĂM", "NƠI", "VĂN BẢN", "HIỆU LỰC")
DEADLINES = ("VIỆC", "HẠN", "CƠ QUAN", "NƠI", "VĂN BẢN")
_PLACE = click.option("--place", metavar="NƠI", help="Chỉ của tỉnh, thành phố này.")
_YEAR = click.option("--year", type=int, metavar="NĂM", help="Chỉ của năm này.")


@click.group("targets", cls=ListedByDefault, subcommand_metavar="[TỪ CẦN TÌM | LỆNH …]")
def targets() -> None:
    """Tra và sửa chỉ tiêu trong các văn bản của kho.

    Ví dụ: cchc targets hai long dat dai 2023. Kết thúc với mã 1 khi không có dòng nào.
    """


@targets.command("list", cls=Command)
@click.argument("query", nargs=-1, metavar="[TỪ CẦN TÌM]")
@_PLACE
@_YEAR
@json_option
@day_option
@click.pass_obj
def list_targets(
    session: Session,
    query: tuple[str, ...],
    place: str | None,
    year: int | None,
    as_json: bool,
    on: date | None,
) -> int:
    """Tra chỉ tiêu (không cần gõ “list”)."""
    from bot.row_texts import as_fact, value_text
    from bot.wanted import wanted_of

    day = on or date.today()
    with opened(session) as application:
        tools = application.tools()
        wanted = wanted_of(tools.understanding.read(readable(" ".join(query))))
        named = known_place(place, application.places)
        wanted = replace(
            wanted,
            places=(named,) if named else wanted.places,
            years=(year,) if year else wanted.years,
        )
        found = application.rows.targets(wanted, day)
    if as_json:
        print_json([as_fact(row) for row in found])
    elif found:
        texts = application.texts
        rows = [
            [
                f.row.indicator,
                value_text(f.row, texts.targets),
                str(f.row.year or ""),
                f.document.metadata.place or "",
                f.document.metadata.number or f.document.id,
                texts.validity.label(f.standing.validity.value),
            ]
            for f in found
        ]
        click.echo("\n".join(columns([TARGETS, *rows], 0, printed_width())))
    else:
        click.echo("Không có chỉ tiêu nào khớp.", err=True)
    return 0 if found else PARTLY


@click.group("deadlines", cls=ListedByDefault, subcommand_metavar="[TỪ CẦN TÌM | LỆNH …]")
def deadlines() -> None:
    """Tra và sửa việc phải làm, thời hạn trong các văn bản của kho.

    Ví dụ: cchc deadlines tháng 12/2025 Sở Nội vụ. Kết thúc với mã 1 khi không có dòng nào.
    """


@deadlines.command("list", cls=Command)
@click.argument("query", nargs=-1, metavar="[TỪ CẦN TÌM]")
@_PLACE
@_YEAR
@json_option
@day_option
@click.pass_obj
def list_deadlines(
    session: Session,
    query: tuple[str, ...],
    place: str | None,
    year: int | None,
    as_json: bool,
    on: date | None,
) -> int:
    """Tra việc phải làm và thời hạn (không cần gõ “list”)."""
    from bot.due import due_rows
    from bot.row_texts import as_fact

    day = on or date.today()
    with opened(session) as application:
        named = known_place(place, application.places)
        words = readable(" ".join(query))
        found = due_rows(application.tools(), words, day, named, year)
    if as_json:
        print_json([as_fact(row) for row in found])
    elif found:
        rows = [
            [
                f.row.task,
                f.row.due or f.row.due_text,
                f.row.responsible or "",
                f.document.metadata.place or "",
                f.document.metadata.number or f.document.id,
            ]
            for f in found
        ]
        click.echo("\n".join(columns([DEADLINES, *rows], 0, printed_width())))
    else:
        click.echo("Không có thời hạn nào khớp.", err=True)
    return 0 if found else PARTLY
