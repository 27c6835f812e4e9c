"""The shipped encoder and the search held against others, over the judged sets.

Sets: XQuAD-vi (Artetxe et al., "On the Cross-lingual Transferability of Monolingual
Representations", 2020) as passages to find, two sets of legal retrieval, and the development
questions over the names of procedures; questions as they are, without diacritics, with half of
them, and with slips.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from config.words import Words, load_words
from index.analyzer import Analyzer
from index.encoder import Encoder, Vectors
from index.evaluation.retrieval import Judged, Stopwatch, read_judged, read_lines
from index.evaluation.search import MODES, SearchHome
from index.postings import lexical_index
from index.syllables import SyllableModel
from index.training.mistyping import misspelt, strip_diacritics
from index.training.texts import procedures
from index.understanding import Understanding
from knowledge.places import Places

Scores = NDArray[np.float32]
Found = list[list[str]]  # for each question the ids found, best first

XQUAD, PROCEDURES, LAW = "xquad", "procedures", ("alqac2025", "vlsp2023_lter")
SETS = (XQUAD, PROCEDURES, *LAW)
FIGURES = ("first", "ten")
DEPTH = 10
RESAMPLES = 10_000


def _half(text: str) -> str:
    chance = random.Random(text)
    return " ".join(strip_diacritics(w) if chance.random() < 0.5 else w for w in text.split())


def _slips(text: str) -> str:
    chance = random.Random(text)
    return " ".join(misspelt(w, chance) if chance.random() < 1 / 6 else w for w in text.split())


# How questions are typed; "slips" misspells one word in six.
TYPED: dict[str, Callable[[str], str]] = {
    "with": str,
    "without": strip_diacritics,
    "half": _half,
    "slips": _slips,
}


@dataclass(frozen=True)
class Row:
    """What one system found of one set, typed in one way.

    Attributes:
        system, corpus, typed: which.
        first, ten: for each question whether an accepted text came first, and the share of the
            accepted ones among the first ten. Shape: (questions,).
    """

    system: str
    corpus: str
    typed: str
    first: Scores
    ten: Scores

    def figures(self) -> dict[str, Any]:
        """Return the row for people: shares over all questions."""
        return {
            "system": self.system,
            "set": self.corpus,
            "typed": self.typed,
            "questions": len(self.first),
            "first": round(float(self.first.mean()), 4),
            "ten": round(float(self.ten.mean()), 4),
        }


def read_set(shared: Path, name: str) -> Judged:
    """Return a judged set of the folder of development data, by its name in `SETS`."""
    if name == XQUAD:
        return _read_xquad(shared / "eval/xquad.vi.json")
    if name == PROCEDURES:
        return _read_procedures(shared)
    at = shared / "eval/search" / name
    return read_judged(at / "corpus.jsonl.gz", at / "queries.jsonl.gz", at / "qrels.tsv")


def _read_xquad(path: Path) -> Judged:
    corpus: list[dict[str, str]] = []
    questions: dict[str, str] = {}
    relevant: dict[str, dict[str, float]] = {}
    for article in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for passage in article["paragraphs"]:
            name = str(len(corpus))
            corpus.append({"id": name, "title": "", "text": passage["context"]})
            for asked in passage["qas"]:
                questions[asked["id"]] = asked["question"]
                relevant[asked["id"]] = {name: 1.0}
    return Judged(corpus, questions, relevant)


def _read_procedures(shared: Path) -> Judged:
    """The names alone: how procedures are found is measured by `cchc eval development`."""
    corpus = [
        {"id": p["ma_thu_tuc"], "title": "", "text": p["ten_thu_tuc"]} for p in procedures(shared)
    ]
    lines = read_lines(shared / "eval/procedures.dev.jsonl")
    rows = [row for row in lines if row.get("codes")]
    return Judged(
        corpus,
        {row["id"]: row["question"] for row in rows},
        {row["id"]: dict.fromkeys(row["codes"], 1.0) for row in rows},
    )


class Rival:
    """Rankings of systems that are not this project's, over one corpus.

    Args:
        corpus: rows with "id", "title", "text".
        words: for restoring diacritics the way the search does.
    """

    def __init__(self, corpus: Sequence[Mapping[str, str]], words: Words) -> None:
        self._ids = [row["id"] for row in corpus]
        self._texts = [f"{row['title']} {row['text']}".strip() for row in corpus]
        self._plain = Analyzer({})
        self._lexical = lexical_index(map(self._plain.terms, self._texts))
        places, analyzer = Places.load(), Analyzer(words.abbreviations)
        model = SyllableModel.load().plus(SyllableModel.count(self._texts))
        self._understanding = Understanding(words, places, analyzer, model)

    def bm25(self, questions: Sequence[str]) -> Scores:
        """Return BM25 over folded syllables and pairs. Shape: (questions, texts)."""
        terms = [np.unique(self._plain.terms(question)) for question in questions]
        return np.stack([self._lexical.scores(asked) for asked in terms])

    def cosines(self, encoder: Encoder, questions: Sequence[str], passages: Vectors) -> Scores:
        """Return the cosines of an encoder's vectors. Shape: (questions, texts)."""
        return encoder.encode_questions(questions) @ passages.T

    def restored(self, questions: Sequence[str]) -> list[str]:
        """Return the questions with their diacritics restored."""
        return [self._understanding.read(question).understood for question in questions]

    def passages(self, encoder: Encoder) -> Vectors:
        """Return the vectors of the texts. Shape: (texts, dimensions)."""
        return encoder.encode_passages(self._texts)

    def best(self, scores: Scores) -> Found:
        """Return the ids of the best texts of each question."""
        order = np.argsort(-scores, axis=1, kind="stable")[:, :DEPTH]
        return [[self._ids[i] for i in row] for row in order]


