"""Places in a text, and what each became on 1 July 2025.

A place keeps the name that the document of its time gives it: a plan of 2022 is Quảng Nam's.
A question about Quảng Nam finds Quảng Nam's documents; one about Đà Nẵng may use them too,
after Đà Nẵng's own (`Places.covers`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from config.places import PlaceTable, Unit, load_places
from knowledge.folding import fold
from knowledge.place_names import NameEntry, Token, match_strength, name_index, tokens_of

#: Place of documents that are in force everywhere.
NATIONAL = "Toàn quốc"

_GAP = re.compile(r"[ \u00a0.\-–]{1,3}")
_INITIAL_GAP = re.compile(r"\.\s?")
# "phường Hải Dương" and "đường Điện Biên" are named after provinces and are none.
_OTHER_THING = re.compile(
    r"\b(?:(?<!thị )xã|phường|thị trấn|thôn|ấp|(?<!thành )phố|đường|huyện|quận|đặc khu"
    r"|(?<!thi )xa|(?<!dia )phuong|thi tran|huyen|dac khu|con duong)\s+$"
)
_CALLED_PLACE = re.compile(
    r"(?:tinh|thanh pho|tp|t\.p|thu do|tinh uy|thanh uy|o|tai|huyen|quan|thi xa)[\s.]+(?:moi\s+)?$"
)


@dataclass(frozen=True)
class PlaceMention:
    """A place named in a text.

    Attributes:
        name: the province or city as the text's time called it, "Quảng Nam".
        current: what it belongs to since 1 July 2025, "Đà Nẵng".
        start, end: `text[start:end]` is what was written.
        certain: False where the words may mean something else or another place.
        locality: the district or commune that was written, if it was not the province.
    """

    name: str
    current: str
    start: int
    end: int
    certain: bool
    locality: str | None = None


class Places:
    """Finds places and knows what each is part of now."""

    def __init__(self, table: PlaceTable) -> None:
        """Index a table of places.

        Args:
            table: what `config.places.load_places` read.
        """
        self._table = table
        self._index = name_index(table)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for words in self._index:
            lengths[words[0]].add(len(words))
        # Few words begin a name: all others are passed over at once.
        self._lengths = {word: sorted(found, reverse=True) for word, found in lengths.items()}

    @classmethod
    def load(cls) -> Places:
        """Places of the table that ships with the program.

        Raises:
            ConfigError: the table is wrong.
        """
        return cls(load_places())

    def find(self, text: str) -> list[PlaceMention]:
        """Find places by name, shorthand, former district or commune.

        The longest name wins; diacritics may lack. A shorthand of several provinces gives one
        mention for each of them, at the same span and none certain.

        Args:
            text: NFC text.

        Returns:
            Mentions in reading order.
        """
        folded = fold(text)
        tokens = tokens_of(text, folded)
        mentions: list[PlaceMention] = []
        at = 0
        while at < len(tokens):
            length, found = self._at(text, folded, tokens, at)
            mentions.extend(found)
            at += length
        return mentions

    def names(self) -> tuple[str, ...]:
        """All names in their full spelling: provinces then and now, districts, communes."""
        former = [former.name for unit in self._table.units for former in unit.former]
        local = [name for at in self._table.localities for name in (at.name, *at.communes)]
        return tuple(dict.fromkeys([*former, *local]))

    def resolve(self, name: str) -> str | None:
        """The table's name for one written place ("tp hcm", "Tỉnh Quảng Nam"), None if unclear."""
        names = {m.name for m in self.find(name.strip()) if m.locality is None}
        if fold(name.strip()) in ("toan quoc", "ca nuoc", "trung uong"):
            return NATIONAL
        return names.pop() if len(names) == 1 else None

    def current_of(self, name: str) -> str | None:
        """The province or city of today that a former or present one belongs to."""
        unit = self._unit_of.get(name)
        return unit.name if unit else None

    def covers(self, asked: str, place: str) -> bool:
        """Whether documents of `place` may answer a question about `asked`.

        Quảng Nam's answer for Đà Nẵng, of which it is a part now, but not the other way round.
        """
        return asked == place or asked == self.current_of(place)

    def merged_note_data(self, name: str) -> Unit | None:
        """The unit of today (name, kind) that a place is part of; None where its name still is."""
        unit = self._unit_of.get(name)
        return unit if unit is not None and unit.name != name else None

    @cached_property
    def _unit_of(self) -> dict[str, Unit]:
        return {former.name: unit for unit in self._table.units for former in unit.former}

    def _at(
        self, text: str, folded: str, tokens: list[Token], at: int
    ) -> tuple[int, list[PlaceMention]]:
        """How many tokens a name at a position takes (1 if there is none), and its mentions."""
        for length in self._lengths.get(tokens[at].folded, ()):
            span = tokens[at : at + length]
            entries = self._index.get(tuple(token.folded for token in span))
            if not entries:
                continue
            found = [m for entry in entries if (m := self._mention(text, folded, span, entry))]
            if found:
                return length, _one_each(found)
        return 1, []

    def _mention(
        self, text: str, folded: str, span: list[Token], entry: NameEntry
    ) -> PlaceMention | None:
        """The mention that an entry gives for a span; an empty name where it is no place."""
        gap = _INITIAL_GAP if entry.dotted else _GAP
        if not all(gap.fullmatch(text[a.end : b.start]) for a, b in pairwise(span)):
            return None
        strength = match_strength(span, entry)
        if strength is None:
            return None
        start, end = span[0].start, span[-1].end
        before = folded[max(0, start - 20) : start]
        written = text[max(0, start - 20) : start].lower()
        if not entry.place:
            return PlaceMention("", "", start, end, False)
        if entry.prefix:
            if not before.rstrip().endswith(entry.prefix):
                return None
        elif not entry.locality and _OTHER_THING.search(written):
            return None
        certain = strength.certain or bool(_CALLED_PLACE.search(before))
        current = self._unit_of[entry.place].name
        return PlaceMention(entry.place, current, start, end, certain, entry.locality)


def _one_each(found: list[PlaceMention]) -> list[PlaceMention]:
    """One mention for every place that a span may name; sure only where there is one place."""
    surest = sorted(found, key=lambda mention: not mention.certain)
    by_name = {mention.name: mention for mention in reversed(surest)}
    if "" in by_name:
        return []
    mentions = [by_name[name] for name in dict.fromkeys(m.name for m in found)]
    return mentions if len(mentions) == 1 else [replace(m, certain=False) for m in mentions]
