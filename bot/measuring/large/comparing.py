"""Lexical search by several engines over the same made sections: speed, memory, size."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np

from bot.measuring.large.engines import Engine
from bot.measuring.large.pool import read_pool
from bot.measuring.large.steps import (
    WARMING,
    Figures,
    development_sample,
    memory,
    percentiles,
    province_names,
)
from bot.measuring.large.varying import Varied
from config.words import load_words
from index.analyzer import Analyzer
from index.build import section_texts
from index.evaluation.retrieval import Stopwatch
from index.syllables import SyllableModel
from index.text import Terms
from index.understanding import Understanding
from knowledge.places import Places


def write_terms(folder: Path, shared: Path, kept: Path, sections: int) -> Figures:
    """Write the terms of made sections and of questions into an empty folder."""
    words, places = load_words(), Places.load()
    analyzer = Analyzer(words.abbreviations)
    ends: list[int] = [0]
    with (folder / "terms").open("wb") as written:
        pool = read_pool(shared, places, kept)
        for document in Varied(pool, province_names()).documents(sections):
            for text in section_texts(document):
                terms = analyzer.terms(text)
                written.write(terms.tobytes())
                ends.append(ends[-1] + len(terms))
    np.save(folder / "ends.npy", np.array(ends))
    understanding = Understanding(words, places, analyzer, SyllableModel.load())
    questions = [understanding.read(text) for text in development_sample(shared)]
    np.savez(
        folder / "questions.npz",
        terms=np.concatenate([q.terms for q in questions]),
        weights=np.concatenate([q.term_weights for q in questions]),
        ends=np.cumsum([0, *(len(q.terms) for q in questions)]),
    )
    return {"sections": len(ends) - 1}


def run_engine(folder: Path, kind: type[Engine], place: Path) -> Figures:
    """Return what one engine takes to index the sections and to answer the questions.

    Args:
        folder: where `write_terms` wrote.
        kind: of the engine.
        place: an empty folder for its files.

    Raises:
        ImportError: the engine is not installed.
    """
    engine = kind(place)
    began = time.perf_counter()
    engine.build(_sections(folder))
    figures: Figures = {
        "build_s": round(time.perf_counter() - began, 1),
        "build_max_mb": memory()["VmHWM"],
    }
    size = sum(file.stat().st_size for file in place.rglob("*") if file.is_file())
    figures["index_mb"] = round(size / 1e6, 1)
    asked = np.load(folder / "questions.npz")
    queries = [
        (asked["terms"][a:b], asked["weights"][a:b].tolist())
        for a, b in pairwise(asked["ends"])
        if a < b
    ]
    for query, weights in queries[:WARMING]:
        engine.search(query, weights)
    watch = Stopwatch()
    for query, weights in queries:
        with watch:
            engine.search(query, weights)
    return figures | percentiles(watch)


def _sections(folder: Path) -> Iterator[Terms]:
    ends = np.load(folder / "ends.npy")
    terms = np.memmap(folder / "terms", np.uint32, "r").view(np.ndarray)
    for begin, end in pairwise(ends):
        yield terms[begin:end]
