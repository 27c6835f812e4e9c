"""`cchc link`: addresses that open the assistant with a question or a document."""

from __future__ import annotations

from urllib.parse import quote

import click

from bot.commands.base import Command, Session, WrongUse
from bot.commands.documents import unknown
from bot.commands.opening import opened
from bot.streams import readable


@click.command("link", cls=Command)
@click.argument("question", nargs=-1, metavar="[CÂU_HỎI]")
@click.option("--document", metavar="MÃ", help="Mở một văn bản, thay cho câu hỏi.")
@click.option("--bot", default="TÊN_BOT", metavar="TÊN", help="Tên người dùng của bot Telegram.")
@click.pass_obj
def link(session: Session, question: tuple[str, ...], document: str | None, bot: str) -> int:
    """In liên kết mở thẳng một câu hỏi hay một văn bản, để đặt lên trang hay in thành mã QR.

    Ví dụ: cchc link --bot cchc_tinh_bot cấp lại căn cước mất bao lâu
    """
    words = " ".join(readable(" ".join(question)).split())
    if bool(words) == bool(document):
        raise WrongUse("Ghi một câu hỏi, hoặc --document kèm mã một văn bản.")
    parameter = _of_document(session, document) if document else _of_question(words)
    click.echo(f"Telegram: https://t.me/{bot.lstrip('@')}?start={parameter}")
    page = _page(session)
    if words and page:
        click.echo(f"Trang web: {page}/?hoi={quote(words)}")
    return 0


def _of_question(words: str) -> str:
    from bot.links import link_of_question
    from index.text import fold

    # Letters with marks take two or three times the room, and what is asked is the same without.
    parameter = link_of_question(words) or link_of_question(fold(words))
    if parameter is None:
        raise WrongUse("Câu hỏi dài quá cho một liên kết của Telegram; hãy rút còn 46 chữ cái.")
    return parameter


def _of_document(session: Session, document: str) -> str:
    from bot.links import link_of_document

    with opened(session) as application:
        try:
            return link_of_document(application.document(document).id)
        except KeyError:
            raise unknown(document) from None


def _page(session: Session) -> str:
    from bot.common import OVERRIDES
    from config.channels import load_channels

    return load_channels(session.home / OVERRIDES).server.public_url
