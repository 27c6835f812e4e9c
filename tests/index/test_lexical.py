"""BM25: the formula, weights, and the files."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import lexical, postings
from index.analyzer import Analyzer
from index.lexical import K1, STEPS, B, LexicalIndex
from index.postings import lexical_index
from index.spans import Spans
from index.stored_rows import StoredRows
from index.text import Terms

texts_of_numbers = st.lists(st.lists(st.integers(0, 9), max_size=12), max_size=8)
ARRAYS = ("vocabulary", "offsets", "texts", "impacts", "rows", "row_of", "idf", "highest")
some_terms = st.lists(st.integers(0, 12), max_size=6, unique=True)


def as_terms(numbers: list[int]) -> Terms:
    return np.array(numbers, dtype=np.uint32)


def bm25(texts: list[list[int]], query: list[int]) -> list[float]:
    """Return the scores as the formula is printed in the literature."""
    mean = sum(map(len, texts)) / len(texts)
    scores = []
    for text in texts:
        score = 0.0
        for term in query:
            holders = sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - holders + 0.5) / (holders + 0.5))
            tf = text.count(term)
            if tf:
                score += idf * tf * (K1 + 1) / (tf + K1 * (1 - B + B * len(text) / mean))
        scores.append(score)
    return scores


@given(texts_of_numbers, some_terms)
def test_scores_are_those_of_the_formula(texts: list[list[int]], query: list[int]) -> None:
    index = lexical_index([as_terms(t) for t in texts])
    expected = bm25(texts, query) if any(texts) else [0.0] * len(texts)
    assert index.scores(as_terms(query)).tolist() == pytest.approx(expected, rel=1e-4, abs=1e-6)


@given(texts_of_numbers, some_terms, st.floats(0, 4, width=32))
def test_weights_multiply(texts: list[list[int]], query: list[int], weight: float) -> None:
    index = lexical_index([as_terms(t) for t in texts])
    weighted = index.scores(as_terms(query), np.full(len(query), weight, np.float32))
    assert weighted == pytest.approx(index.scores(as_terms(query)) * weight, rel=1e-4, abs=1e-6)


@given(texts_of_numbers, some_terms)
def test_a_saved_index_scores_the_same(texts: list[list[int]], query: list[int]) -> None:
    index = lexical_index([as_terms(t) for t in texts])
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder) / "titles")
        loaded = LexicalIndex.load(Path(folder) / "titles")
        assert loaded.size == index.size
        assert np.array_equal(loaded.scores(as_terms(query)), index.scores(as_terms(query)))
        assert np.array_equal(loaded.idf_of(as_terms(query)), index.idf_of(as_terms(query)))


@given(texts_of_numbers, some_terms, st.sets(st.integers(0, 7)), st.booleans())
def test_lists_that_are_read_score_as_those_in_memory(
    texts: list[list[int]], query: list[int], chosen: set[int], rows: bool
) -> None:
    terms, values = as_terms(query), np.arange(len(query), dtype=np.float32)
    positions = np.array(sorted(p for p in chosen if p < len(texts)), np.int32)
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(lexical, "MAPPED", 0)
        if rows:
            patch.setattr(postings, "MANY", 0)
            patch.setattr(postings, "FREQUENT", 2)
        index = lexical_index(map(as_terms, texts))
        index.save(Path(folder) / "bodies")
        read = LexicalIndex.load(Path(folder) / "bodies")
        read.save(Path(folder) / "again")
    assert isinstance(read.texts, StoredRows)
    for among in (None, Spans(positions, positions + np.int32(1))):
        for method in ("scores", "matched"):
            found, expected = (getattr(i, method)(terms, values, among) for i in (read, index))
            assert np.array_equal(found, expected)
    assert np.array_equal(read.mass(), index.mass())
    for text in range(len(texts)):
        assert np.array_equal(read.holds(terms, text), index.holds(terms, text))


def test_the_text_asked_for_comes_first_however_it_is_typed(analyzer: Analyzer) -> None:
    texts = ["cấp lại căn cước", "đăng ký kết hôn", "đăng ký khai sinh", "cấp giấy phép"]
    index = lexical_index([analyzer.terms(text) for text in texts])
    for question in ("khai sinh", "khai sinh".upper(), "dang ky khai sinh"):
        assert int(index.scores(np.unique(analyzer.terms(question))).argmax()) == 2


@given(texts_of_numbers, some_terms)
def test_matched_values_are_those_of_the_terms_held(
    texts: list[list[int]], query: list[int]
) -> None:
    index = lexical_index([as_terms(t) for t in texts])
    values = np.array([float(term + 1) for term in query], np.float32)
    expected = [float(sum(term + 1 for term in query if term in text)) for text in texts]
    assert index.matched(as_terms(query), values).tolist() == expected


@given(texts_of_numbers, st.integers(1, 20))
def test_an_index_made_in_segments_is_the_one_made_at_once(
    texts: list[list[int]], segment: int
) -> None:
    whole = lexical_index(map(as_terms, texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "SEGMENT", segment)
        parted = lexical_index(map(as_terms, texts))
    assert parted.size == whole.size
    for name in ARRAYS:
        assert np.array_equal(getattr(parted, name), getattr(whole, name))


@given(texts_of_numbers, some_terms, st.sets(st.integers(0, 7)))
def test_some_texts_score_as_they_do_among_all(
    texts: list[list[int]], query: list[int], chosen: set[int]
) -> None:
    index = lexical_index(map(as_terms, texts))
    positions = np.array(sorted(p for p in chosen if p < len(texts)), np.int32)
    values = np.arange(len(query), dtype=np.float32)
    among = Spans(positions, positions + np.int32(1))
    for method in (index.scores, index.matched):
        alone = method(as_terms(query), values, among)
        assert np.array_equal(alone, method(as_terms(query), values)[positions])


@given(texts_of_numbers, some_terms)
def test_no_text_scores_more_than_the_highest_of_its_terms(
    texts: list[list[int]], query: list[int]
) -> None:
    index = lexical_index(map(as_terms, texts))
    bounds = index.matched(as_terms(query), index.highest_of(as_terms(query)))
    assert (index.scores(as_terms(query)) <= bounds + 1e-5).all()


@given(texts_of_numbers, some_terms, st.sets(st.integers(0, 7)), st.floats(0, 4, width=32))
def test_rows_of_frequent_terms_say_what_their_lists_would(
    texts: list[list[int]], query: list[int], chosen: set[int], weight: float
) -> None:
    listed = lexical_index(map(as_terms, texts))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(postings, "MANY", 0)
        patch.setattr(postings, "FREQUENT", 2)
        mixed = lexical_index(map(as_terms, texts))
    positions = np.array(sorted(p for p in chosen if p < len(texts)), np.int32)
    terms, weights = as_terms(query), np.full(len(query), weight, np.float32)
    for among in (None, Spans(positions, positions + np.int32(1))):
        # Each term is off by half a step of the most that it could count at the utmost.
        most = weight * (listed.idf_of(terms) * (K1 + 1) / STEPS).sum() / 2 + 1e-5
        found, expected = (i.scores(terms, weights, among) for i in (mixed, listed))
        assert np.abs(found - expected).max(initial=0) <= most
        assert np.array_equal(*(i.matched(terms, weights, among) for i in (mixed, listed)))
    assert mixed.mass() == pytest.approx(listed.mass())
    for text in range(len(texts)):
        assert np.array_equal(mixed.holds(terms, text), listed.holds(terms, text))
    bounds = mixed.matched(terms, mixed.highest_of(terms))
    assert (mixed.scores(terms) <= bounds + 1e-5).all()


def test_a_term_never_seen_is_the_rarest() -> None:
    index = lexical_index([as_terms([1, 2]), as_terms([1])])
    every, one, none = index.idf_of(as_terms([1, 2, 77])).tolist()
    assert every < one < none


def test_an_index_of_nothing_finds_nothing() -> None:
    for texts in ([], [as_terms([]), as_terms([])]):
        index = lexical_index(texts)
        assert index.scores(as_terms([1, 2])).tolist() == [0.0] * len(texts)


@pytest.mark.parametrize("name", [*ARRAYS, "size"])
def test_a_missing_or_cut_file_is_noticed(tmp_path: Path, name: str) -> None:
    lexical_index([as_terms([1, 2, 1]), as_terms([3])]).save(tmp_path / "titles")
    file = tmp_path / f"titles.{name}.npy"
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises((OSError, ValueError)):
        LexicalIndex.load(tmp_path / "titles")
    file.unlink()
    with pytest.raises((OSError, ValueError)):
        LexicalIndex.load(tmp_path / "titles")
