"""The shipped encoder in the hands of sentence-transformers."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encoder import MAX_TOKENS, MODEL, OnnxEncoder

TEXTS = ["Đăng ký kết hôn", "Cấp hộ chiếu phổ thông ở trong nước", "", "thu tuc " * 400]

models = pytest.mark.models


@pytest.fixture(scope="module")
def model() -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(MODEL), trust_remote_code=True)


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder()


@models
def test_the_vectors_are_those_of_the_assistant(model: Any, encoder: OnnxEncoder) -> None:
    assert model.encode_query(TEXTS) == pytest.approx(encoder.encode_questions(TEXTS), abs=1e-5)
    assert model.encode_document(TEXTS) == pytest.approx(encoder.encode_passages(TEXTS), abs=1e-5)
    one = model.encode("passage: Đăng ký kết hôn")
    assert one == pytest.approx(encoder.encode_passages(["Đăng ký kết hôn"])[0], abs=1e-5)
    assert model.get_embedding_dimension() == encoder.dimensions == len(one)
    assert model.max_seq_length == MAX_TOKENS


@models
def test_likeness_is_the_cosine(model: Any) -> None:
    vectors = model.encode_query(TEXTS[:2])
    assert model.similarity(vectors, vectors).numpy() == pytest.approx(
        vectors @ vectors.T, abs=1e-5
    )


@models
def test_a_vector_does_not_depend_on_the_batch(model: Any) -> None:
    batches, alone = model.encode_query(TEXTS, batch_size=2), model.encode_query(TEXTS[:1])
    assert batches.shape == (4, 384)
    assert batches[0] == pytest.approx(alone[0], abs=1e-6)


@models
def test_what_is_saved_is_the_same_model(model: Any, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    model.save_pretrained(str(tmp_path), create_model_card=False)
    again = SentenceTransformer(str(tmp_path), trust_remote_code=True)
    assert np.array_equal(again.encode_document(TEXTS), model.encode_document(TEXTS))


@models
def test_the_evaluators_of_the_library_run_on_it(model: Any) -> None:
    from sentence_transformers.sentence_transformer.evaluation import InformationRetrievalEvaluator

    evaluator = InformationRetrievalEvaluator(
        queries={"1": "làm giấy kết hôn cần gì", "2": "xin phép xây nhà"},
        corpus={"a": "Đăng ký kết hôn", "b": "Cấp giấy phép xây dựng nhà ở", "c": "Cấp hộ chiếu"},
        relevant_docs={"1": {"a"}, "2": {"b"}},
        precision_recall_at_k=[1],
        ndcg_at_k=[2],
        mrr_at_k=[2],
        map_at_k=[2],
        accuracy_at_k=[1],
    )
    assert evaluator(model)["cosine_accuracy@1"] == 1.0


def test_an_installed_copy_has_all_files_of_the_model() -> None:
    installed = {str(file) for file in metadata.files("tro-ly-cchc") or ()}
    if "index/encoder.py" not in installed:
        pytest.skip("installed as editable: the files are those of the checkout")
    assert {f"index/model/{path.name}" for path in MODEL.iterdir()} <= installed
