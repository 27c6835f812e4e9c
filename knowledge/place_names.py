"""Names of places as runs of tokens, compared with whatever diacritics were typed."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from config.places import Careful, PlaceTable
from knowledge.folding import fold

_TOKEN = re.compile(r"[^\W_]+")
_SYLLABLE_START = re.compile(r"(?:[a-z]|ch|gh|gi|kh|ng|nh|ph|qu|th|tr)[aeiouy]")


class Token(NamedTuple):
    """A word of a text: as written, folded, and where."""

    written: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class NameEntry:
    """One way to write a place.

    Attributes:
        words: the words with their diacritics.
        place: the province; empty for a phrase that is no place.
        careful: when the words may mean something else.
        shorthand: letters such as "HN", certain only in capitals.
        dotted: "Q.Nam", whose dot must be there.
        locality: the district or commune that the words name.
        prefix: folded word that has to stand before ("xa" of a commune).
    """

    words: tuple[str, ...]
    place: str
    careful: Careful = Careful.NO
    shorthand: bool = False
    dotted: bool = False
    locality: str | None = None
    prefix: str = ""


@dataclass(frozen=True)
class Strength:
    """How well typed words fit a name; `certain` says that nothing else can be meant."""

    certain: bool


def tokens_of(text: str, folded: str | None = None) -> list[Token]:
    """The words of an NFC text; `folded` saves folding it again."""
    plain = fold(text) if folded is None else folded
    return [
        Token(m.group(), plain[m.start() : m.end()], m.start(), m.end())
        for m in _TOKEN.finditer(text)
    ]


def name_index(table: PlaceTable) -> dict[tuple[str, ...], list[NameEntry]]:
    """All ways to write the places of a table, by their folded words."""
    entries = [NameEntry(_words(phrase), "") for phrase in table.not_places]
    for unit in table.units:
        for former in unit.former:
            entries.append(NameEntry(_words(former.name), former.name, former.careful))
            entries.extend(NameEntry((w,), former.name) for w in _run_together(former.name))
            entries.extend(_written(form, former.name) for form in former.written)
    for short in table.shorthands:
        entries.extend(_written(short.written, place) for place in short.places)
    for spot in table.localities:
        # Districts share their names with communes elsewhere: sure only when written in full.
        entries.append(NameEntry(_words(spot.name), spot.place, Careful.SMALL, locality=spot.name))
        entries.extend(
            NameEntry((w,), spot.place, locality=spot.name) for w in _run_together(spot.name)
        )
        for commune in spot.communes:
            entries.append(NameEntry(_words(commune), spot.place, locality=commune, prefix="xa"))
    index: dict[tuple[str, ...], list[NameEntry]] = defaultdict(list)
    for entry in entries:
        index[tuple(fold(word) for word in entry.words)].append(entry)
    return dict(index)


def match_strength(span: list[Token], entry: NameEntry) -> Strength | None:
    """Compare typed words with a name.

    Words without any diacritics fit, and so do words with all of them, whichever vowel carries
    the tone mark. Words with some of them fit when none contradicts ("Đak Lak").

    Args:
        span: the typed words, folded equal to the name's.
        entry: the name.

    Returns:
        The strength of the match, None where the diacritics say another word.
    """
    typed = [_marks(token.written) for token in span]
    meant = [_marks(word) for word in entry.words]
    if any(have - want for have, want in zip(typed, meant, strict=True)):
        return None
    full, bare = typed == meant, not any(typed)
    capital = all(token.written[0].isupper() or token.written[0].isdigit() for token in span)
    if entry.shorthand:
        # "DN" without its stroke is short for enterprises, not for Đà Nẵng.
        return Strength(all(token.written.isupper() for token in span)) if full else None
    if not entry.place:
        return Strength(False)
    if not full and not bare:
        return Strength(False)
    if entry.careful is Careful.NO:
        return Strength(True)
    return Strength(capital or (entry.careful is Careful.UNMARKED and full and any(meant)))


def _written(form: str, place: str) -> NameEntry:
    letters = form.replace(".", "").replace("-", "")
    shorthand = letters.isupper() and len(letters) <= 2
    first = _words(form)[0]
    return NameEntry(
        _words(form), place, shorthand=shorthand, dotted=len(first) == 1 and "." in form
    )


def _run_together(name: str) -> list[str]:
    """The chat form of a name of two words: its first letter and its last word ("QNam", "HSơn").

    None where that can be read as a syllable of its own: "Long An" is not written "lan".
    """
    words = _words(name)
    if len(words) != 2:
        return []
    joined = words[0][0] + words[1]
    return [] if _SYLLABLE_START.match(fold(joined)) else [joined]


def _words(name: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(unicodedata.normalize("NFC", name)))


def _marks(word: str) -> Counter[str]:
    """The diacritics of a word, wherever in it they stand."""
    parts = unicodedata.normalize("NFD", word.replace("đ", "d\u0335").replace("Đ", "D\u0335"))
    return Counter(char for char in parts if unicodedata.combining(char))