def compare(
    shared: Path, work: Path, encoders: Mapping[str, Encoder], sets: Sequence[str]
) -> Iterator[Row]:
    """Yield a row for each system, set and way of typing.

    Args:
        shared: folder of the development data.
        work: where homes and vectors are kept between runs.
        encoders: name → encoder; "e5" is also tried after restoring and in a sum with BM25, and
            "ours" is what the search runs with.
        sets: names of the sets.
    """
    words = load_words()
    for name in sets:
        judged = read_set(shared, name)
        corpus = judged.corpus
        rival = Rival(corpus, words)
        vectors = {e: _kept(work, name, encoders[e], rival) for e in encoders}
        home = SearchHome(
            work / "homes" / name, corpus, encoders["ours"], words, Places.load(), lambda *_: None
        )
        for typed, change in TYPED.items():
            asked = {q: change(text) for q, text in judged.questions.items()}
            found = _rivals(rival, encoders, vectors, list(asked.values()))
            for mode in ("lexical", "dense", "hybrid"):
                ranked = home.rankings(asked, MODES[mode], Stopwatch())
                found[f"search, {mode}"] = [ranked[q] for q in asked]
            for system, rankings in found.items():
                relevant = [judged.relevant[q] for q in asked]
                yield _row(system, name, typed, rankings, relevant)


def _rivals(
    rival: Rival,
    encoders: Mapping[str, Encoder],
    vectors: Mapping[str, Vectors],
    asked: Sequence[str],
) -> dict[str, Found]:
    bm25 = rival.bm25(asked)
    restored = rival.restored(asked)
    scores = {"BM25": bm25}
    for name, encoder in encoders.items():
        scores[f"{name} alone"] = rival.cosines(encoder, asked, vectors[name])
        if name in ("e5", "ours"):
            scores[f"{name}, restored first"] = rival.cosines(encoder, restored, vectors[name])
        if name == "e5":
            scores["BM25 + e5"] = _standardised(bm25) + _standardised(scores["e5 alone"])
    return {name: rival.best(table) for name, table in scores.items()}


def gains(rows: Sequence[Row]) -> dict[str, Any]:
    """Return what each system finds of the sets of law, pooled, and how far the search is above.

    Args:
        rows: of all systems over those sets.

    Returns:
        "pooled": system, "typed", "first", "ten". "search above": the best other system by
        "typed" and figure, the "difference" to it and its 95 % interval by a paired bootstrap
        over questions (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993).
    """
    pooled = {
        (system, typed): [
            next(r for r in rows if (r.system, r.corpus, r.typed) == (system, law, typed))
            for law in LAW
        ]
        for system in dict.fromkeys(r.system for r in rows)
        for typed in TYPED
    }
    table = [
        {"system": system, "typed": typed}
        | {figure: round(float(_joined(found, figure).mean()), 4) for figure in FIGURES}
        for (system, typed), found in pooled.items()
    ]
    above = []
    for typed in TYPED:
        for figure in FIGURES:
            others = {
                system: _joined(found, figure)
                for (system, how), found in pooled.items()
                if how == typed and not system.startswith(("search", "ours"))
            }
            best = max(others, key=lambda system: float(others[system].mean()))
            gain = _joined(pooled["search, hybrid", typed], figure) - others[best]
            above.append({"typed": typed, "figure": figure, "best": best} | _bootstrap(gain))
    return {"pooled": table, "search above": above}


def _joined(rows: Sequence[Row], figure: str) -> Scores:
    return np.concatenate([getattr(row, figure) for row in rows])


def _bootstrap(gain: Scores) -> dict[str, float]:
    picks = np.random.default_rng(0).integers(0, len(gain), (RESAMPLES, len(gain)))
    low, high = np.percentile(gain[picks].mean(axis=1), [2.5, 97.5])
    return {
        "difference": round(float(gain.mean()), 4),
        "low": round(float(low), 4),
        "high": round(float(high), 4),
    }


def _row(
    system: str, corpus: str, typed: str, found: Found, relevant: Sequence[Mapping[str, float]]
) -> Row:
    pairs = list(zip(found, relevant, strict=True))
    first = [float(bool(ids) and ids[0] in good) for ids, good in pairs]
    ten = [len(set(ids[:DEPTH]) & set(good)) / len(good) for ids, good in pairs]
    return Row(system, corpus, typed, np.array(first), np.array(ten))


def _kept(work: Path, name: str, encoder: Encoder, rival: Rival) -> Vectors:
    """Return the vectors of the texts, kept for the next run."""
    path = work / "vectors" / f"{name}.{encoder.digest}.npy"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        np.save(path, rival.passages(encoder))
    kept: Vectors = np.load(path)
    return kept


def _standardised(scores: Scores) -> Scores:
    spread = np.maximum(scores.std(axis=1, keepdims=True), 1e-9)
    standardised: Scores = (scores - scores.mean(axis=1, keepdims=True)) / spread
    return standardised
