"""`cchc ask`: one question, or a file of them."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from bot.commands.base import Command, Session, WrongUse
from bot.commands.failure import PARTLY
from bot.commands.opening import opened, print_json
from bot.commands.options import day_option, json_option, known_place, place_option
from bot.message import Message, Reply, Status
from bot.streams import readable

if TYPE_CHECKING:
    from bot.application import Application

USER = "command:ask"
RULE = "─" * 40


@click.command("ask", cls=Command)
@click.argument("question", nargs=-1, metavar="CÂU_HỎI")
@click.option(
    "--file",
    "file",
    type=click.Path(path_type=Path),
    metavar="TỆP",
    help="Hỏi từng dòng của tệp (- là đầu vào chuẩn); mỗi dòng một câu, không liên quan nhau.",
)
@json_option
@day_option
@place_option
@click.pass_obj
def ask(
    session: Session,
    question: tuple[str, ...],
    file: Path | None,
    as_json: bool,
    on: date | None,
    place: str | None,
) -> int:
    """Hỏi một câu, hoặc nhiều câu ghi trong một tệp.

    Kết thúc với mã 1 khi chưa có thông tin để trả lời CÂU_HỎI.
    """
    if bool(question) == bool(file):
        raise WrongUse("Hãy ghi một câu hỏi trong dấu nháy, hoặc --file TỆP, không cả hai.")
    if file:
        with _lines(file) as lines, opened(session) as application:
            _ask_each(application, lines, as_json, on, known_place(place, application.places))
        return 0
    with opened(session) as application:
        text = readable(" ".join(question))
        place = known_place(place, application.places)
        reply, took = _ask(application, Message(USER, text, on or date.today(), place))
    if as_json:
        print_json(reply.as_json(took))
    else:
        from bot.channels.drawing import ReplyView

        ReplyView.for_stream(sys.stdout).show(reply)
    return PARTLY if reply.status is Status.NO_ANSWER else 0


def _ask(application: Application, message: Message) -> tuple[Reply, float]:
    began = time.perf_counter()
    reply = application.reply_afresh(message)
    return reply, (time.perf_counter() - began) * 1000


def _ask_each(
    application: Application,
    lines: Iterator[str],
    as_json: bool,
    on: date | None,
    place: str | None,
) -> None:
    """Answer line by line, each at once: the program that writes the lines may be waiting."""
    for number, line in enumerate(lines):
        reply, took = _ask(application, Message(USER, line, on or date.today(), place))
        if as_json:
            print_json(reply.as_json(took), indent=None)
        else:
            click.echo(f"\n{RULE}\n{reply.text}" if number else reply.text)
        sys.stdout.flush()


@contextmanager
def _lines(file: Path) -> Iterator[Iterator[str]]:
    """Open a file of questions; it is told to be missing before anything slow begins."""
    if str(file) == "-":
        yield _decoded(sys.stdin.buffer)
        return
    try:
        opened_file = file.open("rb")
    except OSError as error:
        why = error.strerror or "không rõ vì sao"
        raise WrongUse(f"Không đọc được tệp câu hỏi {file} ({why}); hãy xem lại tên.") from error
    with opened_file:
        yield _decoded(opened_file)


def _decoded(stream: BinaryIO) -> Iterator[str]:
    for raw in stream:
        yield raw.decode("utf-8", "replace").lstrip("\ufeff").rstrip("\r\n")
