"""The development sets, each asked of a home that holds its documents."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.application import Application
from bot.message import Message, Reply
from bot.progress import Progress, silent
from index.evaluation.answers import Judgement, evaluate
from index.evaluation.retrieval import EvaluationError, read_lines

USER = "command:eval"
TODAY = date(2026, 11, 22)  # the day on which the answers of the sets were right


@dataclass(frozen=True)
class DevelopmentSet:
    """A question set and the documents that it asks about, as paths below the shared folder."""

    name: str
    documents: str
    questions: str


SETS = (
    DevelopmentSet("seeds", "seeds", "eval/seeds.dev.jsonl"),
    DevelopmentSet("policies", "corpus/policies.jsonl", "eval/policies.dev.jsonl"),
    DevelopmentSet("procedures", "corpus/procedures.jsonl.gz", "eval/procedures.dev.jsonl"),
)


@contextmanager
def set_opened(
    shared: Path, chosen: DevelopmentSet, progress: Progress = silent
) -> Iterator[Application]:
    """Give the assistant over a temporary home with the bundled knowledge and a set's documents.

    Raises:
        EvaluationError: the documents are missing or could not all be read.
    """
    source = shared / chosen.documents
    files = sorted(source.glob("*.txt")) if source.is_dir() else [source]
    with TemporaryDirectory() as home:
        application = Application.open(Path(home), progress)
        report = application.add(files, progress)
        if report.rejected or not report.added:
            reason = report.rejected[0].reason if report.rejected else "không có văn bản nào"
            raise EvaluationError(f"Không nạp được {source}: {reason}")
        try:
            yield application
        finally:
            application.close()


def questions(shared: Path, chosen: DevelopmentSet) -> list[dict[str, Any]]:
    """Return the lines of a set.

    Raises:
        EvaluationError: the file cannot be read.
    """
    return list(read_lines(shared / chosen.questions))


def measure(
    answer: Callable[[Message], Reply],
    rows: list[dict[str, Any]],
    on: date = TODAY,
    progress: Progress = silent,
) -> list[Judgement]:
    """Return the judgement of every line, each asked in a conversation of its own.

    Args:
        answer: gives the reply to a message, each as if it were the first.
        rows: lines with a "question".
        on: the day that the answers are to hold for.
        progress: told ("ask", done, all).
    """
    asked = 0

    def ask(row: dict[str, Any]) -> tuple[dict[str, Any], float]:
        nonlocal asked
        progress("ask", asked, len(rows))
        asked += 1
        began = time.perf_counter()
        reply = answer(Message(USER, str(row["question"]), on))
        milliseconds = (time.perf_counter() - began) * 1000
        return reply.as_json(milliseconds), milliseconds

    return evaluate(rows, ask)
