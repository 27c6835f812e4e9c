"""Ranking a large store: what is left unscored would not have been among the best."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config.words import load_words
from index import build, search
from index.analyzer import Analyzer
from index.build import SearchIndex
from index.encoder import Encoder, Vectors
from index.search import Candidate, Fusion, Retriever
from index.syllables import SyllableModel
from index.understanding import Understanding
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from tests.made import TinyEncoder, TinyTokenEncoder, made_document, silent

TEXT = "cấp đổi thẻ giấy phép lái xe kết hôn khai sinh hộ tịch đất đai nhà ở thuế phí"
WORDS = TEXT.split()
some_words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)


def made_words(chance: np.random.Generator, count: int) -> str:
    # Some words are in nearly every text, some in few.
    drawn = np.minimum(chance.zipf(1.3, count) - 1, len(WORDS) - 1)
    return " ".join(WORDS[i] for i in drawn)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, places: Places) -> Iterator[SearchIndex]:
    """Yield an index of 300 texts out of few words, so that many of them nearly tie."""
    chance = np.random.default_rng(7)
    store = KnowledgeStore(tmp_path_factory.mktemp("store"))
    for number in range(300):
        lines = [made_words(chance, 12) for _ in range(1 + number % 4)]
        title = made_words(chance, 4)
        code = f"1.{number:06d}" if number % 3 else None
        store.put(made_document(f"{number:03d}", *lines, title=title, code=code))
    yield build.build(store, TinyEncoder(), Analyzer({}), places, silent)
    store.close()


@pytest.fixture(scope="module")
def understanding(places: Places) -> Understanding:
    return Understanding(load_words(), places, Analyzer({}), SyllableModel.load())


def as_rows(candidates: list[Candidate]) -> list[tuple[int, float, float, list[float]]]:
    return [(c.position, c.score, c.precision, c.section_scores.tolist()) for c in candidates]


@pytest.mark.parametrize("encoder", [TinyEncoder(), None])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=some_words, count=st.integers(1, 30))
def test_the_best_of_a_large_store_are_those_of_scoring_each(
    index: SearchIndex,
    understanding: Understanding,
    encoder: Encoder | None,
    asked: list[str],
    count: int,
) -> None:
    question = understanding.read(" ".join(asked))
    each = Retriever(index, encoder, Fusion(), exhaustive=len(index.documents))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "BLOCKS", (8, 16, 512))
        likely = Retriever(index, encoder, Fusion(), exhaustive=0).rank(question, count)
    assert as_rows(likely) == as_rows(each.rank(question, count))


def test_most_of_a_large_store_is_not_scored(
    index: SearchIndex, understanding: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "BLOCKS", (8, 16, 512))
    scored: list[int] = []
    score = Retriever._scored

    def counted(*args: object) -> object:
        scored.append(len(args[-1]))  # type: ignore[arg-type]
        return score(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(Retriever, "_scored", counted)
    retriever = Retriever(index, None, Fusion(), exhaustive=0)
    retriever.rank(understanding.read("thuế phí nhà ở"), 5)
    assert 0 < sum(scored) < len(index.documents) / 2


def test_where_too_many_fit_the_likeliest_are_scored(
    index: SearchIndex, understanding: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = understanding.read("thuế phí nhà ở")
    monkeypatch.setattr(search, "BLOCKS", (8,))
    found = Retriever(index, None, Fusion(), exhaustive=0).rank(question, 5)
    best = Retriever(index, None, Fusion()).rank(question, 5)
    assert len(found) == 5
    assert found[0].score >= 0.8 * best[0].score


def test_an_index_of_nothing_ranks_nothing(
    home: Path, understanding: Understanding, places: Places
) -> None:
    store = KnowledgeStore(home)
    empty = build.build(store, TinyEncoder(), Analyzer({}), places, silent)
    store.close()
    assert Retriever(empty, TinyEncoder(), Fusion()).rank(understanding.read("thuế")) == []


def test_only_what_exceeds_the_floor_of_the_encoder_counts(
    home: Path, analyzer: Analyzer, places: Places
) -> None:
    store = KnowledgeStore(home)
    for name, text in (("ket-hon", "Đăng ký kết hôn"), ("ho-chieu", "Cấp hộ chiếu phổ thông")):
        store.put(made_document(name, text))
    encoder = TinyEncoder()
    index = build.build(store, encoder, analyzer, places, silent)
    store.close()
    asked = Understanding(load_words(), places, analyzer, SyllableModel.load()).read("kết hôn")
    # What a document scores when all that exceeds the floor counts in full, and nothing else.
    dense = Fusion(title=0, body=0, section=0, title_dense=0, section_dense=1, precision=0)

    def scores(floor: float) -> list[float]:
        encoder.floor = floor
        return [c.score for c in Retriever(index, encoder, dense).rank(asked)]

    right, wrong = scores(0.0)
    assert right > wrong > 0
    raised = [pytest.approx((right - wrong) / (1 - wrong), abs=2e-3), 0.0]
    assert scores(wrong) == raised


def test_of_documents_with_the_same_words_the_one_with_the_likest_tokens_comes_first(
    tmp_path: Path, places: Places, understanding: Understanding
) -> None:
    class Blind(TinyTokenEncoder):
        """Says nothing by whole texts, so that the tokens alone decide."""

        def _vector(self, text: str) -> Vectors:
            told = super()._vector(text)
            return np.full_like(told, len(told) ** -0.5) if " " in text else told

    lines = {"xa": "Lệ phí cấp thẻ", "gan": "Lệ phí cấp thẻ xegiấyphép", "ten": "Lệ phí cấp thẻ"}
    store = KnowledgeStore(tmp_path)
    for name, line in lines.items():
        store.put(made_document(name, line, title="Giấy tờ", code="1.000001" * (name == "ten")))
    encoder = Blind()
    made = build.build(store, encoder, Analyzer({}), places, silent)
    question = understanding.read("lệ phí cấp thẻ xegiayphepz")
    orders = {}
    for late in (0.0, 2.0):
        ranked = Retriever(made, encoder, Fusion(late=late)).rank(question)
        orders[late] = {made.documents[c.position].id: c.score for c in ranked}
    gained = {name: orders[2.0][name] - orders[0.0][name] for name in lines}
    assert gained["gan"] > 0 > gained["xa"]
    assert gained["ten"] == 0  # a procedure has no tokens, and neither gains nor loses
    store.close()


def test_an_index_with_tokens_answers_without_an_encoder(
    tmp_path: Path, places: Places, understanding: Understanding
) -> None:
    store = KnowledgeStore(tmp_path)
    store.put(made_document("a", "Lệ phí cấp thẻ", title="Giấy tờ"))
    made = build.build(store, TinyTokenEncoder(), Analyzer({}), places, silent)
    question = understanding.read("lệ phí cấp thẻ")
    for encoder in (None, TinyEncoder()):
        assert [c.position for c in Retriever(made, encoder, Fusion()).rank(question)] == [0]
    store.close()
