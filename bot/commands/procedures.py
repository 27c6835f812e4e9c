"""`cchc procedures`: the facts of administrative procedures."""

from __future__ import annotations

import sys
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from bot.commands.base import Command, Session
from bot.commands.columns import columns, printed_width
from bot.commands.failure import PARTLY
from bot.commands.opening import opened, print_json
from bot.commands.options import day_option, json_option, known_place, place_option
from bot.streams import readable

if TYPE_CHECKING:
    from config.texts import ProcedureWords
    from knowledge.procedures.facts import Procedure

HEADINGS = ("MÃ", "TÊN", "CẤP", "THỜI HẠN", "PHÍ")
NAME = 1


@click.command("procedures", cls=Command)
@click.argument("query", nargs=-1, metavar="[MÃ HOẶC TỪ CẦN TÌM]")
@place_option
@day_option
@json_option
@click.pass_obj
def procedures(
    session: Session, query: tuple[str, ...], place: str | None, on: date | None, as_json: bool
) -> int:
    """Tra thủ tục hành chính: thời hạn, phí, giấy tờ, cơ quan, căn cứ.

    Không ghi gì thì liệt kê tất cả. Ghi mã thì chỉ lấy thủ tục ấy; ghi từ thì lấy những thủ tục có
    đủ các từ đó trong tên, lĩnh vực hoặc cấp, không có thì lấy những thủ tục gần nhất.
    """
    from bot.procedures.looking_up import look_up

    wanted = readable(" ".join(query))
    with opened(session) as application:
        own = known_place(place, application.places)
        found = look_up(application.tools(), wanted, own)
        rows = (
            [
                facts.as_json() | application.standing_of(facts.document, on or date.today())
                for facts in found
            ]
            if as_json
            else []
        )
        words = application.texts.procedure_words
    if as_json:
        print_json(rows)
    elif found:
        table = [HEADINGS, *(_row(facts, words) for facts in found)]
        click.echo("\n".join(columns(table, NAME, printed_width())))
    else:
        click.echo(f"Không có thủ tục nào khớp “{wanted}”.", err=True)
    sys.stdout.flush()
    return 0 if found or not wanted else PARTLY


def _row(facts: Procedure, words: ProcedureWords) -> list[Any]:
    from knowledge.procedures.wording import fee_words, time_words

    times = dict.fromkeys(time_words(mode, words) for mode in facts.modes)
    fees = dict.fromkeys(fee_words(mode.fee, words) for mode in facts.modes)
    said = ("; ".join(times), "; ".join(fees))
    return [facts.code, facts.name, facts.level or "", *said]
