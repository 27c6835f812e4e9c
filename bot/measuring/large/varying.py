"""Documents made by varying real ones: as many as are wanted, with the statistics of real text.

The first documents are the real ones as they are. Every further one takes a real one and
exchanges sections with others of its kind, drops sentences or puts others in their place, and
changes numbers, years and provinces, so that the frequencies of words stay those of the real
text while numbers and the neighbourhoods of words keep growing. What it says is nonsense.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from bot.measuring.large.pool import RealText
from knowledge.document import Document, Metadata, Section

SEED = 20261122
EXCHANGED = 0.35  # of the sections come from another document
DROPPED = 0.1  # of the sentences are left out
REPLACED = 0.15  # of the sentences come from another document
RENUMBERED = 0.5  # of the numbers are changed
JOINED = 0.5  # of the titles begin like one and end like another
PROCEDURES = 0.1  # of the made documents; a country has some thousands of them
REPLACING = 0.01  # of the other documents say which one they replace

_SENTENCES = re.compile(r"(?<=[.;:!?])\s+|\n+")


class Varied:
    """Makes documents.

    Args:
        pool: real texts.
        provinces: names that may stand for each other.
    """

    def __init__(self, pool: Sequence[RealText], provinces: Sequence[str]) -> None:
        self._provinces = list(provinces)
        names = "|".join(sorted(map(re.escape, provinces), key=len, reverse=True))
        self._changeable = re.compile(rf"\d+|(?:{names})\b")
        self._pool = list(pool)
        random.Random(SEED).shuffle(self._pool)
        self._procedures = [text for text in self._pool if text.field is not None]
        self._others = [text for text in self._pool if text.field is None]
        self._alike: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for text in self._pool:
            for section in text.sections:
                self._alike[_kind(text, section[0])].append(section)

    def documents(self, sections: int) -> Iterator[Document]:
        """Yield documents with about so many sections in all, always the same ones."""
        count = 0
        for document in self._endless():
            if count >= sections:
                return
            count += len(document.sections)
            yield document

    def _endless(self) -> Iterator[Document]:
        chance = random.Random(SEED)
        procedures, others = iter(self._procedures), iter(self._others)
        number = 0
        while True:
            number += 1
            is_procedure = chance.random() < PROCEDURES
            real = next(procedures if is_procedure else others, None)
            if real is not None:
                yield _document(number, real.title, real.field, real.sections, None, chance)
            else:
                yield self._varied(number, is_procedure, chance)

    def _varied(self, number: int, is_procedure: bool, chance: random.Random) -> Document:
        base = chance.choice(self._procedures if is_procedure else self._others)
        title = base.title
        if chance.random() < JOINED:
            other = chance.choice(self._procedures if is_procedure else self._others).title
            title = _joined(title, other)
        province = chance.choice(self._provinces)
        sections = []
        for heading, text in base.sections:
            if chance.random() < EXCHANGED:
                heading, text = chance.choice(self._alike[_kind(base, heading)])
            sections.append((heading, self._changed(self._resaid(text, chance), province, chance)))
        title = self._changed(title, province, chance)
        if not is_procedure:
            title = f"{title} của tỉnh {province}"
        return _document(number, title, base.field, sections, province, chance)

    def _resaid(self, text: str, chance: random.Random) -> str:
        """Return a text with sentences dropped and replaced."""
        kept: list[str] = []
        for sentence in _SENTENCES.split(text):
            drawn = chance.random()
            if drawn < REPLACED:
                other = chance.choice(self._pool)
                kept.append(chance.choice(_SENTENCES.split(chance.choice(other.sections)[1])))
            elif drawn >= REPLACED + DROPPED:
                kept.append(sentence)
        return "\n".join(kept) or text

    def _changed(self, text: str, province: str, chance: random.Random) -> str:
        """Return a text with other numbers and another province."""

        def other(found: re.Match[str]) -> str:
            said = found.group()
            if not said.isdigit():
                return province
            if chance.random() >= RENUMBERED:
                return said
            if len(said) == 4 and said[:2] in ("19", "20"):
                return str(chance.randint(1990, 2026))
            return str(chance.randint(10 ** (len(said) - 1), 10 ** len(said) - 1))

        return self._changeable.sub(other, text)


def _kind(text: RealText, heading: tuple[str, ...]) -> str:
    """Say between which sections exchanges are made: the same field of procedures, or the rest."""
    return "" if text.field is None else heading[0] if heading else "-"


def _joined(one: str, other: str) -> str:
    begin, end = one.split(), other.split()
    return " ".join([*begin[: (len(begin) + 1) // 2], *end[len(end) // 2 :]])


def _document(
    number: int,
    title: str,
    field: str | None,
    sections: Sequence[tuple[tuple[str, ...], str]],
    province: str | None,
    chance: random.Random,
) -> Document:
    """Return the document; ids ascend, so that the store gives them in the order of making."""
    spans: list[Section] = []
    start = 0
    for heading, text in sections:
        spans.append(Section(heading, start, start + len(text)))
        start += len(text) + 1
    if field is not None:
        code = f"{1 + number // 1_000_000}.{number % 1_000_000:06d}"
        metadata = Metadata(kind="Thủ tục hành chính", code=code, field=field or None)
    else:
        day = date(2010, 1, 1).replace(
            year=chance.randint(2010, 2026), month=chance.randint(1, 12), day=chance.randint(1, 28)
        )
        replaced = number - chance.randint(1, 1000) if chance.random() < REPLACING else 0
        metadata = Metadata(
            number=f"{number}/QĐ-UBND",
            kind="Quyết định",
            issuer=f"UBND tỉnh {province}" if province else None,
            place=province,
            issued_on=day,
            replaces=(f"{replaced}/QĐ-UBND",) if replaced > 0 else (),
        )
    text = "\n".join(text for _, text in sections)
    name = f"{number:07d}"
    return Document(name, title, text, tuple(spans), metadata, f"{name}.txt")
