"""Messages of the bot as the server keeps them, and what it refuses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.bot.channels.telegram.http import Upload
from tests.bot.channels.telegram.markup import parse_html, units


class RefusalError(Exception):
    """The server refuses a call.

    Args:
        code: HTTP status and error code.
        description: what is wrong.
        parameters: what comes with it, as "retry_after".
    """

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.answer = {"ok": False, "error_code": code, "description": description}
        if parameters:
            self.answer["parameters"] = parameters
        self.code = code


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one call.

    Attributes:
        refused: it is refused with this.
        slow: seconds before it is answered.
        cut: "before" or "after" the work is done the line is cut.
    """

    refused: RefusalError | None = None
    slow: float = 0.0
    cut: str = ""


@dataclass
class Sent:
    """A message in a chat."""

    chat: int
    id: int
    text: str
    entities: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[list[dict[str, str]]] = field(default_factory=list)
    arguments: dict[str, Any] = field(default_factory=dict)
    file: Upload | None = None
    edits: int = 0

    def button(self, label: str) -> str:
        """Return what the button with a label carries."""
        found = {one["text"]: one["callback_data"] for row in self.buttons for one in row}
        return found[label]

    @property
    def read(self) -> str:
        """What a person reads: the text, and the labels of the buttons below it."""
        return " ".join([self.text, *(one["text"] for row in self.buttons for one in row)])

    def styled(self, kind: str) -> list[str]:
        """Return the runs of text of one kind."""
        raw = self.text.encode("utf-16-le")
        return [
            raw[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in self.entities
            if e["type"] == kind
        ]


def text_of(written: str, mode: str | None, most: int) -> tuple[str, list[dict[str, Any]]]:
    """Return a text and its entities as they are shown.

    Raises:
        RefusalError: the real server would not take it.
    """
    shown, entities = parse_html(written) if mode == "HTML" else (written, [])
    if units(shown) > most:
        raise RefusalError(400, "Bad Request: message is too long")
    if most > 1024 and not shown.strip():
        raise RefusalError(400, "Bad Request: message text is empty")
    return shown, entities


def buttons_of(arguments: dict[str, Any]) -> list[list[dict[str, str]]]:
    """Return the buttons of a call.

    Raises:
        RefusalError: one of them carries too much or nothing.
    """
    rows = (arguments.get("reply_markup") or {}).get("inline_keyboard", [])
    for row in rows:
        for button in row:
            if not 1 <= len(button["callback_data"].encode()) <= 64:
                raise RefusalError(400, "Bad Request: BUTTON_DATA_INVALID")
    return [list(row) for row in rows]
