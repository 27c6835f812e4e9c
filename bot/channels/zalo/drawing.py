"""A reply as Zalo shows it: plain texts of limited length, and on an Official Account buttons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.message import Reply

LIMIT = 2000  # characters of one text, as Zalo counts them
BUTTONS = 5
TITLE = 100  # characters on a button
PAYLOAD = 1000  # characters that a button sends

_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_SENTENCE = re.compile(r"(?<=[.!?;:…])\s+")
_SPACE = re.compile(r"\s+")
_LINE = re.compile(r"\n")


@dataclass(frozen=True)
class Button:
    """A button that sends `payload` as if the person had typed it."""

    title: str
    payload: str


def texts_of(reply: Reply, *below: str, limit: int = LIMIT) -> list[str]:
    """Return the texts that say what a reply says, in order.

    Numbered choices stay as lines of text, so that typing a number always works.

    Args:
        reply: what to say.
        below: paragraphs to go under it; empty ones are left out.
        limit: length of one text.
    """
    paragraphs = [part.strip() for part in (reply.text, *below) if part.strip()]
    return pages("\n\n".join(paragraphs), limit)


def pages(text: str, limit: int = LIMIT) -> list[str]:
    """Split a text at the ends of paragraphs, inside them only where one is too long by itself.

    Args:
        text: what to split.
        limit: length of a page.

    Returns:
        Pages that are not empty and not longer than `limit`. Together they hold every character
        of the text but the white space at which it was split.
    """
    return list(_packed(text, limit, [(_PARAGRAPH, "\n\n"), (_LINE, "\n"), *_WITHIN]))


_WITHIN = [(_SENTENCE, " "), (_SPACE, " ")]


def _packed(text: str, limit: int, joints: list[tuple[re.Pattern[str], str]]) -> Iterator[str]:
    """Yield runs of parts that fit, split at the first of the joints that is fine enough."""
    text = text.strip()
    if length(text) <= limit:
        yield from filter(None, [text])
        return
    if not joints:
        yield from _cut(text, limit)
        return
    (joint, glue), finer = joints[0], joints[1:]
    page = ""
    for part in filter(str.strip, joint.split(text)):
        longer = f"{page}{glue}{part}" if page else part
        if length(longer) <= limit:
            page = longer
            continue
        if page:
            yield page.strip()
        *whole, page = _packed(part, limit, finer)
        yield from whole
    if page:
        yield page.strip()


def _cut(text: str, limit: int) -> Iterator[str]:
    """Cut a run of letters without any white space."""
    page = ""
    for letter in text:
        if length(page + letter) > limit:
            yield page
            page = ""
        page += letter
    yield page


def length(text: str) -> int:
    """Return the length of a text in UTF-16 units.

    What Zalo counts is not published; no usual way of counting letters gives more than this one.
    """
    return len(text) + sum(letter > "\uffff" for letter in text)


def buttons_of(reply: Reply) -> tuple[Button, ...]:
    """Return the buttons of a reply: its choices if they are few enough, and then its actions.

    What a button sends is what the person would type, the number of the choice or the word of
    the action: Zalo delivers a tap as ordinary text, without a word on which message it was.
    """
    choices = [Button(f"{one.id}. {one.label}", one.id) for one in reply.choices]
    actions = [Button(one.label, one.word) for one in reply.actions]
    if len(choices) > BUTTONS:
        choices = []
    if len(choices) + len(actions) > BUTTONS:
        actions = []
    return tuple(Button(_short(one.title), one.payload[:PAYLOAD]) for one in choices + actions)


def _short(title: str) -> str:
    title = " ".join(title.split())
    return title if length(title) <= TITLE else pages(title, TITLE - 2)[0] + " …"


def messages(texts: Sequence[str], buttons: Sequence[Button]) -> Iterator[Mapping[str, Any]]:
    """Yield what an Official Account sends for a reply; the buttons stand under the last text."""
    for text in texts[:-1]:
        yield {"text": text}
    for text in texts[-1:]:
        drawn = [
            {"title": one.title, "type": "oa.query.show", "payload": one.payload} for one in buttons
        ]
        template = {"attachment": {"type": "template", "payload": {"buttons": drawn}}}
        yield {"text": text, **(template if drawn else {})}
