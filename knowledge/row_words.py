"""What officials write to correct a row: "giá trị từ 85% trở lên; năm 2025"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from knowledge.deadlines import Deadline
from knowledge.dues import dues
from knowledge.lowering import lowered
from knowledge.targets import Comparator, Target
from knowledge.targets.names import Names
from knowledge.targets.numbers import NUMERAL, value_of
from knowledge.targets.quantities import Figures, Quantity

#: What a field of a row may be called.
TARGET_FIELDS = {
    "chỉ tiêu": "indicator",
    "tên": "indicator",
    "giá trị": "value",
    "mức": "value",
    "đơn vị": "unit",
    "năm": "year",
    "phạm vi": "scope",
    "lĩnh vực": "field",
}
DEADLINE_FIELDS = {"việc": "task", "hạn": "due", "cơ quan": "responsible"}
YEARS = range(2000, 2101)


class RowWordsError(ValueError):
    """What was written cannot be taken; the message is a Vietnamese sentence."""


class RowWords:
    """Reads corrections.

    Args:
        names: names of indices and fields.
        units: what is counted.
    """

    def __init__(self, names: Names, units: tuple[str, ...]) -> None:
        self._names = names
        self._figures = Figures(units)

    def target(self, row: Target, words: str) -> Target:
        """Return a target with the fields that words name changed.

        Raises:
            RowWordsError: a field is not known, or its value is none.
        """
        changed = row
        for name, said in _fields(words, TARGET_FIELDS):
            if name == "indicator":
                changed = replace(changed, indicator=said, key=self._names.key_of(said))
            elif name == "value":
                changed = self._valued(changed, said)
            elif name == "year":
                changed = replace(changed, year=_year(said), deadline=None)
            elif name == "field":
                changed = replace(changed, field=self._field(said))
            else:
                values: dict[str, Any] = {name: said}
                changed = replace(changed, **values)
        return changed

    def deadline(self, row: Deadline, words: str) -> Deadline:
        """Return a deadline with the fields that words name changed.

        Raises:
            RowWordsError: a field is not known, or its value is none.
        """
        changed = row
        for name, said in _fields(words, DEADLINE_FIELDS):
            if name == "due":
                low = f"trước ngày {lowered(said).removeprefix('trước').strip()}"
                low = low.replace("ngày ngày", "ngày")
                found = dues(low, 0, len(low), None) or dues(lowered(said), 0, len(said), None)
                if not found or found[0].due is None:
                    raise RowWordsError(f"“{said}” không phải một thời hạn, ví dụ: 30/6/2025.")
                due = found[0]
                changed = replace(changed, due=due.due, kind=due.kind, due_text=said)
            elif name == "task":
                changed = replace(changed, task=said)
            else:
                changed = replace(changed, responsible=said)
        return changed

    def missing_target(self, clause: str, words: str) -> Target:
        """Return a target that the rules missed; indicator, value and year have to be said.

        Raises:
            RowWordsError: one of them is not said, or is none.
        """
        said = {name for name, _ in _fields(words, TARGET_FIELDS)}
        if lacking := [
            key
            for key, name in TARGET_FIELDS.items()
            if name in ("indicator", "value", "year")
            and name not in said
            and key != "tên"
            and key != "mức"
        ]:
            raise RowWordsError(
                f"Thiếu {', '.join(lacking)}; ví dụ: chỉ tiêu hồ sơ đúng hạn;"
                " giá trị từ 95% trở lên; năm 2025."
            )
        empty = Target(
            "", None, Comparator.EQUAL, 0.0, None, "", None, None, None, None, clause, 0, 0
        )
        return self.target(empty, words)

    def _valued(self, row: Target, said: str) -> Target:
        low = re.sub(r"^nhóm(?!\w)", "thuộc nhóm", lowered(said))
        found = self._figures.find(low, 0, len(low))
        if found:
            return _with(row, found[0])
        if re.fullmatch(NUMERAL, low) and (value := value_of(low)) is not None:
            return replace(row, value=value, upper=None)
        raise RowWordsError(f"“{said}” không phải một giá trị, ví dụ: từ 85% trở lên; nhóm 10.")

    def _field(self, said: str) -> str:
        named = self._names.fields(lowered(said))
        if not named:
            raise RowWordsError(f"Không nhận ra lĩnh vực “{said}”.")
        return named[0].key


def _with(row: Target, quantity: Quantity) -> Target:
    return replace(
        row,
        comparator=quantity.comparator,
        value=quantity.value,
        upper=quantity.upper,
        unit=quantity.unit,
        strict=quantity.strict,
        approximate=quantity.approximate,
    )


def _fields(words: str, known: dict[str, str]) -> list[tuple[str, str]]:
    """Return (field, what it is to say) in order."""
    found: list[tuple[str, str]] = []
    for piece in filter(None, (piece.strip() for piece in words.split(";"))):
        key = next((key for key in known if re.match(rf"{key}(?!\w)", lowered(piece))), None)
        said = piece[len(key) :].strip(" :") if key else ""
        if key is None or not said:
            names = ", ".join(key for key in known if key not in ("tên", "mức"))
            raise RowWordsError(f"Không hiểu “{piece}”; các phần sửa được: {names}.")
        found.append((known[key], said))
    if not found:
        raise RowWordsError("Chưa nêu phần cần sửa, ví dụ: giá trị từ 85% trở lên; năm 2025.")
    return found


def _year(said: str) -> int:
    if not said.isdigit() or int(said) not in YEARS:
        raise RowWordsError(f"“{said}” không phải một năm, ví dụ: 2025.")
    return int(said)
