"""A result as an official types it: "PCI 2023 Quảng Nam hạng 10, nguồn Báo cáo PCI 2023"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.lowering import lowered
from knowledge.places import Places
from knowledge.results.result import Result
from knowledge.targets.names import Names
from knowledge.targets.numbers import DIGITS, value_of
from knowledge.targets.quantities import Figures, Quantity

_SOURCE = re.compile(r"[\s,;.(]*(?<!\w)nguồn\s*:?\s*(?P<source>.+?)\)?\s*$", re.DOTALL | re.I)
_AS_OF = re.compile(
    r"(?:tính\s+)?(?:đến|ngày)\s+(?:hết\s+)?(?:ngày\s+)?(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})"
)
_YEAR = re.compile(r"(?<![\d/.,-])(20\d\d)(?![\d/]|[.,]\d)")
_RANK = re.compile(
    rf"(?:xếp\s+)?(?:thứ\s+hạng|hạng|thứ|vị\s+trí)\s+(?:thứ\s+)?(?P<a>{DIGITS})(?:/\d+)?"
)
_FILL = re.compile(
    r"(?<!\w)(?:kết quả|của|tỉnh|thành phố|tp\.?|năm|đạt|là|được|ở|tại|trong|xếp|bằng)(?!\w)"
)


class TypedResultError(ValueError):
    """What was typed is no result; the message names what is missing, in Vietnamese."""


@dataclass(frozen=True)
class _Found:
    value: float
    unit: str
    span: tuple[int, int]


class TypedResults:
    """Reads typed results.

    Args:
        names: names of indices, kinds of targets and fields.
        places: which places there are.
        units: what is counted.
    """

    def __init__(self, names: Names, places: Places, units: tuple[str, ...]) -> None:
        self._names = names
        self._places = places
        self._figures = Figures(units)

    def read(self, words: str, today: date) -> Result:
        """Return the result that words state.

        Args:
            words: with diacritics.
            today: no result is of a later year.

        Raises:
            TypedResultError: figure, year, source or indicator is missing or impossible.
        """
        source = _SOURCE.search(words)
        if source is None:
            raise TypedResultError("thiếu nguồn, ví dụ: nguồn Báo cáo PCI 2023")
        said = words[: source.start()]
        said, as_of = _without_day(said)
        mentions = self._places.find(said)
        for place in reversed(mentions):
            said = f"{said[: place.start]} , {said[place.end :]}"
        figure = self._figure(lowered(said))
        rest = f"{said[: figure.span[0]]} {said[figure.span[1] :]}"
        years = [int(year) for year in _YEAR.findall(rest)]
        year = years[0] if years else (as_of.year if as_of else None)
        if year is None:
            raise TypedResultError("thiếu năm, ví dụ: năm 2023")
        if year > today.year or len(set(years)) > 1:
            reason = f"năm {year} chưa đến" if year > today.year else "nêu nhiều năm khác nhau"
            raise TypedResultError(reason)
        indicator = _indicator(_YEAR.sub(" ", rest))
        if not indicator:
            raise TypedResultError("thiếu tên chỉ tiêu")
        fields = self._names.fields(lowered(indicator))
        return Result(
            indicator=indicator,
            key=self._names.key_of(indicator),
            value=figure.value,
            unit=figure.unit,
            year=year,
            place=mentions[0].name if mentions else None,
            field=fields[0].key if fields else None,
            as_of=as_of or min(date(year, 12, 31), today),
            source=source["source"].strip(" .,;"),
        )

    def _figure(self, low: str) -> _Found:
        if match := _RANK.search(low):
            value = value_of(match["a"])
            if value is not None:
                return _Found(value, "hạng", match.span())
        found = [q for q in self._figures.find(low, 0, len(low)) if q.unit != "hạng"]
        if len(found) != 1:
            reason = "nêu nhiều số liệu" if found else "thiếu số liệu, ví dụ: 84,5% hoặc hạng 10"
            raise TypedResultError(reason)
        quantity: Quantity = found[0]
        return _Found(quantity.value, quantity.unit, (quantity.start, quantity.end))


def _without_day(words: str) -> tuple[str, date | None]:
    match = _AS_OF.search(words)
    if match is None:
        return words, None
    try:
        day = date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError as error:
        raise TypedResultError(f"“{match.group()}” không phải một ngày có thật") from error
    return f"{words[: match.start()]} {words[match.end() :]}", day


def _indicator(words: str) -> str:
    """Return what is left of a result as the name of its indicator."""
    low = lowered(words)
    kept = list(words)
    for match in _FILL.finditer(low):
        leading = not re.search(r"\w", "".join(kept[: match.start()]))
        trailing = not re.search(r"\w", _FILL.sub(" ", low[match.end() :]))
        if leading or trailing:
            kept[match.start() : match.end()] = " " * (match.end() - match.start())
    return " ".join("".join(kept).split()).strip(" ,.;:-()")
