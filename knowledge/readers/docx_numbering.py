"""Automatic list numbers of a Word file, counted as Word counts them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from knowledge.readers.docx_styles import Styles
from knowledge.readers.docx_xml import child, is_on, value, w

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_PLACE = re.compile(r"%([1-9])")
_WORD = re.compile(r"[^\W\d_]{2,}")
_BULLET = "-"


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = "%1."
    legal: bool = False


@dataclass(frozen=True)
class Label:
    """The visible number of a paragraph.

    Attributes:
        text: "1.", "a)", "Điều 3.", "-".
        level: depth in its list, from 1.
        named: the label holds a word, as that of an article does.
    """

    text: str
    level: int
    named: bool


class Numbering:
    """Gives each paragraph its label; paragraphs must come in document order."""

    def __init__(self, element: Any, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._list_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._counters: dict[str, dict[int, int]] = defaultdict(dict)
        if element is not None:
            self._read(element)

    @classmethod
    def of(cls, opened: Any, styles: Styles) -> Numbering:
        """Make the numbering of an opened document, empty where it has no lists."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        try:
            part = opened.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
        except KeyError:
            return cls(None, styles)
        return cls(part.element, styles)

    def label(self, paragraph: Any) -> Label | None:
        """Count a paragraph and return its label, or None where it is in no list."""
        number, depth = self._styles.numbering(paragraph)
        abstract = self._list_of.get(number or "0")
        if number is None or abstract is None:
            return None
        level = int(depth) if depth and depth.isdigit() else 0
        levels = self._levels[abstract]
        here = levels.get(level, Level())
        counters = self._count(number, abstract, level, here)
        if here.form == "bullet":
            return Label(_BULLET, level + 1, named=False)
        text = _PLACE.sub(lambda m: _written(int(m[1]) - 1, counters, levels, here), here.text)
        named = _WORD.search(here.text) is not None
        return Label(text.strip(), level + 1, named) if text.strip() else None

    def _count(self, number: str, abstract: str, level: int, here: Level) -> dict[int, int]:
        counters = self._counters[abstract]
        for restarted, start in self._restarts.pop(number, {}).items():
            counters[restarted] = start - 1
        counters[level] = counters.get(level, here.start - 1) + 1
        for deeper in [other for other in counters if other > level]:
            del counters[deeper]
        return counters

    def _read(self, element: Any) -> None:
        for abstract in element.iterchildren(w("abstractNum")):
            levels = {
                int(level.get(w("ilvl"))): _level(level)
                for level in abstract.iterchildren(w("lvl"))
            }
            self._levels[abstract.get(w("abstractNumId"))] = levels
        for num in element.iterchildren(w("num")):
            number, abstract_id = num.get(w("numId")), value(num, "abstractNumId")
            if abstract_id in self._levels:
                self._list_of[number] = abstract_id
                self._restarts[number] = {
                    int(override.get(w("ilvl"))): int(start)
                    for override in num.iterchildren(w("lvlOverride"))
                    if (start := value(override, "startOverride")) is not None
                }


def _level(element: Any) -> Level:
    start = value(element, "start")
    return Level(
        start=int(start) if start else 1,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        legal=child(element, "isLgl") is not None and is_on(element, "isLgl") is not False,
    )


def _written(level: int, counters: dict[int, int], levels: dict[int, Level], here: Level) -> str:
    how = levels.get(level, Level())
    number = counters.get(level, how.start)
    form = "decimal" if here.legal else how.form
    if form in ("lowerLetter", "upperLetter"):
        letters = _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number).upper() if form == "upperRoman" else _roman(number)
    return f"{number:02d}" if form == "decimalZero" else "" if form == "none" else str(number)


def _roman(number: int) -> str:
    digits = []
    for worth, sign in _ROMAN:
        count, number = divmod(number, worth)
        digits.append(sign * count)
    return "".join(digits)
