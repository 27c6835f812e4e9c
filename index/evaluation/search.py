"""`cchc eval search`: how well the search finds judged texts, in a home of its own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

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


class SearchHome:
    """A home that holds nothing but the texts of a judged corpus, and its index.

    Args:
        folder: of the home; what was encoded there before is not encoded again.
        corpus: rows with "id", "title", "text".
        encoder, words, places: what the search is made with.
        progress: told (done, all) of the passages that have to be encoded.
    """

    def __init__(
        self,
        folder: Path,
        corpus: list[dict[str, str]],
        encoder: Encoder,
        words: Words,
        places: Places,
        progress: build.Progress,
    ) -> None:
        store = KnowledgeStore(folder)
        for number, row in enumerate(corpus):
            store.put(_document(str(number), row))
        analyzer = Analyzer(words.abbreviations)
        self._encoder = encoder
        self._index = build.build(store, encoder, analyzer, places, progress)
        store.close()
        model = SyllableModel.load().plus(self._index.syllables)
        self._understanding = Understanding(words, places, analyzer, model)
        self._names = [corpus[int(document.id)]["id"] for document in self._index.documents]

    def rankings(
        self, questions: Mapping[str, str], fusion: Fusion, watch: Stopwatch
    ) -> dict[str, list[str]]:
        """Return the ids of the best texts for each question, best first.

        Args:
            questions: id → text.
            fusion: weights of the scores; without dense ones nothing is encoded.
            watch: is told how long each question takes.
        """
        encoder = self._encoder if fusion.title_dense or fusion.section_dense else None
        retriever = Retriever(self._index, encoder, fusion)
        found = {}
        for question, text in questions.items():
            with watch:
                ranked = retriever.rank(self._understanding.read(text), DEPTH)
            found[question] = [self._names[candidate.position] for candidate in ranked]
        return found


def evaluate_search(home: SearchHome, judged: Judged, mode: str) -> dict[str, float]:
    """Return recall, mrr, ndcg and latency of one mode over a judged corpus.

    Args:
        home: made of the corpus.
        judged: questions and judgements.
        mode: "lexical", "dense" or "hybrid".
    """
    watch = Stopwatch()
    rankings = home.rankings(judged.questions, MODES[mode], watch)
    return figures(rankings, judged.relevant, watch.milliseconds)


def _document(name: str, row: dict[str, str]) -> Document:
    lines = [line.strip() for line in row["text"].splitlines() if line.strip()]
    raw = RawDocument(name, "", tuple(Block(line) for line in lines or [row["title"] or name]))
    text, sections = assemble(raw)
    return Document(name, row["title"], text, sections, Metadata(), "")
