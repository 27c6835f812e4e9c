"""The lines that a PDF page draws: what rules its tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

THIN = 3.0  # points; a filled shape no wider is drawn as a line
SHORTEST = 6.0  # points; shorter strokes are parts of pictures
MOST = 4000  # lines of one page; a map or a drawing has more


@dataclass(frozen=True)
class Rule:
    """A level or an upright line.

    Attributes:
        level: whether it lies level.
        at: its height, or its distance from the left edge, in points.
        start, end: from where to where it goes.
    """

    level: bool
    at: float
    start: float
    end: float


def rules_of(page: Any) -> list[Rule]:
    """Return the lines of a page; none where it draws too many to be a table.

    Args:
        page: of pypdfium2.
    """
    from pypdfium2 import PdfiumError, raw

    found: list[Rule] = []
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        # A shape that cannot be measured is no line of a table.
        with suppress(PdfiumError):
            found += _of_shape(shape, raw)
        if len(found) > MOST:
            return []
    return found


def _of_shape(shape: Any, raw: Any) -> Iterator[Rule]:
    left, bottom, right, top = shape.get_bounds()
    if top - bottom <= THIN or right - left <= THIN:
        yield from _made((left, bottom), (right, top))
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(shape.raw, fill, stroke) or not stroke.value:
        return  # the shade of a cell, not its edge
    matrix = shape.get_matrix()
    before: tuple[float, float] | None = None
    first: tuple[float, float] | None = None
    for number in range(min(raw.FPDFPath_CountSegments(shape.raw), MOST)):
        segment = raw.FPDFPath_GetPathSegment(shape.raw, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        elif kind == raw.FPDF_SEGMENT_LINETO and before is not None:
            yield from _made(before, point)
        before = point
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            yield from _made(point, first)


def _made(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (left, right), (bottom, top) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if top - bottom <= THIN and right - left >= SHORTEST:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif right - left <= THIN and top - bottom >= SHORTEST:
        yield Rule(False, (left + right) / 2, bottom, top)
