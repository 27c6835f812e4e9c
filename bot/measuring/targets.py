"""Targets and deadlines read out of the labelled development documents."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from bot.measuring.row_judge import RowJudge, Scores
from config.indicators import load_indicators
from index.evaluation.retrieval import EvaluationError, read_lines
from knowledge.deadlines.reading import DeadlineReader
from knowledge.document import Document
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.readers import read_file
from knowledge.targets.reading import TargetReader

HALVES = ("build", "check")
LABELS = "eval/targets.dev.jsonl"
NEGATIVES = "eval/targets_negative.dev.jsonl"
TIMES = "thời hạn"  # unit of the labelled deadlines


def half_of(document_id: str) -> str:
    """Return the half that a document belongs to, by a hash of its id."""
    return HALVES[sha256(document_id.encode()).digest()[0] % 2]


def measure_targets(shared: Path, half: str | None = None) -> Scores:
    """Read the labelled development documents and return how well.

    Args:
        shared: folder with the development sets.
        half: "build" or "check"; all documents without.

    Raises:
        EvaluationError: a file is missing or wrong.
    """
    labels = list(read_lines(shared / LABELS))
    negatives = {str(row["doc"]) for row in read_lines(shared / NEGATIVES)}
    vocabulary = load_indicators()
    targets, deadlines = TargetReader(vocabulary), DeadlineReader()
    judge = RowJudge(targets.names)
    scores = Scores()
    for name, document in _documents(shared):
        own = [row for row in labels if row["doc"] == name]
        if (not own and name not in negatives) or (half and half_of(name) != half):
            continue
        read = targets.read(document)
        due = deadlines.read(document, read)
        scores.documents += 1
        scores.on_negatives += (len(read) + len(due)) * (name in negatives)
        judge.score(scores.targets, document, read, _of(own, False), judge.same_target)
        judge.score(scores.deadlines, document, due, _of(own, True), judge.same_deadline)
    return scores


def _of(rows: list[dict[str, Any]], times: bool) -> list[dict[str, Any]]:
    return [row for row in rows if (row["unit"] == TIMES) is times]


def _documents(shared: Path) -> Iterator[tuple[str, Document]]:
    """Yield the documents with the names that the labels give them."""
    files = [*sorted((shared / "seeds").glob("*.txt")), shared / "corpus" / "policies.jsonl"]
    places = Places.load()
    for file in files:
        if not file.is_file():
            raise EvaluationError(f"Không có tệp {file}.")
        for raw in read_file(file, 2**28).documents:
            name = file.name if file.suffix == ".txt" else raw.key
            yield name, Ingest.read(raw, places)
