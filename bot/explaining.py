"""Why a question finds what it finds: each candidate with its score and the words it matched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.context import Tools
from index.text import fold_syllable, folded_syllables


@dataclass(frozen=True)
class Candidate:
    """A document that may answer.

    Attributes:
        document: its id.
        title, number: as stored.
        score: what candidates are ordered by.
        confidence: probability that its best passage answers, 0 to 1.
        matched, missing: words of the question that the passage or the title says, and the others.
        passage: the best passage, word for word.
        features: what the confidence was computed from.
    """

    document: str
    title: str
    number: str | None
    score: float
    confidence: float
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    passage: str
    features: dict[str, float]

    def as_json(self) -> dict[str, Any]:
        """Return the candidate for other programs."""
        features = {name: round(value, 4) for name, value in self.features.items()}
        rounded = {"score": round(self.score, 4), "confidence": round(self.confidence, 4)}
        return {**vars(self), **rounded, "features": features}


@dataclass(frozen=True)
class Explanation:
    """What a question was taken for and what it finds, best first."""

    understood: str
    threshold: float
    candidates: tuple[Candidate, ...]

    @property
    def answers(self) -> bool:
        """Whether the best candidate is sure enough to answer."""
        return bool(self.candidates) and self.candidates[0].confidence >= self.threshold

    def as_json(self) -> dict[str, Any]:
        """Return it for other programs."""
        return {
            "understood": self.understood,
            "threshold": self.threshold,
            "answers": self.answers,
            "candidates": [candidate.as_json() for candidate in self.candidates],
        }


def explain(text: str, tools: Tools) -> Explanation:
    """Search for a question and say why each candidate was found.

    Args:
        text: the question as typed.
        tools: what is searched with.
    """
    question = tools.understanding.read(text)
    words = {
        fold_syllable(said): said
        for said in question.syllables
        if fold_syllable(said) in set(question.content)
    }
    candidates = []
    for hit in tools.searcher.search(question):
        best = hit.passages[0]
        passage = hit.document.text[best.start : best.end]
        path = " ".join(best.heading)
        told = set(folded_syllables(f"{passage} {path} {hit.document.title}"))
        candidates.append(
            Candidate(
                hit.document.id,
                hit.document.title,
                hit.indexed.metadata.number,
                hit.score,
                hit.confidence,
                tuple(said for folded, said in words.items() if folded in told),
                tuple(said for folded, said in words.items() if folded not in told),
                passage,
                hit.features,
            )
        )
    return Explanation(question.understood, tools.settings.threshold, tuple(candidates))


def lines_of(explanation: Explanation, tools: Tools) -> list[str]:
    """Return an explanation for people, a block of lines for each candidate."""
    texts = tools.texts.probe
    lines = [tools.texts.answer.understood.format(understood=explanation.understood)]
    if not explanation.candidates:
        return [*lines, "", texts.nothing]
    threshold = f"{explanation.threshold:.2f}"
    verdict = texts.above if explanation.answers else texts.below
    lines.append(verdict.format(threshold=threshold))
    for rank, candidate in enumerate(explanation.candidates, 1):
        number = candidate.number
        title = candidate.title
        lines += [
            "",
            texts.candidate.format(
                rank=rank,
                title=f"{title} ({number})" if number and number not in title else title,
                confidence=f"{candidate.confidence:.2f}",
                score=f"{candidate.score:.2f}",
            ),
            f"“{candidate.passage}”",
        ]
        if candidate.matched:
            lines.append(texts.matched.format(words=", ".join(candidate.matched)))
        if candidate.missing:
            lines.append(texts.missing.format(words=", ".join(candidate.missing)))
    return lines
