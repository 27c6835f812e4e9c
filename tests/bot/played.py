"""Conversations written down as files, and what is needed to play them on a channel."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.layout import parts
from bot.message import Reply

FOLDER = Path(__file__).parent.parent / "conversations"
PERSON = "Người hỏi:"

Say = Callable[[str], Awaitable[str]]
"""Sends words on a channel as a person does and returns all that this person then reads."""


@dataclass(frozen=True)
class Exchange:
    """What a person says, and words that the reply has to hold."""

    said: str
    expected: tuple[str, ...]


@dataclass(frozen=True)
class Conversation:
    """A file of `tests/conversations`."""

    name: str
    exchanges: tuple[Exchange, ...]


def read(path: Path) -> Conversation:
    """Return the conversation of a file: lines of the person, and under each what is expected."""
    exchanges: list[Exchange] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(PERSON):
            exchanges.append(Exchange(line.removeprefix(PERSON).strip(), ()))
        elif line.startswith("- "):
            last = exchanges[-1]
            exchanges[-1] = Exchange(last.said, (*last.expected, line[2:].strip()))
        elif line.strip() and not line.startswith("#"):
            raise ValueError(f"{path.name}: {line}")
    return Conversation(path.stem, tuple(exchanges))


def conversations() -> list[Conversation]:
    """Return all conversations, ordered by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.md"))]


def plain(text: str) -> str:
    """Return words alone: line breaks, bars of quotes and quotation marks go."""
    return " ".join(re.sub(r"[│“”]", " ", text).split())


async def play(conversation: Conversation, say: Say, core: Callable[[str], Reply]) -> None:
    """Play a conversation on a channel and hold every reply against the assistant's own.

    Args:
        conversation: what is said.
        say: the channel.
        core: the assistant without a channel, in a conversation of its own.
    """
    for exchange in conversation.exchanges:
        seen = plain(await say(exchange.said))
        for words in exchange.expected:
            assert plain(words) in seen, f"{exchange.said!r}: {words!r} is not in {seen!r}"
        for part in parts(core(exchange.said)):
            assert plain(part.text) in seen, f"{exchange.said!r}: {part.text!r} is not in {seen!r}"
