"""Tables without lines: columns told by the white space that runs down between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.readers.pdf_grid import Box

GAP = 1.2  # heights of a line that part two columns; words of a justified line stand closer
FEWEST_COLUMNS = 3
FEWEST_ROWS = 3
APART = 3.5  # heights of a line from one row to the next at most


@dataclass(frozen=True)
class Columns:
    """A table without lines.

    Attributes:
        box: what it covers.
        rows: from top to bottom, each with the boxes of text of every column.
    """

    box: Box
    rows: list[list[list[Box]]]


def tables_of_columns(boxes: Sequence[Box]) -> list[Columns]:
    """Return the tables without lines of a page, from top to bottom.

    Args:
        boxes: of the runs of text, where no ruled table lies.
    """
    lines = list(_lines(boxes))
    found: list[Columns] = []
    at = 0
    while at < len(lines):
        run = _run(lines, at)
        table = _table(run) if len(run) >= FEWEST_ROWS else None
        if table is None:
            at += 1
        else:
            found.append(table)
            at += len(run)
    return found


def _lines(boxes: Sequence[Box]) -> Iterator[list[Box]]:
    """Yield the runs of text line by line, those beside each other put together."""
    line: list[Box] = []
    for box in sorted(boxes, key=lambda b: (-(b[1] + b[3]) / 2, b[0])):
        if line and (box[1] + box[3]) / 2 < line[0][1]:
            yield _joined(line)
            line = []
        line.append(box)
    if line:
        yield _joined(line)


def _joined(line: list[Box]) -> list[Box]:
    parts: list[Box] = []
    for box in sorted(line):
        height = box[3] - box[1]
        if parts and box[0] - parts[-1][2] < GAP * height:
            last = parts[-1]
            parts[-1] = (last[0], min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            parts.append(box)
    return parts


def _run(lines: list[list[Box]], at: int) -> list[list[Box]]:
    """Return the lines from one with several columns on, as long as they keep to the columns."""
    if len(lines[at]) < FEWEST_COLUMNS:
        return []
    columns = [(box[0], box[2]) for box in lines[at]]
    run = [lines[at]]
    for line in lines[at + 1 :]:
        height = max(box[3] - box[1] for box in line)
        if run[-1][0][1] - line[0][3] > APART * height:
            break
        grown = list(columns)
        for box in line:
            over = [i for i, (start, end) in enumerate(grown) if start < box[2] and box[0] < end]
            if len(over) > 1:
                return run
            if over:
                start, end = grown[over[0]]
                grown[over[0]] = min(start, box[0]), max(end, box[2])
        columns = grown
        run.append(line)
    return run


def _table(run: list[list[Box]]) -> Columns | None:
    columns = [(box[0], box[2]) for box in run[0]]
    for box in (box for line in run for box in line):
        over = [i for i, (start, end) in enumerate(columns) if start < box[2] and box[0] < end]
        if len(over) == 1:
            start, end = columns[over[0]]
            columns[over[0]] = min(start, box[0]), max(end, box[2])
    rows: list[list[list[Box]]] = []
    for line in run:
        placed: list[list[Box]] = [[] for _ in columns]
        for box in line:
            middle = (box[0] + box[2]) / 2
            nearest = min(range(len(columns)), key=lambda i: abs(sum(columns[i]) / 2 - middle))
            placed[nearest].append(box)
        if placed[0] or not rows:
            rows.append(placed)
        else:
            rows[-1] = [old + new for old, new in zip(rows[-1], placed, strict=True)]
    full = sum(sum(map(bool, row)) >= FEWEST_COLUMNS for row in rows)
    if full < FEWEST_ROWS:
        return None
    boxes = [box for line in run for box in line]
    box = (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )
    return Columns(box, rows)
