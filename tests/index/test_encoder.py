"""The shipped encoder, as it ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import OnnxEncoder

MARRIAGE = "Thủ tục đăng ký kết hôn cần những giấy tờ gì"
MARRIAGE_BARE = "thu tuc dang ky ket hon can nhung giay to gi"
UNRELATED = "Giá vàng trong nước tăng mạnh phiên sáng nay"


@pytest.fixture(scope="module")
def encoder() -> OnnxEncoder:
    return OnnxEncoder(threads=1)


def test_vectors_have_length_one(encoder: OnnxEncoder) -> None:
    long = "cải cách hành chính " * 600
    vectors = encoder.encode_passages([MARRIAGE, "a", "", long, "😀", "１２３"])
    assert vectors.shape == (6, encoder.dimensions)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-3)


def test_no_texts_give_no_vectors(encoder: OnnxEncoder) -> None:
    assert encoder.encode_questions([]).shape == (0, encoder.dimensions)


def test_a_vector_depends_on_its_text_alone(encoder: OnnxEncoder) -> None:
    texts = [UNRELATED * (1 + i % 3) if i % 2 else f"{MARRIAGE} số {i}" for i in range(18)]
    side_by_side = OnnxEncoder(threads=2).encode_passages(texts)
    alone = np.concatenate([encoder.encode_passages([text]) for text in texts])
    assert np.array_equal(side_by_side, alone)
    questions = np.concatenate([encoder.encode_questions([text]) for text in texts])
    assert np.array_equal(encoder.encode_questions(texts), questions)


def test_tokens_have_length_one_and_their_own_vectors(encoder: OnnxEncoder) -> None:
    vectors, (few, many) = encoder.encode_passages_and_tokens(["Hộ tịch", MARRIAGE])
    assert np.array_equal(vectors, encoder.encode_passages(["Hộ tịch", MARRIAGE]))
    assert few.shape[1] == many.shape[1] == encoder.token_dimensions
    assert 2 <= len(few) < len(many)
    assert np.linalg.norm(many, axis=1) == pytest.approx(np.ones(len(many)), abs=1e-3)
    asked = encoder.encode_question_tokens("đăng ký kết hôn")
    near, far = encoder.encode_passages_and_tokens([MARRIAGE, UNRELATED])[1]
    assert (asked @ near.T).max(axis=1).mean() > (asked @ far.T).max(axis=1).mean() + 0.1


def test_diacritics_matter_less_than_meaning(encoder: OnnxEncoder) -> None:
    marked, bare, unrelated = encoder.encode_questions([MARRIAGE, MARRIAGE_BARE, UNRELATED])
    assert marked @ bare > marked @ unrelated + 0.05
    assert marked @ bare > bare @ unrelated + 0.05


def test_a_question_finds_its_passage(encoder: OnnxEncoder) -> None:
    question = encoder.encode_questions(["làm giấy kết hôn cần gì"])[0]
    right, wrong = encoder.encode_passages(["Đăng ký kết hôn", "Cấp giấy phép xây dựng"])
    assert question @ right > question @ wrong


def test_the_same_model_gives_the_same_vectors(encoder: OnnxEncoder) -> None:
    other = OnnxEncoder(threads=1)
    assert other.digest == encoder.digest
    assert np.array_equal(other.encode_questions([MARRIAGE]), encoder.encode_questions([MARRIAGE]))


def test_the_digest_is_that_of_the_model_file(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"one")
    one = OnnxEncoder(tmp_path).digest
    (tmp_path / "model.onnx").write_bytes(b"two")
    assert OnnxEncoder(tmp_path).digest != one
    assert len(one) == 16
