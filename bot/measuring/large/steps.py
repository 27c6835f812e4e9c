"""The steps of measuring one large store: making it, indexing it, asking it.

Each runs in a process of its own, so that what one takes does not count for the next.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.application import Application
from bot.measuring.development import SETS
from bot.measuring.development import questions as development_questions
from bot.measuring.large.pool import RealText, read_pool
from bot.measuring.large.varying import SEED, Varied
from bot.measuring.large.vectors import MixedVectors, drawn_tokens, encoded, store_vectors
from config.places import load_places
from index.analyzer import Analyzer
from index.build import DETAILED, ENCODED, FOLDER, PIECE, SearchIndex, passages, pieces
from index.confidence import Confidence
from index.dense import DenseIndex
from index.encoder import Encoder, Vectors
from index.evaluation.retrieval import Stopwatch
from index.finder import CANDIDATES
from index.question import Question
from index.search import NEAREST, Fusion, Retriever
from index.searcher import Searcher
from index.vectors import digest_of
from knowledge.store import FILE

REAL_VECTORS = 3000  # real passages that are encoded
REAL_TOKENS = 200  # of these, those whose tokens are used
QUESTIONS = 200
WARMING = 5  # questions asked before the clock runs
TOP = 10
BATCH = 1 << 14
_MEMORY = re.compile(r"^(VmRSS|VmHWM|RssAnon):\s+(\d+) kB$", re.MULTILINE)

Figures = dict[str, float]


def make(home: Path, shared: Path, kept: Path, sections: int) -> Figures:
    """Fill the store of an empty home with made documents, and its cache with their vectors.

    Args:
        home: an empty folder.
        shared: folder of the corpora.
        kept: folder of what is worth keeping between runs.
        sections: how many the documents are to have in all.
    """
    with closing(Application.open(home)) as application:
        pool = read_pool(shared, application.places, kept)
        sample = _sample(pool)
        real = encoded(sample, application.encoder, kept)
        texts: list[bytes] = []
        detailed: list[bytes] = []
        closely: list[bytes] = []
        documents = made = 0
        with application.store.db.atomic():
            for document in Varied(pool, province_names()).documents(sections):
                application.store.put(document)
                texts += [digest_of(text) for text, _ in passages(document, False)]
                if documents < DETAILED:
                    detailed += [digest_of(text) for text, _ in passages(document, True)]
                    closely += [digest_of(text) for text, _ in pieces(document, True)]
                documents += 1
                made += len(document.sections)
        is_detailed = len(application.store.digests()) <= DETAILED
        keys, closely = (detailed, closely) if is_detailed else (texts, [])
        distinct = list(dict.fromkeys(keys + closely))
        rows = MixedVectors(real, SEED).draw(len(distinct))
        told = [text[:PIECE] for text in sample[:REAL_TOKENS]]
        tokens = drawn_tokens(told, application.encoder, closely, SEED)
        store_vectors(application.store.db, application.encoder, distinct, rows, tokens)
    return {"documents": documents, "sections": made, "vectors": len(keys)}


def province_names() -> list[str]:
    """Return the provinces of today."""
    return [unit.name for unit in load_places().units]


def _sample(pool: Sequence[RealText]) -> list[str]:
    """Return real passages as the index encodes them."""
    chance = random.Random(SEED)
    texts: list[str] = []
    for text in chance.sample(pool, min(REAL_VECTORS, len(pool))):
        heading, said = chance.choice(text.sections)
        passage = f"{text.title}. {' . '.join((*heading, said))}"[:ENCODED]
        texts.append(passage if text.field is None else text.title)
    return texts


def index(home: Path) -> Figures:
    """Make the index of a filled home, all vectors being known; return what that took."""
    began = time.perf_counter()
    Application.open(home).close()
    seconds = time.perf_counter() - began
    size = sum(file.stat().st_size for file in (home / FOLDER).rglob("*") if file.is_file())
    return {
        "build_s": round(seconds, 1),
        "build_max_mb": memory()["VmHWM"],
        "index_mb": round(size / 1e6, 1),
        "store_mb": round((home / FILE).stat().st_size / 1e6, 1),
    }


def ask(home: Path, shared: Path) -> Figures:
    """Ask questions of an indexed home; return speed, memory and how much is found."""
    began = time.perf_counter()
    with closing(Application.open(home)) as application:
        figures: Figures = {"load_s": round(time.perf_counter() - began, 2)}
        asked = development_sample(shared)
        watched = _Watched(application)
        figures |= watched.ask(asked)
        taken = memory()
        figures |= {"rss_mb": taken["VmRSS"], "own_mb": taken["RssAnon"]}
        questions = [application.tools().understanding.read(text) for text in asked]
        searched = application.tools().searcher.index
        figures["recall@10"] = _recall(
            searched.dense,
            application.encoder.encode_questions([q.encoded for q in questions]),
        )
        figures["agreement@10"] = _agreement(searched, application.encoder, questions)
    return figures


def development_sample(shared: Path) -> list[str]:
    """Return questions of the development sets, always the same ones."""
    asked = [
        str(row["question"]) for chosen in SETS for row in development_questions(shared, chosen)
    ]
    return random.Random(SEED).sample(asked, min(QUESTIONS, len(asked)))


class _Watched:
    """The search of an application with a clock at each of its stages."""

    def __init__(self, application: Application) -> None:
        tools = application.tools()
        self._understanding = tools.understanding
        self._encoder = _TimedEncoder(application.encoder)
        made = tools.searcher.index
        dense = _TimedDense(**vars(made.dense))
        self._dense = dense
        self._retriever = Retriever(made, None, Fusion())
        self._searcher = Searcher(
            application.store,
            replace(made, dense=dense),
            self._encoder,
            Analyzer(application.words.abbreviations),
            application.places,
            Confidence.load(),
        )

    def ask(self, texts: Sequence[str]) -> Figures:
        """Return the percentiles of whole questions, and the means of their stages."""
        whole, understand, lexical = Stopwatch(), Stopwatch(), Stopwatch()
        for text in texts[:WARMING]:
            # In other words, for what was asked before is remembered.
            self._searcher.search(self._understanding.read(f"{text} {text}"))
        self._encoder.watch.milliseconds.clear()
        self._dense.watch.milliseconds.clear()
        for text in texts:
            with whole:
                with understand:
                    question = self._understanding.read(text)
                self._searcher.search(question)
        for text in texts:
            question = self._understanding.read(text)
            with lexical:
                self._retriever.rank(question, CANDIDATES)
        stages = {
            "understand_ms": understand,
            "encode_ms": self._encoder.watch,
            "lexical_ms": lexical,
            "dense_ms": self._dense.watch,
        }
        means = {name: float(np.mean(watch.milliseconds)) for name, watch in stages.items()}
        means["rest_ms"] = float(np.mean(whole.milliseconds)) - sum(means.values())
        means |= {f"lexical_{name}": value for name, value in percentiles(lexical).items()}
        return percentiles(whole) | {name: round(value, 2) for name, value in means.items()}


def percentiles(watch: Stopwatch) -> Figures:
    """Return the median and the 95th percentile of what a stopwatch measured."""
    p50, p95 = np.percentile(watch.milliseconds, [50, 95]).tolist()
    return {"p50_ms": round(p50, 2), "p95_ms": round(p95, 2)}


class _TimedEncoder:
    """An encoder with a clock."""

    def __init__(self, encoder: Encoder) -> None:
        self.watch = Stopwatch()
        self.digest = encoder.digest
        self.dimensions = encoder.dimensions
        self.floor = encoder.floor
        self.encode_passages = encoder.encode_passages
        self._encoder = encoder

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""
        with self.watch:
            return self._encoder.encode_questions(texts)


class _TimedDense(DenseIndex):
    """A dense index with a clock."""

    @cached_property
    def watch(self) -> Stopwatch:
        """How long each search took."""
        return Stopwatch()

    def search(self, question: Vectors, count: int) -> tuple[NDArray[np.int64], Vectors]:
        """Return the rows nearest to one question."""
        with self.watch:
            return super().search(question, count)


def _recall(dense: DenseIndex, questions: Vectors) -> float:
    """Return the share of the ten truly nearest vectors that the index puts among its ten.

    What is as near as the tenth counts, whichever of equal vectors comes back. An index that is
    not quantised compares all of them and misses none.
    """
    rows = dense.exact
    if not len(rows):
        return 1.0
    best = np.full((len(questions), TOP), -1, np.float32)
    for begin in range(0, len(rows), BATCH):
        cosines = questions @ rows[begin : begin + BATCH].astype(np.float32).T
        best = -np.sort(-np.hstack([best, cosines]), axis=1)[:, :TOP]
    shares = []
    for question, least in zip(questions, best[:, -1], strict=True):
        found, _ = dense.search(question[None], NEAREST)
        first = rows[found[:TOP]].astype(np.float32)
        shares.append(float((first @ question >= least - 1e-6).mean()))
    return round(float(np.mean(shares)), 4)


def _agreement(index: SearchIndex, encoder: Encoder, questions: Sequence[Question]) -> float:
    """Return the share of the ten best documents that are also the best when all are scored."""
    usual = Retriever(index, encoder, Fusion())
    exhaustive = Retriever(index, encoder, Fusion(), exhaustive=len(index.documents))
    shares = []
    for question in questions:
        expected = {c.position for c in exhaustive.rank(question, TOP)}
        found = {c.position for c in usual.rank(question, TOP)}
        shares.append(len(expected & found) / len(expected))
    return round(float(np.mean(shares)), 4)


def memory() -> Figures:
    """Return what this process takes in MB; not a number where the system does not tell."""
    status = Path("/proc/self/status")
    text = status.read_text(encoding="utf-8") if status.is_file() else ""
    told = {name: round(int(kilobytes) / 1024, 1) for name, kilobytes in _MEMORY.findall(text)}
    return dict.fromkeys(("VmRSS", "VmHWM", "RssAnon"), float("nan")) | told
