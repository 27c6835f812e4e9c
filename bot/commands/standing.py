"""`cchc documents replace | end | withdraw`: what becomes of a document."""

from __future__ import annotations

import click

from bot.commands.base import Command, Session, WrongUse
from bot.commands.documents import unknown
from bot.commands.failure import Failure
from bot.commands.opening import opened


@click.command("replace", cls=Command)
@click.argument("old", metavar="MÃ_CŨ")
@click.argument("new", metavar="MÃ_MỚI")
@click.pass_obj
def replace(session: Session, old: str, new: str) -> int:
    """Ghi rằng văn bản cũ được văn bản mới thay thế, từ ngày văn bản mới có hiệu lực."""
    from bot.keeping.replacing import ReplacingError

    with opened(session) as application:
        try:
            application.changes.replace(old, new)
        except KeyError as error:
            raise unknown(str(error.args[0])) from None
        except ReplacingError as error:
            raise Failure(application.texts.changes.replacing(error.unfit.value)) from error
    click.echo(f"Đã ghi: {old} được {new} thay thế")
    return 0


@click.command("end", cls=Command)
@click.argument("document_id", metavar="MÃ")
@click.argument("day", metavar="NGÀY")
@click.pass_obj
def end(session: Session, document_id: str, day: str) -> int:
    """Ghi ngày cuối cùng một văn bản còn hiệu lực, ví dụ 31/12/2025 hoặc 2025-12-31."""
    from knowledge.metadata import MetadataError
    from knowledge.metadata.dates import parse_date

    last = parse_date(day)
    if last is None:
        raise WrongUse(f"“{day}” không phải một ngày; ghi như 31/12/2025 hoặc 2025-12-31.")
    with opened(session) as application:
        try:
            application.changes.end(document_id, last)
        except KeyError:
            raise unknown(document_id) from None
        except MetadataError as error:
            raise WrongUse(str(error)) from error
    click.echo(f"Đã ghi: {document_id} còn hiệu lực đến hết ngày {last:%d/%m/%Y}")
    return 0


@click.command("withdraw", cls=Command)
@click.argument("document_id", metavar="MÃ")
@click.pass_obj
def withdraw(session: Session, document_id: str) -> int:
    """Rút một văn bản khỏi kho; lấy lại được bằng “cchc audit undo SỐ”."""
    with opened(session) as application:
        made = application.changes.withdraw([document_id])
    if not made:
        raise unknown(document_id)
    click.echo(f"Đã rút {document_id}; lấy lại: cchc audit undo {made[document_id]}")
    return 0
