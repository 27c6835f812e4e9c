"""`cchc targets` and `cchc deadlines`: look-ups in the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from bot.commands.base import Command, ListedByDefault, Session
from bot.commands.columns import columns, printed_width
from bot.commands.failure import PARTLY
from bot.commands.opening import opened, print_json
from bot.commands.options import day_option, json_option, known_place
from bot.streams import readable

if TYPE_CHECKING:
    from knowledge.deadlines import Deadline
    from knowledge.row_shelf import Found
    from knowledge.targets import Target

TARGETS = ("CHỈ TIÊU", "GIÁ TRỊ", "NĂM", "NƠI", "VĂN BẢN", "HIỆU LỰC")
DEADLINES = ("VIỆC", "HẠN", "CƠ QUAN", "NƠI", "VĂN BẢN")

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Row = TypeVar("_Row", "Target", "Deadline")


def _look_up(command: _Command) -> _Command:
    """Give a command what a look-up takes: words, a place, a year, JSON, a day."""
    taking: Any = command
    for option in (
        click.pass_obj,
        day_option,
        json_option,
        click.option("--year", type=int, metavar="NĂM", help="Chỉ của năm này."),
        click.option("--place", metavar="NƠI", help="Chỉ của tỉnh, thành phố này."),
        click.argument("query", nargs=-1, metavar="[TỪ CẦN TÌM]"),
    ):
        taking = option(taking)
    return cast(_Command, taking)


def _shown(
    found: Sequence[Found[_Row]],
    as_json: bool,
    heading: Sequence[str],
    cells: Callable[[Found[_Row]], list[str]],
    none: str,
) -> int:
    """Print what was found, or that nothing was; return the exit status."""
    from bot.row_texts import as_fact

    if as_json:
        print_json([as_fact(row) for row in found])
    elif found:
        click.echo("\n".join(columns([heading, *map(cells, found)], 0, printed_width())))
    else:
        click.echo(none, err=True)
    return 0 if found else PARTLY


@click.group("targets", cls=ListedByDefault, subcommand_metavar="[TỪ CẦN TÌM | LỆNH …]")
def targets() -> None:
    """Tra và sửa chỉ tiêu trong các văn bản của kho.

    Ví dụ: cchc targets hai long dat dai 2023. Kết thúc với mã 1 khi không có dòng nào.
    """


@targets.command("list", cls=Command)
@_look_up
def list_targets(
    session: Session,
    query: tuple[str, ...],
    place: str | None,
    year: int | None,
    as_json: bool,
    on: date | None,
) -> int:
    """Tra chỉ tiêu (không cần gõ “list”)."""
    from bot.row_texts import value_text
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
        found, texts = application.rows.targets(wanted, day), application.texts

    def cells(one: Found[Target]) -> list[str]:
        return [
            one.row.indicator,
            value_text(one.row, texts.targets),
            str(one.row.year or ""),
            *_where(one),
            texts.validity.label(one.standing.validity.value),
        ]

    return _shown(found, as_json, TARGETS, cells, "Không có chỉ tiêu nào khớp.")


@click.group("deadlines", cls=ListedByDefault, subcommand_metavar="[TỪ CẦN TÌM | LỆNH …]")
def deadlines() -> None:
    """Tra và sửa việc phải làm, thời hạn trong các văn bản của kho.

    Ví dụ: cchc deadlines tháng 12/2025 Sở Nội vụ. Kết thúc với mã 1 khi không có dòng nào.
    """


@deadlines.command("list", cls=Command)
@_look_up
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

    day = on or date.today()
    with opened(session) as application:
        named = known_place(place, application.places)
        words = readable(" ".join(query))
        found = due_rows(application.tools(), words, day, named, year)

    def cells(one: Found[Deadline]) -> list[str]:
        row = one.row
        return [row.task, row.due or row.due_text, row.responsible or "", *_where(one)]

    return _shown(found, as_json, DEADLINES, cells, "Không có thời hạn nào khớp.")


def _where(one: Found[Any]) -> tuple[str, str]:
    metadata = one.document.metadata
    return metadata.place or "", metadata.number or one.document.id
