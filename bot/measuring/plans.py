"""Targets and deadlines read out of a folder of labelled plans.

Beside each document, `plan.txt`, lies `plan.toml` with two lists of labels:
`targets = [[clause, indicator, comparison, value, year], …]` (comparisons that will do are parted
by "|") and `deadlines = [[clause, task, due, body], …]` with `due` as in
`knowledge.deadlines.Deadline`, "" for a day that does not exist; an empty body is not compared.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.measuring.row_judge import RowJudge, Scores
from config.indicators import load_indicators
from index.evaluation.retrieval import EvaluationError
from knowledge.deadlines.reading import DeadlineReader
from knowledge.document import Document
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.readers import read_file
from knowledge.targets.reading import TargetReader


def measure_plans(folder: Path, beginning: str = "") -> Scores:
    """Read the labelled plans of a folder and return how well.

    Args:
        folder: documents and their labels.
        beginning: only the plans whose name begins so.

    Raises:
        EvaluationError: there is no plan, or its labels are wrong.
    """
    targets, deadlines = TargetReader(load_indicators()), DeadlineReader()
    judge, scores = RowJudge(targets.names), Scores()
    for document, labels in _plans(folder, beginning):
        read = targets.read(document)
        due = deadlines.read(document, read)
        scores.documents += 1
        judge.score(scores.targets, document, read, labels["targets"], judge.same_target)
        judge.score(scores.deadlines, document, due, labels["deadlines"], judge.same_deadline)
    if not scores.documents:
        raise EvaluationError(f"Không có kế hoạch nào trong {folder}.")
    return scores


def _plans(folder: Path, beginning: str) -> Iterator[tuple[Document, dict[str, Any]]]:
    places = Places.load()
    for labels in sorted(folder.glob(f"{beginning}*.toml")):
        file = next((f for f in sorted(folder.glob(f"{labels.stem}.*")) if f != labels), None)
        if file is None:
            raise EvaluationError(f"Không có văn bản cho {labels.name}.")
        [raw] = read_file(file, 2**28).documents
        document = Ingest.read(raw, places)
        read = tomllib.loads(labels.read_text(encoding="utf-8"))
        yield (
            document,
            {
                "targets": [_target(row, document, labels) for row in read["targets"]],
                "deadlines": [_deadline(row, document, labels) for row in read["deadlines"]],
            },
        )


def _target(row: list[Any], document: Document, labels: Path) -> dict[str, Any]:
    clause, indicator, comparisons, value, year = row
    first, *others = str(comparisons).split("|")
    return _checked(
        {
            "quote": clause,
            "indicator": indicator,
            "comparator": first,
            "comparator_alt": others,
            "value": value,
            "year_or_deadline": year,
        },
        document,
        labels,
    )


def _deadline(row: list[Any], document: Document, labels: Path) -> dict[str, Any]:
    clause, task, due, body = row
    label = {"quote": clause, "indicator": task, "due": due or None, "body": body}
    return _checked(label, document, labels)


def _checked(label: dict[str, Any], document: Document, labels: Path) -> dict[str, Any]:
    if label["quote"] not in document.text:
        raise EvaluationError(f"{labels.name}: “{label['quote']}” không có trong văn bản.")
    return label
