"""`cchc eval search`: how well the search finds judged texts, in a home of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from config.words import Words
from index import build
from index.analyzer import Analyzer
from index.encoder import Encoder
from index.evaluation.retrieval import Judged, Stopwatch, figures
from index.search import DENSE_ONLY, LEXICAL_ONLY, Fusion, Retriever
from index.syllables import SyllableModel
from index.understanding import Understanding
from knowledge.document import Block, Document, Metadata, RawDocument
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from knowledge.structure import assemble

MODES = {"lexical": LEXICAL_ONLY, "dense": DENSE_ONLY, "hybrid": Fusion()}
DEPTH = 10


def evaluate_search(
    judged: Judged,
    mode: str,
    encoder: Encoder,
    words: Words,
    places: Places,
    progress: build.Progress,
) -> dict[str, float]:
    """Return recall, mrr, ndcg and latency of one mode over a judged corpus.

    Args:
        judged: corpus, questions, judgements.
        mode: "lexical", "dense" or "hybrid".
        encoder, words, places: what the search is made with.
        progress: told (done, all) of the passages that have to be encoded.
    """
    with tempfile.TemporaryDirectory() as folder:
        store = KnowledgeStore(Path(folder))
        for number, row in enumerate(judged.corpus):
            store.put(_document(str(number), row))
        analyzer = Analyzer(words.abbreviations)
        index = build.build(store, encoder, analyzer, places, progress)
        model = SyllableModel.load().plus(index.syllables)
        understanding = Understanding(words, places, analyzer, model)
        retriever = Retriever(index, None if mode == "lexical" else encoder, MODES[mode])
        names = [judged.corpus[int(document.id)]["id"] for document in index.documents]
        watch = Stopwatch()
        rankings: dict[str, list[str]] = {}
        for question, text in judged.questions.items():
            with watch:
                ranked = retriever.rank(understanding.read(text), DEPTH)
            rankings[question] = [names[c.position] for c in ranked]
        store.close()
    return figures(rankings, judged.relevant, np.array(watch.milliseconds).tolist())


def _document(name: str, row: dict[str, str]) -> Document:
    lines = [line.strip() for line in row["text"].splitlines() if line.strip()]
    raw = RawDocument(name, "", tuple(Block(line) for line in lines or [row["title"] or name]))
    text, sections = assemble(raw)
    return Document(name, row["title"], text, sections, Metadata(), "")
