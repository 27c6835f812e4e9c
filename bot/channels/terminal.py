"""The terminal as a channel: a line in, a reply out, with history and a few commands."""

from __future__ import annotations

import re
import secrets
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.actions import actions_line
from bot.channels.drawing import ReplyView
from bot.channels.history import History
from bot.keeping.reading import ReadFile
from bot.message import Message, Reply
from config.texts import Texts

SEND = frozenset({"/nap", "/nạp"})
LEAVE = frozenset({"/thoat", "/thoát", "/exit", "/quit"})

# Arrow and function keys that were pressed where no line editor took them.
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[@-_])")


class TerminalChannel:
    """A conversation with one person at a terminal or through a pipe.

    Args:
        answer: gives the reply to a message.
        texts: what is said around the replies.
        home: folder of the history of lines.
        debug: whether details of a crash are shown.
        read: reads a file of this machine for a person who may send one; None for others.
    """

    def __init__(
        self,
        answer: Callable[[Message], Reply],
        texts: Texts,
        home: Path,
        debug: bool = False,
        read: Callable[[str, Path], ReadFile | None] | None = None,
    ) -> None:
        self._answer = answer
        self._texts = texts
        self._history = History(home)
        self._debug = debug
        self._read = read
        self._view = ReplyView.for_stream(sys.stdout)
        # Two windows of one person are two conversations.
        self._user = f"terminal:{secrets.token_hex(4)}"
        self._interactive = sys.stdin.isatty() and sys.stdout.isatty()

    def run(self, on: date | None = None, place: str | None = None) -> None:
        """Talk until the person leaves.

        Args:
            on: the day that answers are to hold for; None is the day of each question.
            place: the province that the person asks for unless a question names one.
        """
        self._view.say(self._texts.chat.greeting)
        if self._interactive:
            self._history.open()
        while (line := self._line()) is not None:
            words = _cleaned(line)
            command = words.strip().lower()
            if command in LEAVE:
                break
            self._view.say("")
            self._reply(self._sent(Message(self._user, words, on or date.today(), place)))
            self._view.say("")
        self._view.say(self._texts.chat.goodbye)

    def _sent(self, message: Message) -> Message:
        """Return a message with the file that it names behind `/nap`, if it names one."""
        command, _, named = message.text.partition(" ")
        path = Path(named.strip().strip("'\"")).expanduser()
        if self._read is None or command.lower() not in SEND or not path.is_file():
            return message
        file = self._read(message.user, path)
        return message if file is None else replace(message, file=file)

    def _reply(self, message: Message) -> None:
        try:
            reply = self._answer(message)
        except Exception:
            # One bad reply must not end the conversation.
            if self._debug:
                traceback.print_exc()
            self._view.say(self._texts.errors.reply)
            return
        self._view.show(reply)
        if reply.actions:
            self._view.hint(actions_line(reply, self._texts.actions))

    def _line(self) -> str | None:
        """Return the next line without its end, None when there are no more."""
        if self._interactive:
            try:
                line = input(self._texts.chat.prompt)
            except EOFError:
                self._view.say("")
                return None
            self._history.keep()
            return line
        line = sys.stdin.readline()
        return line.rstrip("\r\n") if line else None


def _cleaned(line: str) -> str:
    from index.text import clean

    return clean(_ESCAPES.sub("", line).expandtabs(1))
