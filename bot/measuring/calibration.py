"""Fitting the confidence, and drawing what each threshold would cost.

Every development question is asked twice: as it is, and with the documents that answer it left
out of the search, which turns it into a question that nothing in the store answers. A logistic
regression then learns from what the search saw whether the best hit was right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.application import Application
from bot.measuring.development import TODAY
from bot.message import Message, Status
from index.confidence import Confidence
from index.evaluation.answers import holds
from index.searcher import Hit

# What each kind of example counts: real unanswerable questions are few and certain, made ones
# many and doubtful (a sibling procedure may answer as well), and a wrong best hit is no reason
# for silence by itself.
WEIGHTS = {"right": 1.0, "wrong": 0.3, "unanswerable": 3.0, "left_out": 0.2}
# Errors that are held equal at a confidence of 0.5: silence where there is an answer, an answer
# where there is none.
MOST_SILENT, MOST_WRONG = 0.07, 0.10

PENALTY = 0.02  # of squared weights, on standardised features
STEPS = 4000
RATE = 0.3

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One search: what it saw, and what it stands for (a key of `WEIGHTS`)."""

    features: dict[str, float]
    kind: str

    @property
    def answerable(self) -> bool:
        """Whether the question has an answer in what was searched."""
        return self.kind in ("right", "wrong")


def examples(application: Application, rows: Iterable[dict[str, Any]]) -> list[Example]:
    """Return the searches of a question set, with and without the documents that answer.

    What small talk deals with never comes to a search and is passed over.
    """
    tools = application.tools()
    found: list[Example] = []
    for row in rows:
        reply = application.reply_afresh(Message("calibration", str(row["question"]), TODAY))
        if reply.status in (Status.SMALLTALK, Status.REFUSED):
            continue
        question = tools.understanding.read(str(row["question"]))
        hits = tools.searcher.search(question)
        if not hits:
            continue
        if not row.get("answerable", True):
            found.append(Example(hits[0].features, "unanswerable"))
            continue
        found.append(Example(hits[0].features, "right" if _right(hits[0], row) else "wrong"))
        answering = frozenset(hit.document.id for hit in hits if _right(hit, row))
        others = tools.searcher.search(question, without=answering)
        if answering and others and not _right(others[0], row):
            found.append(Example(others[0].features, "left_out"))
    return found


def _right(hit: Hit, row: dict[str, Any]) -> bool:
    if row.get("codes"):
        return hit.indexed.metadata.code in row["codes"]
    quotes = [hit.document.text[p.start : p.end] for p in hit.passages[:2]]
    return any(holds(quote, row.get("gold") or []) for quote in quotes)


def fit(found: Sequence[Example]) -> Confidence:
    """Return a logistic regression with squared penalty over the examples.

    Gradient descent on standardised features; answerable and unanswerable questions weigh the
    same in all. The bias is then moved so that 0.5 is where both errors are equally near to
    what is allowed.
    """
    names = sorted({name for example in found for name in example.features})
    features = np.array([[e.features.get(n, 0.0) for n in names] for e in found])
    labels = np.array([e.answerable for e in found], dtype=float)
    share = np.array([WEIGHTS[e.kind] for e in found])
    for label in (0.0, 1.0):
        share[labels == label] *= 0.5 / max(share[labels == label].sum(), 1e-9)
    mean, spread = features.mean(axis=0), features.std(axis=0)
    spread[spread < 1e-6] = 1.0
    scaled = (features - mean) / spread
    weights, bias = np.zeros(len(names)), 0.0
    for _ in range(STEPS):
        error = share * (1 / (1 + np.exp(-(scaled @ weights + bias))) - labels)
        weights -= RATE * (scaled.T @ error + PENALTY * weights)
        bias -= RATE * float(error.sum())
    plain = weights / spread
    fitted = Confidence(
        dict(zip(names, plain.tolist(), strict=True)), bias - float((plain * mean).sum())
    )
    return Confidence(fitted.weights, fitted.bias - _balance(found, fitted))


def _balance(found: Sequence[Example], confidence: Confidence) -> float:
    """Return the log-odds at which both errors are equally near to what is allowed."""
    shares = curve(found, confidence)
    worst = np.maximum(shares["silent"] / MOST_SILENT, shares["wrong"] / MOST_WRONG)
    threshold = float(np.clip(shares["threshold"][int(worst.argmin())], 0.01, 0.99))
    return float(np.log(threshold / (1 - threshold)))


def curve(found: Sequence[Example], confidence: Confidence) -> dict[str, Floats]:
    """Return, for each threshold, the share of wrong silences and of wrong answers.

    Returns:
        "threshold", "silent" (answerable questions not answered), "wrong" (unanswerable ones
        answered), "left_out" (the same of those made by leaving out). Shape: (101,) each.
    """
    thresholds = np.linspace(0, 1, 101)

    def sure(*kinds: str) -> Floats:
        values = np.array([confidence.of(e.features) for e in found if e.kind in kinds])
        return np.array([(values >= t).mean() if len(values) else 0.0 for t in thresholds])

    return {
        "threshold": thresholds,
        "silent": 1 - sure("right", "wrong"),
        "wrong": sure("unanswerable"),
        "left_out": sure("left_out"),
    }


def draw(shares: dict[str, Floats], threshold: float, path: Path) -> None:
    """Draw the curve as a picture."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4), layout="constrained")
    axes = figure.subplots()
    axes.plot(shares["threshold"], shares["silent"], label="Có đáp án mà không trả lời")
    axes.plot(shares["threshold"], shares["wrong"], label="Không có đáp án mà vẫn trả lời")
    axes.plot(shares["threshold"], shares["left_out"], ":", label="Như trên, đáp án bị giấu đi")
    axes.axvline(threshold, color="grey", linestyle="--", label=f"Ngưỡng đang dùng: {threshold}")
    axes.set(xlabel="Ngưỡng tin cậy", ylabel="Tỷ lệ", xlim=(0, 1), ylim=(0, 1))
    axes.grid(alpha=0.3)
    axes.legend()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=120)
