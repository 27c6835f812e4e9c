"""The baselines find what each of them can find."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bot.measuring.baselines import FOUND, FullText, NearestVectors
from index import build
from index.analyzer import Analyzer
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from tests.made import TinyEncoder, made_document, silent

DOCUMENTS = [
    made_document("ket-hon", "Nộp tờ khai.", "Lệ phí 10.000 đồng.", title="Đăng ký kết hôn"),
    made_document("ho-chieu", "Nộp ảnh chân dung.", title="Cấp hộ chiếu phổ thông"),
]


@pytest.fixture
def full_text() -> Iterator[FullText]:
    made = FullText(DOCUMENTS)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("đăng ký kết hôn", "ket-hon"),
        ("ket hon", "ket-hon"),
        ("ảnh chân dung?", "ho-chieu"),
        ('phí "10.000" AND -- NEAR(', "ket-hon"),
    ],
)
def test_full_text_finds_sections_by_their_words(
    full_text: FullText, question: str, document: str
) -> None:
    assert full_text.search(question)[0] == document


@pytest.mark.parametrize("question", ["", "???", "xyz"])
def test_full_text_finds_nothing_where_there_is_nothing(full_text: FullText, question: str) -> None:
    assert full_text.search(question) == []


def test_vectors_find_the_nearest_document(
    home: Path, tiny_encoder: TinyEncoder, analyzer: Analyzer, places: Places
) -> None:
    store = KnowledgeStore(home)
    for document in DOCUMENTS:
        store.put(document)
    index = build.build(store, tiny_encoder, analyzer, places, silent)
    store.close()
    nearest = NearestVectors(index, tiny_encoder)
    assert nearest.search("cấp hộ chiếu phổ thông")[0] == "ho-chieu"
    assert nearest.search("đăng ký kết hôn")[0] == "ket-hon"
    assert len(nearest.search("phí")) == min(FOUND, int(np.size(index.dense.documents)))
