"""Searching again: nothing is worked out twice, and nothing is answered from before a change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.words import load_words
from index import build
from index.analyzer import Analyzer
from index.confidence import Confidence
from index.encoder import EncoderError, Vectors
from index.question import MEMORABLE
from index.searcher import Hit, Searcher
from index.syllables import SyllableModel
from index.text import fold
from index.understanding import Understanding
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from tests.made import TinyEncoder, made_document, silent

FEE = "Lệ phí cấp hộ chiếu là 200.000 đồng."
TYPED = (
    "cho tôi hỏi ad ơi làm hộ chiếu mất bao lâu phí sổ đỏ ở Hà Nội năm 2025 cccd"
    " khai sinh 1.001234 QĐ xe máy hết bao nhiêu tiền ko đc vậy ạ"
)
QUESTION = "lệ phí cấp hộ chiếu là bao nhiêu"


class Counting(TinyEncoder):
    """Notes which questions were encoded; breaks when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.broken = False

    def encode_questions(self, texts: list[str]) -> Vectors:  # type: ignore[override]
        if self.broken:
            raise EncoderError("broken")
        self.asked += texts
        return super().encode_questions(texts)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[KnowledgeStore]:
    store = KnowledgeStore(tmp_path)
    store.put(made_document("phi", FEE, "Nộp ở công an tỉnh."))
    store.put(made_document("hop", "Ủy ban nhân dân họp thường kỳ."))
    yield store
    store.close()


@pytest.fixture
def encoder() -> Counting:
    return Counting()


@pytest.fixture(scope="module")
def understanding(places: Places) -> Understanding:
    return Understanding(load_words(), places, Analyzer({}), SyllableModel.load())


@pytest.fixture
def searcher(store: KnowledgeStore, encoder: Counting, places: Places) -> Searcher:
    analyzer = Analyzer({})
    index = build.build(store, encoder, analyzer, places, silent)
    encoder.asked.clear()
    return Searcher(store, index, encoder, analyzer, places, Confidence.load())


def quotes(hit: Hit) -> list[str]:
    return [hit.document.text[p.start : p.end] for p in hit.passages]


def told(hits: list[Hit]) -> list[tuple[str, list[str], float, float]]:
    return [(hit.document.id, quotes(hit), hit.score, hit.confidence) for hit in hits]


def test_what_is_asked_again_is_found_without_being_searched(
    searcher: Searcher, encoder: Counting, understanding: Understanding
) -> None:
    first = told(searcher.search(understanding.read(QUESTION)))
    assert first[0][1][0] == FEE
    assert len(encoder.asked) == 1
    # Without its marks it is understood to mean the same.
    for typed in (QUESTION, fold(QUESTION)):
        assert told(searcher.search(understanding.read(typed))) == first
    assert len(encoder.asked) == 1


def test_what_is_asked_of_the_search_is_told_apart(
    searcher: Searcher, understanding: Understanding
) -> None:
    question = understanding.read(QUESTION)
    usual = told(searcher.search(question))
    favoured = told(searcher.search(question, favoured="phi"))
    assert favoured[0][2] > usual[0][2]
    assert "phi" not in [
        h.document.id for h in searcher.search(question, without=frozenset({"phi"}))
    ]
    assert searcher.search(question, procedures_only=True) == []
    assert len(searcher.search(question, read=1)) == 1
    assert told(searcher.search(question)) == usual


def test_a_document_that_was_changed_or_removed_is_not_quoted_from_memory(
    searcher: Searcher, store: KnowledgeStore, understanding: Understanding
) -> None:
    question = understanding.read(QUESTION)
    searcher.search(question)
    store.put(made_document("phi", FEE.replace("200", "300")))
    [hit] = [h for h in searcher.search(question) if h.document.id == "phi"]
    assert quotes(hit)[0] == FEE.replace("200", "300")
    store.remove("phi")
    assert "phi" not in [h.document.id for h in searcher.search(question)]


def test_what_was_found_by_words_alone_is_searched_again(
    searcher: Searcher, encoder: Counting, understanding: Understanding
) -> None:
    question = understanding.read(QUESTION)
    encoder.broken = True
    by_words = told(searcher.search(question))
    assert by_words[0][0] == "phi"
    encoder.broken = False
    whole = told(searcher.search(question))
    assert encoder.asked
    assert whole[0][2] > by_words[0][2]


def test_whoever_asks_politely_is_answered_the_same_without_another_search(
    searcher: Searcher, encoder: Counting, understanding: Understanding
) -> None:
    framed = (QUESTION, f"Dạ cho em hỏi chút, {QUESTION} vậy ạ?", f"ad oi, {QUESTION} em cam on ạ")
    found = [told(searcher.search(understanding.read(typed))) for typed in framed]
    assert found == [found[0]] * len(framed)
    assert len(encoder.asked) == 1


def test_what_is_too_long_to_be_asked_twice_takes_no_memory(
    searcher: Searcher, encoder: Counting, understanding: Understanding
) -> None:
    long = f"{QUESTION} {'cho cả nhà ' * (MEMORABLE // 10)}"
    for _ in range(2):
        searcher.search(understanding.read(long))
    assert len(encoder.asked) == 2
    assert understanding.read(long) is not understanding.read(long)
    assert understanding.read(QUESTION) is understanding.read(QUESTION)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(TYPED.split()),
        min_size=1,
        max_size=12,
    ),
    st.lists(st.booleans(), min_size=12, max_size=12),
)
def test_all_that_is_searched_with_follows_from_the_meaning(
    understanding: Understanding, words: list[str], bare: list[bool]
) -> None:
    one = understanding.read(" ".join(words))
    other = understanding.read(
        " ".join(fold(w) if b else w for w, b in zip(words, bare, strict=False))
    )
    if one.meaning != other.meaning:
        return
    for name, value in vars(one).items():
        if name in ("typed", "understood", "bare", "codes", "places"):
            continue  # of which all that is searched with stands in the meaning
        same = vars(other)[name]
        if isinstance(value, np.ndarray):
            assert np.array_equal(value, same), name
        elif name == "concepts":
            assert [(c.weight, c.size) for c in value] == [(c.weight, c.size) for c in same]
            for mine, theirs in zip(value, same, strict=True):
                for a, b in zip(mine.wordings, theirs.wordings, strict=True):
                    assert np.array_equal(a, b)
        else:
            assert value == same, name
