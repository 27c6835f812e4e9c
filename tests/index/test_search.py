"""What the search makes of an encoder's cosines."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import build
from index.analyzer import Analyzer
from index.question import Question
from index.search import DENSE_ONLY, Retriever
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from tests.made import TinyEncoder, made_document, silent

DOCUMENTS = [
    made_document("ket-hon", "Đăng ký kết hôn"),
    made_document("ho-chieu", "Cấp hộ chiếu phổ thông"),
]


def question(text: str, analyzer: Analyzer) -> Question:
    """Return a question that is searched as it stands."""
    terms = analyzer.terms(text)
    ones = np.ones(len(terms), np.float32)
    return Question(text, text, (), ones[:0], (), text, terms, ones, np.zeros(len(terms), bool))


def test_only_what_exceeds_the_floor_of_the_encoder_counts(
    home: Path, analyzer: Analyzer, places: Places
) -> None:
    store = KnowledgeStore(home)
    for document in DOCUMENTS:
        store.put(document)
    encoder = TinyEncoder()
    index = build.build(store, encoder, analyzer, places, silent)
    store.close()
    asked = question("đăng ký kết hôn", analyzer)
    passages = dict(zip(["ho-chieu", "ket-hon"], encoder.encoded, strict=True))
    vectors = encoder.encode_questions([asked.formal, passages["ket-hon"], passages["ho-chieu"]])
    right, wrong = vectors[1:] @ vectors[0]
    ids = [document.id for document in index.documents]
    for floor, scores in ((0.0, (right, wrong)), (wrong, ((right - wrong) / (1 - wrong), 0.0))):
        encoder.floor = float(floor)
        found = Retriever(index, encoder, DENSE_ONLY).parts(asked)["section_dense"]
        assert dict(zip(ids, found, strict=True)) == {
            "ket-hon": pytest.approx(scores[0], abs=2e-3),
            "ho-chieu": pytest.approx(scores[1], abs=2e-3),
        }
