"""The numbers, letters and signs that Vietnamese documents put before a heading or an item."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from knowledge.structure.numerals import is_roman, ordinal


class MarkerKind(IntEnum):
    """Kinds of markers; a smaller value stands above a greater one unless a text says otherwise."""

    APPENDIX = 0
    PART = 1
    CHAPTER = 2
    DIVISION = 3
    SUBDIVISION = 4
    ARTICLE = 5
    CAPITAL = 10
    ROMAN = 11
    STEP = 12
    ARABIC = 13
    PAREN_NUMBER = 17
    LETTER = 18
    SMALL_ROMAN = 19
    BULLET = 20

    @property
    def named(self) -> bool:
        """Whether the marker is a word that fixes its level: Phần, Chương, Mục, Điều."""
        return self <= MarkerKind.ARTICLE


@dataclass(frozen=True)
class Marker:
    """A marker at the start of a line.

    Attributes:
        kind: what it is.
        style: tells markers apart that nest in each other: the depth of "1.1.", a bullet's sign.
        order: 1 for "1.", "I.", "a)"; 0 for bullets.
        label: the marker itself, "Điều 5", "1.1.", "-".
        rest: offset in the line at which the words begin.
    """

    kind: MarkerKind
    style: str
    order: int
    label: str
    rest: int

    @property
    def key(self) -> tuple[MarkerKind, str]:
        """Equal for markers of one series."""
        return self.kind, self.style


_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"

_CAPITALS = "".join(chr(code) for code in range(65, 0x1EFA) if chr(code).isupper())
_NUMERAL = r"(?P<number>\d{1,3}[a-zđ]?|[IVXL]+|[A-Z](?=\W|$)|[Tt]hứ\s+\w+|THỨ\s+\w+)"
# A reference ("Điều 1 và Điều 2 của Luật này") goes on in small letters; a heading does not.
_NAME_END = rf"(?:\s*[.:)–-]+\s*|\s*$|\s+(?=[{_CAPITALS}“\"(]))"
_NAMED = re.compile(
    r"(?P<name>Phụ lục|PHỤ LỤC|Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Tiểu mục|TIỂU MỤC|Điều|ĐIỀU)"
    r"\s+(?:số\s+)?" + _NUMERAL + _NAME_END
)
_APPENDIX_ALONE = re.compile(r"(?:PHỤ LỤC|Phụ lục)\s*:?\s*$")
_STEP = re.compile(r"(?P<name>Bước)\s+(?P<number>\d{1,2})\s*[.:)–-]\s*", re.IGNORECASE)
_ROMAN_LINE = re.compile(r"(?P<number>[IVX]{1,6})\s*(?:[./):]|[-–]\s)\s*(?=\S)")
_CAPITAL_LINE = re.compile(r"(?P<number>[A-HĐ])\s*[./)]\s+" + f"(?=[{_CAPITALS}])")
_DECIMAL = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})(?P<end>[.)]?)\s+(?=\S)")
_ARABIC = re.compile(
    r"(?P<number>\d{1,3})(?:\s*[.)/]\s+|\s*[.)](?=[^\W\d_])|\s[-–]\s" + f"(?=[{_CAPITALS}]))(?=\\S)"
)
_PAREN = re.compile(r"\((?P<number>\d{1,2}|[a-zđ]|[ivx]{1,4})\)\s*(?=\S)")
_SMALL_ROMAN = re.compile(r"(?P<number>[ivx]{2,5})[.)]\s+(?=\S)")
_LETTER = re.compile(rf"(?P<number>[{_LETTERS}])(?P<sub>\d{{0,2}})\s*[.)/]\s+(?=\S)")
_BULLET = re.compile(r"(?P<sign>[-+•*–—·▪◦○●‣♦✓√o](?=\s)|[-+•*–·▪●](?=[^\W_]))\s*(?=\S)")

_NAMES = {
    "phụ lục": MarkerKind.APPENDIX,
    "phần": MarkerKind.PART,
    "chương": MarkerKind.CHAPTER,
    "mục": MarkerKind.DIVISION,
    "tiểu mục": MarkerKind.SUBDIVISION,
    "điều": MarkerKind.ARTICLE,
}
#: Signs that people use for one and the same level.
_SAME_SIGN = {"–": "-", "—": "-", "●": "•", "·": "•"}


def read_marker(line: str) -> Marker | None:
    """The marker that a line begins with, None if it has none.

    Args:
        line: one paragraph, NFC, without white space around it.

    Returns:
        The marker. Dates, amounts, initials and references to articles are none.
    """
    for read in _READERS:
        marker = read(line)
        if marker is not None:
            return marker
    return None


def _named(line: str) -> Marker | None:
    match = _NAMED.match(line)
    if match is None:
        alone = _APPENDIX_ALONE.match(line)
        return Marker(MarkerKind.APPENDIX, "", 0, "Phụ lục", len(line)) if alone else None
    kind = _NAMES[match["name"].lower()]
    unseparated = line[match.end("number") : match.end()].isspace() and match.end() < len(line)
    if unseparated and kind >= MarkerKind.DIVISION and not line[match.end() :][:2].isupper():
        # "Điều 3 Luật Đất đai quy định …" is a reference.
        return None
    label = line[: match.end("number")]
    return Marker(kind, "", ordinal(match["number"]), label, match.end())


def _step(line: str) -> Marker | None:
    match = _STEP.match(line)
    if match is None:
        return None
    number = match["number"]
    return Marker(MarkerKind.STEP, "", int(number), line[: match.end("number")], match.end())


def _roman(line: str) -> Marker | None:
    match = _ROMAN_LINE.match(line)
    if match is None or not is_roman(match["number"]):
        return None
    dotted = line[match.end("number") :].startswith(".") and not match.group()[-1].isspace()
    if dotted and not line[match.end() : match.end() + 2].isalpha():
        # "V.A. Nguyễn" are initials; "I.MỤC TIÊU" is a heading.
        return None
    return _plain(match, MarkerKind.ROMAN, "", ordinal(match["number"]))


def _capital(line: str) -> Marker | None:
    match = _CAPITAL_LINE.match(line)
    if match is None:
        return None
    return _plain(match, MarkerKind.CAPITAL, "", "ABCDĐEGH".find(match["number"]) + 1)


def _decimal(line: str) -> Marker | None:
    match = _DECIMAL.match(line)
    if match is None:
        return None
    # "2.2 điểm" is an amount.
    if not match["end"] and not line[match.end()].isupper():
        return None
    numbers = match["number"].split(".")
    return _plain(match, MarkerKind.ARABIC, f"{len(numbers)}", int(numbers[-1]))


def _arabic(line: str) -> Marker | None:
    match = _ARABIC.match(line)
    if match is None:
        return None
    return _plain(match, MarkerKind.ARABIC, "1", int(match["number"]))


def _paren(line: str) -> Marker | None:
    match = _PAREN.match(line)
    if match is None:
        return None
    number = match["number"]
    style = "1" if number.isdecimal() else "a"
    return _plain(match, MarkerKind.PAREN_NUMBER, style, ordinal(number))


def _small_roman(line: str) -> Marker | None:
    match = _SMALL_ROMAN.match(line)
    if match is None or not is_roman(match["number"].upper()):
        return None
    return _plain(match, MarkerKind.SMALL_ROMAN, "", ordinal(match["number"].upper()))


def _letter(line: str) -> Marker | None:
    match = _LETTER.match(line)
    if match is None:
        return None
    return _plain(match, MarkerKind.LETTER, "", ordinal(match["number"]))


def _bullet(line: str) -> Marker | None:
    match = _BULLET.match(line)
    if match is None:
        return None
    sign = match["sign"]
    style = _SAME_SIGN.get(sign, sign)
    return Marker(MarkerKind.BULLET, style, 0, sign, match.end())


def _plain(match: re.Match[str], kind: MarkerKind, style: str, order: int) -> Marker:
    return Marker(kind, style, order, match.group().strip(), match.end())


_READERS: tuple[Callable[[str], Marker | None], ...] = (
    _named,
    _step,
    _roman,
    _capital,
    _decimal,
    _arabic,
    _paren,
    _small_roman,
    _letter,
    _bullet,
)
