"""Retrieval figures over a corpus with judged questions, in a temporary home."""

from __future__ import annotations

import gzip
import json
import math
import re
import time
import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO, cast

import numpy as np

_GRADE = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True)
class Judged:
    """A corpus with questions and judgements.

    Attributes:
        corpus: rows with "id", "title", "text".
        questions: id → text.
        relevant: question id → corpus id → grade above 0.
    """

    corpus: list[dict[str, str]]
    questions: dict[str, str]
    relevant: dict[str, dict[str, float]]


class EvaluationError(Exception):
    """A question or corpus file cannot be used; the message is for the user."""


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a .jsonl or .jsonl.gz file.

    Raises:
        EvaluationError: the file cannot be read or a line is no JSON object.
    """
    try:
        opened = (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8")
        with cast(TextIO, opened) as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                row = json.loads(line)
                if not isinstance(row, dict):
                    raise EvaluationError(f"{path.name} dòng {number}: không phải đối tượng JSON")
                yield row
    except OSError as error:
        raise EvaluationError(f"Không đọc được tệp {path}: {error.strerror or error}") from error
    except (ValueError, EOFError, zlib.error) as error:
        raise EvaluationError(f"{path.name} không phải JSON hợp lệ từng dòng: {error}") from error


def read_judged(corpus: Path, queries: Path, qrels: Path) -> Judged:
    """Return the judged corpus of three files.

    Args:
        corpus: rows `{"id", "title", "text"}`.
        queries: rows `{"id", "text"}`.
        qrels: question id, corpus id, relevance, tab-separated.

    Raises:
        EvaluationError: a file cannot be used, or no question is judged.
    """
    relevant: defaultdict[str, dict[str, float]] = defaultdict(dict)
    try:
        for line in qrels.read_text(encoding="utf-8").splitlines():
            parts = line.split("\t")
            if len(parts) >= 3 and _GRADE.fullmatch(parts[-1]) and float(parts[-1]) > 0:
                # TREC files have an unused second column of four.
                relevant[parts[0]][parts[-2]] = float(parts[-1])
    except OSError as error:
        raise EvaluationError(f"Không đọc được tệp {qrels}: {error.strerror or error}") from error
    except ValueError as error:
        raise EvaluationError(f"{qrels.name} không phải văn bản UTF-8: {error}") from error
    try:
        questions = {str(r["id"]): str(r["text"]) for r in read_lines(queries)}
        rows = [
            {k: str(r.get(k) or "") for k in ("id", "title", "text")} for r in read_lines(corpus)
        ]
    except KeyError as error:
        raise EvaluationError(f"Thiếu trường {error} trong tệp câu hỏi") from error
    judged = {q: text for q, text in questions.items() if q in relevant}
    if not judged:
        raise EvaluationError("Không có câu hỏi nào được chấm trong tệp qrels")
    return Judged(rows, judged, dict(relevant))


def figures(
    rankings: Mapping[str, Sequence[str]],
    relevant: Mapping[str, Mapping[str, float]],
    milliseconds: Sequence[float],
) -> dict[str, float]:
    """Return recall@1, @5, @10, mrr@10, ndcg@10 (means over questions) and latencies.

    Recall at k is the share of a question's relevant texts among its first k (Manning et al.,
    "Introduction to Information Retrieval", 2008, chapter 8).
    """
    totals: defaultdict[str, float] = defaultdict(float)
    for question, ranking in rankings.items():
        grades = relevant[question]
        hits = [grades.get(name, 0.0) for name in ranking[:10]]
        for k in (1, 5, 10):
            totals[f"recall@{k}"] += sum(g > 0 for g in hits[:k]) / len(grades)
        totals["accuracy@1"] += bool(hits and hits[0] > 0)
        totals["mrr@10"] += next((1 / (i + 1) for i, g in enumerate(hits) if g > 0), 0.0)
        ideal = sorted(grades.values(), reverse=True)[:10]
        totals["ndcg@10"] += _gain(hits) / _gain(ideal)
    result: dict[str, float] = {"queries": len(rankings)}
    result |= {name: round(total / len(rankings), 4) for name, total in sorted(totals.items())}
    p50, p95 = np.percentile(milliseconds, [50, 95]) if milliseconds else (0.0, 0.0)
    return result | {"p50_ms": round(float(p50), 2), "p95_ms": round(float(p95), 2)}


def _gain(grades: Sequence[float]) -> float:
    return sum((2**g - 1) / math.log2(i + 2) for i, g in enumerate(grades))


class Stopwatch:
    """Collects how long each question took, in milliseconds."""

    def __init__(self) -> None:
        self.milliseconds: list[float] = []

    def __enter__(self) -> Stopwatch:
        self._began = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.milliseconds.append((time.perf_counter() - self._began) * 1000)
