"""Rows read out of documents, held against rows that a careful reader wrote.

A target is right when comparison, value and year are, when its clause is the labelled one, and
when it measures the same: the same index, or at least half of the words of the labelled
indicator. A deadline is right when its time is, its clause, and half of the words of the task.
Every labelled row is matched once; what is left over of the read rows is false.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from index.text import folded_syllables
from knowledge.deadlines import Deadline
from knowledge.document import Document
from knowledge.targets import Target
from knowledge.targets.names import Names

ENOUGH = 0.5  # share of the labelled words that a row has to say

_Row = TypeVar("_Row", Target, Deadline)


@dataclass
class Score:
    """How one kind of row was read.

    Attributes:
        labelled, read, right: rows.
        missed: labelled rows that nothing matches.
        false: read rows that match nothing.
    """

    labelled: int = 0
    read: int = 0
    right: int = 0
    missed: list[dict[str, Any]] = field(default_factory=list)
    false: list[dict[str, Any]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures; a share of nothing is 1."""
        precision = self.right / self.read if self.read else 1.0
        recall = self.right / self.labelled if self.labelled else 1.0
        both = precision + recall
        return {
            "labelled": self.labelled,
            "read": self.read,
            "right": self.right,
            "precision": round(precision, 3),
            "recall": round(recall, 3),
            "f1": round(2 * precision * recall / both if both else 0.0, 3),
        }


@dataclass
class Scores:
    """The scores of a half, and the rows read out of texts that state none."""

    targets: Score = field(default_factory=Score)
    deadlines: Score = field(default_factory=Score)
    on_negatives: int = 0
    documents: int = 0

    def figures(self) -> dict[str, float]:
        """Return the figures that have floors."""
        kinds = {"targets": self.targets.as_json(), "deadlines": self.deadlines.as_json()}
        found = {
            f"{kind}_{name}": float(figures[name])
            for kind, figures in kinds.items()
            for name in ("precision", "recall")
        }
        return found | {"false_on_negatives": float(self.on_negatives)}

    def as_json(self) -> dict[str, Any]:
        """Return the figures."""
        return {
            "documents": self.documents,
            "targets": self.targets.as_json(),
            "deadlines": self.deadlines.as_json(),
            "false_on_negatives": self.on_negatives,
        }


class RowJudge:
    """Decides which read row is which labelled one.

    Args:
        names: names of indices.
    """

    def __init__(self, names: Names) -> None:
        self._names = names

    def score(
        self,
        score: Score,
        document: Document,
        rows: Sequence[_Row],
        labels: list[dict[str, Any]],
        same: Callable[[_Row, dict[str, Any], Document], float],
    ) -> None:
        """Match rows and labels one to one, the best fitting first."""
        fits = sorted(
            (
                (fit, i, j)
                for i, row in enumerate(rows)
                for j, label in enumerate(labels)
                if (fit := same(row, label, document)) > 0
            ),
            reverse=True,
        )
        taken: dict[int, int] = {}
        for _, i, j in fits:
            if i not in taken and j not in taken.values():
                taken[i] = j
        score.labelled += len(labels)
        score.read += len(rows)
        score.right += len(taken)
        score.missed += [row for j, row in enumerate(labels) if j not in taken.values()]
        score.false += [
            row.as_json() | {"doc": document.id} for i, row in enumerate(rows) if i not in taken
        ]

    def same_target(self, row: Target, label: dict[str, Any], document: Document) -> float:
        """Return how well a row fits a label, 0 where it is another one."""
        comparators = {label["comparator"], *label.get("comparator_alt", ())}
        read = row.as_json()
        said = {read["comparator"]}
        said |= {read["comparator"][0]} if row.strict and row.comparator.value != "top_n" else set()
        said |= {"~"} if row.approximate else set()
        right = (
            bool(said & comparators)
            and str(read["value"]) == str(label["value"])
            and str(row.year) == str(label["year_or_deadline"])
            and _overlap(row, label, document)
        )
        if not right:
            return 0.0
        named = {m.key for m in self._names.indices(str(label["indicator"]).lower())}
        if len(named) == 1:
            return float(row.key in named)
        return _fit(str(label["indicator"]), f"{row.indicator} {row.scope or ''} {row.unit}")

    def same_deadline(self, row: Deadline, label: dict[str, Any], document: Document) -> float:
        """Return how well a row fits a label, 0 where it is another one."""
        due = label["due"] if "due" in label else _due(str(label["year_or_deadline"]))
        if row.due != due or not _overlap(row, label, document):
            return 0.0
        if label.get("body") and not _fit(label["body"], row.responsible or ""):
            return 0.0
        return _fit(str(label["indicator"]), f"{row.task} {row.responsible or ''}")


def _overlap(row: Target | Deadline, label: dict[str, Any], document: Document) -> bool:
    """Say whether a row's clause and the labelled one have words in common."""
    start = document.text.find(str(label["quote"]))
    return start >= 0 and row.start < start + len(label["quote"]) and start < row.end


def _fit(label: str, read: str) -> float:
    """Return the share of the labelled words that a row says, 0 where it is too small."""
    wanted, said = set(folded_syllables(label)), set(folded_syllables(read))
    share = len(wanted & said) / len(wanted) if wanted else 0.0
    return share if share >= ENOUGH else 0.0


def _due(label: str) -> str | None:
    """Return the machine-readable form of a labelled time."""
    if match := re.search(r"ngày (\d+) (?:hằng|hàng) tháng", label):
        return f"FREQ=MONTHLY;BYMONTHDAY={match[1]}"
    if match := re.search(r"(\d+)/(\d+)/(\d{4})", label):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    if match := re.search(r"tháng (\d+)/(\d{4})", label):
        year, month = int(match[2]), int(match[1])
        return f"{year}-{month:02}-{monthrange(year, month)[1]}"
    match = re.search(r"năm (\d{4})", label)
    return f"{match[1]}-12-31" if match else None
