"""How a message hangs together with the turn before it: what it leans on, what it points at.

Everything is compared without diacritics. Folding keeps the characters in their places, so what is
found in the folded text is cut out of the typed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from config.dialogue import DialogueWords
from index.text import fold, normalise

_FILLS = r"[\s,.;:!?…]*"


@dataclass(frozen=True)
class Leaning:
    """A message without what only ties it to the last turn.

    Attributes:
        subject: "lĩnh vực đất đai" of "còn lĩnh vực đất đai thì sao?".
        opened: whether it begins as one that leans on the last turn.
        certain: whether it surely does; without diacritics "con" may as well be a child.
    """

    subject: str
    opened: bool
    certain: bool


class Dialogue:
    """Recognises the phrases of `dialogue.toml`.

    Args:
        words: the phrases.
    """

    def __init__(self, words: DialogueWords) -> None:
        closers = f"(?:{_FILLS}{_any(words.closers)})*{_FILLS}$"
        self._leaning = frozenset(words.leaning)
        self._opening = re.compile(rf"(?:{_any((*words.leaning, *words.fillers))}[\s,]+)+(?=\S)")
        self._ending = re.compile(rf"[\s,]*{_any(words.endings)}{closers}")
        self._closing = re.compile(closers)
        self._this = re.compile(rf"{_any(words.names)}\s+{_any(words.pointers)}")
        self._same_place = re.compile(_any(words.same_place))
        self._same_year = re.compile(_any(words.same_year))
        self._units = re.compile(_any(words.units))
        self._attributes = re.compile(_any(words.attributes))
        self._validity = re.compile(_any(words.validity))
        self._general = re.compile(_any(words.general))
        self._number = re.compile(
            rf"(?:{_any(words.taking)}\s+)*(\d{{1,2}})[.)]?(?:{_FILLS}{_any(words.closers)})*{_FILLS}"
        )

    def leaning(self, text: str) -> Leaning:
        """Return what a message says beside its ties to the last turn."""
        folded = fold(text)
        opening = self._opening.match(folded)
        start = opening.end() if opening else 0
        ending = self._ending.search(folded, start)
        closing = ending or self._closing.search(folded, start)
        end = closing.start() if closing else len(text)
        typed = set(normalise(text[:start]).split())
        certain = bool(ending) or bool(typed & self._leaning)
        return Leaning(text[start:end].strip(" ,.?!"), bool(opening), certain)

    def number(self, text: str) -> int | None:
        """Return the number of a choice if a message is nothing but that."""
        found = self._number.fullmatch(fold(text))
        return int(found[1]) if found else None

    def with_name(self, text: str, name: str) -> str | None:
        """Return `text` with "văn bản này" replaced by `name`, None where it points at nothing."""
        return _replaced(self._this, text, name)

    def with_place(self, text: str, place: str) -> str | None:
        """Return `text` with "ở đó" replaced by a place, None where it points at none."""
        return _replaced(self._same_place, text, f"ở {place}")

    def with_year(self, text: str, year: int) -> str | None:
        """Return `text` with "năm đó" replaced by a year, None where it points at none."""
        return _replaced(self._same_year, text, f"năm {year}")

    def asks_validity(self, text: str) -> bool:
        """Say whether `text` asks if something is in force."""
        return bool(self._validity.search(fold(text)))

    def without_units(self, text: str) -> str:
        """Return `text` without "tỉnh", "năm" and the like."""
        return _replaced(self._units, text, " ") or text

    def without_attributes(self, text: str) -> str:
        """Return `text` without what can be asked of any document: "ai chủ trì" → "ai"."""
        return _replaced(self._attributes, text, " ") or text

    def without_generalities(self, text: str) -> str:
        """Return `text` without the words that do not say what is wanted."""
        return _replaced(self._general, text, " ") or text


def _any(phrases: Iterable[str]) -> str:
    longest_first = sorted({fold(phrase) for phrase in phrases}, key=len, reverse=True)
    return rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b"


def _replaced(pattern: re.Pattern[str], text: str, by: str) -> str | None:
    spans = [found.span() for found in pattern.finditer(fold(text))]
    for start, end in reversed(spans):
        text = f"{text[:start]}{by}{text[end:]}"
    return text if spans else None
