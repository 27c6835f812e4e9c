"""`cchc targets correct|add|corrections|restore` and `cchc deadlines correct`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

import click

from bot.commands.base import Command, Session
from bot.commands.columns import columns, printed_width
from bot.commands.failure import PARTLY, Failure
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option
from bot.commands.rows import deadlines, targets
from bot.streams import readable

if TYPE_CHECKING:
    from knowledge.targets import Target

__all__ = ["deadlines", "targets"]

_Row = TypeVar("_Row")
_DOCUMENT = click.argument("document", metavar="MÃ_VĂN_BẢN")
_CLAUSE = click.argument("clause", metavar="“ĐOẠN TRÍCH”")
_WORDS = click.argument("words", metavar="“SỬA GÌ”")
_ROW = click.option("--row", type=int, metavar="SỐ", help="Dòng thứ mấy của đoạn trích.")
SHOWN = ("SỐ", "VĂN BẢN", "ĐOẠN TRÍCH", "NAY LÀ")


@targets.command("correct", cls=Command)
@_DOCUMENT
@_CLAUSE
@_WORDS
@_ROW
@click.pass_obj
def correct_target(
    session: Session, document: str, clause: str, words: str, row: int | None
) -> int:
    """Sửa một chỉ tiêu đã đọc được; lần đọc lại sau vẫn giữ.

    Đoạn trích là vài chữ liền nhau trong câu nêu chỉ tiêu. Sửa gì: “giá trị từ 85% trở lên; năm
    2025”, hoặc “không phải chỉ tiêu”.
    """
    from knowledge.row_words import RowWordsError

    with opened(session) as application:
        found = application.correcting.targets(document, readable(clause))
        chosen = _one(found, row, [_said(one) for one in found])
        try:
            after = application.correcting.correct_target(document, chosen, readable(words))
        except RowWordsError as error:
            raise Failure(str(error)) from error
    click.echo(f"Đã ghi: {_said(after)}" if after else "Đã ghi: đoạn này không nêu chỉ tiêu.")
    return 0


@targets.command("add", cls=Command)
@_DOCUMENT
@_CLAUSE
@_WORDS
@click.pass_obj
def add_target(session: Session, document: str, clause: str, words: str) -> int:
    """Thêm một chỉ tiêu mà trợ lý đọc sót.

    Đoạn trích chép đúng từng chữ trong văn bản. Nêu đủ: “chỉ tiêu …; giá trị …; năm …”.
    """
    from knowledge.row_words import RowWordsError

    with opened(session) as application:
        try:
            row = application.correcting.add_target(document, readable(clause), readable(words))
        except RowWordsError as error:
            raise Failure(str(error)) from error
        except KeyError as error:
            raise Failure(f"Không có văn bản “{document}”; xem “cchc documents”.") from error
    click.echo(f"Đã ghi: {_said(row)}")
    return 0


@targets.command("corrections", cls=Command)
@json_option
@click.pass_obj
def corrections(session: Session, as_json: bool) -> int:
    """Xem các chỉ tiêu đã được sửa."""
    with opened(session) as application:
        found = application.correcting.corrections()
    if as_json:
        print_json(
            [
                {
                    "id": one.id,
                    "document": one.document,
                    "clause": one.clause,
                    "row": one.row and one.row.as_json(),
                }
                for one in found
            ]
        )
    elif found:
        rows = [
            [str(one.id), one.document, one.clause, _said(one.row) if one.row else "–"]
            for one in found
        ]
        click.echo("\n".join(columns([SHOWN, *rows], 2, printed_width())))
    else:
        click.echo("Chưa sửa chỉ tiêu nào.", err=True)
    return 0


@targets.command("restore", cls=Command)
@click.argument("number", type=int, metavar="SỐ")
@click.pass_obj
def restore(session: Session, number: int) -> int:
    """Bỏ một lần sửa; số xem bằng “cchc targets corrections”."""
    with opened(session) as application:
        if application.correcting.restore(number):
            click.echo("Đã bỏ sửa; dòng đọc được từ văn bản hiện lại.")
            return 0
    click.echo(f"Không có lần sửa số {number}; xem “cchc targets corrections”.", err=True)
    return PARTLY


@deadlines.command("correct", cls=Command)
@_DOCUMENT
@_CLAUSE
@_WORDS
@_ROW
@click.pass_obj
def correct_deadline(
    session: Session, document: str, clause: str, words: str, row: int | None
) -> int:
    """Sửa một thời hạn đã đọc được; lần đọc lại sau vẫn giữ.

    Sửa gì: “hạn 30/6/2025; cơ quan Sở Nội vụ; việc …”, hoặc “không phải thời hạn”.
    """
    from knowledge.row_words import RowWordsError

    with opened(session) as application:
        found = application.correcting.deadlines(document, readable(clause))
        chosen = _one(found, row, [one.task for one in found])
        try:
            after = application.correcting.correct_deadline(document, chosen, readable(words))
        except RowWordsError as error:
            raise Failure(str(error)) from error
    told = f"{after.task}, {after.due_text}" if after else "đoạn này không nêu thời hạn."
    click.echo(f"Đã ghi: {told}")
    return 0


def _one(found: Sequence[_Row], row: int | None, said: Sequence[str]) -> _Row:
    """Return the row that is meant.

    Raises:
        Failure: there is none, or several.
    """
    if row is not None and 1 <= row <= len(found):
        return found[row - 1]
    if len(found) == 1 and row is None:
        return found[0]
    if not found:
        raise Failure("Không thấy dòng nào có đoạn trích này trong văn bản.")
    listed = "; ".join(f"{i}. {words}" for i, words in enumerate(said, 1))
    raise Failure(f"Đoạn trích có {len(found)} dòng, hãy thêm --row SỐ: {listed}")


def _said(row: Target) -> str:
    from bot.row_texts import value_text
    from config.texts import load_texts

    year = f" ({row.year})" if row.year else ""
    return f"{row.indicator}: {value_text(row, load_texts().targets)}{year}"
