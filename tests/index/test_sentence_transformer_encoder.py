"""Another model as the encoder: a small real one, loaded as any other would be."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.encoder import OnnxEncoder
from index.sentence_transformer_encoder import SentenceTransformerEncoder
from index.unrelated import MOST, measured_floor
from tests.made import TinyEncoder

TEXTS = ["Đăng ký kết hôn cần những giấy tờ gì?", "a", "", "Lệ phí " * 200, "１２３ 😀"]

models = pytest.mark.models


@pytest.fixture(scope="module")
def encoder(tiny_model: Path) -> SentenceTransformerEncoder:
    return SentenceTransformerEncoder.open(str(tiny_model), threads=1)


@pytest.fixture(scope="module")
def model(tiny_model: Path) -> Any:
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(str(tiny_model), device="cpu", local_files_only=True)


@pytest.fixture
def copied_model(tiny_model: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny_model, tmp_path / "model")


def digest(folder: Path) -> str:
    return SentenceTransformerEncoder.open(str(folder), threads=1).digest


@models
def test_vectors_have_length_one(encoder: SentenceTransformerEncoder) -> None:
    for encode in (encoder.encode_questions, encoder.encode_passages):
        vectors = encode(TEXTS)
        assert vectors.shape == (5, encoder.dimensions) == (5, 24)
        assert vectors.dtype == np.float32
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(5), abs=1e-5)
        assert encode([]).shape == (0, 24)


@models
def test_questions_and_passages_have_the_prompts_of_the_model(
    encoder: SentenceTransformerEncoder, model: Any
) -> None:
    questions, passages = encoder.encode_questions(TEXTS), encoder.encode_passages(TEXTS)
    assert (np.abs(questions - passages).max(axis=1) > 1e-3)[:3].all()
    for name, vectors in (("query", questions), ("passage", passages)):
        own = model.encode(TEXTS, prompt_name=name, normalize_embeddings=True)
        assert vectors == pytest.approx(own, abs=1e-6)


@models
def test_a_model_without_prompts_gets_none(tmp_path: Path) -> None:
    from tests.tiny_model import save_model

    save_model(tmp_path, prompts={"other": "khác: "})
    bare = SentenceTransformerEncoder.open(str(tmp_path), threads=1)
    assert np.array_equal(bare.encode_questions(TEXTS), bare.encode_passages(TEXTS))


@models
def test_a_text_is_cut_off_where_the_model_says(encoder: SentenceTransformerEncoder) -> None:
    long = "Lệ phí " * 200
    assert np.array_equal(encoder.encode_passages([long]), encoder.encode_passages([long + "x"]))


@models
def test_threads_are_those_of_the_settings(tiny_model: Path) -> None:
    import torch

    SentenceTransformerEncoder.open(str(tiny_model), threads=2)
    assert torch.get_num_threads() == 2
    SentenceTransformerEncoder.open(str(tiny_model), threads=1)
    assert torch.get_num_threads() == 1


@models
def test_the_same_model_has_the_same_digest_wherever_it_lies(
    encoder: SentenceTransformerEncoder, copied_model: Path
) -> None:
    (copied_model / "README.md").write_text("Says nothing of the vectors.", encoding="utf-8")
    assert digest(copied_model) == encoder.digest
    assert len(encoder.digest) == 16


def replaced(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Return what changes a file of a model."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return change


def other_weights(folder: Path) -> None:
    from tests.tiny_model import save_model

    save_model(folder, seed=2)


@models
@pytest.mark.parametrize(
    "change",
    [
        pytest.param(other_weights, id="weights"),
        pytest.param(replaced("tokenizer.json", "Lowercase", "NFC"), id="tokenizer"),
        pytest.param(replaced("config_sentence_transformers.json", "query", "ask"), id="prompts"),
        pytest.param(replaced("1_Pooling/config.json", "mean", "cls"), id="pooling"),
    ],
)
def test_the_digest_changes_with_all_that_the_vectors_depend_on(
    encoder: SentenceTransformerEncoder, copied_model: Path, change: Callable[[Path], None]
) -> None:
    change(copied_model)
    assert digest(copied_model) != encoder.digest


@models
def test_a_model_of_the_hub_is_used_from_its_cache(
    tiny_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    cache = tmp_path / "hub" / "models--co-quan--mo-hinh"
    commit = "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(tiny_model, cache / "snapshots" / commit)
    (cache / "refs").mkdir()
    (cache / "refs" / "main").write_text(commit, encoding="utf-8")
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert digest(Path("co-quan/mo-hinh")) == digest(tiny_model)


@models
def test_the_floor_lies_just_below_what_unrelated_texts_reach(
    encoder: SentenceTransformerEncoder,
) -> None:
    unrelated = encoder.encode_questions(["Lệ phí đăng ký xe máy là bao nhiêu tiền?"])
    passage = encoder.encode_passages(["Chủ rừng lập phương án phòng cháy mỗi năm một lần."])
    assert encoder.floor <= float((unrelated @ passage.T)[0, 0]) < encoder.floor + 0.1


def test_the_floor_of_the_shipped_encoder_is_what_is_measured() -> None:
    shipped = OnnxEncoder()
    assert shipped.floor == pytest.approx(measured_floor(shipped), abs=0.03)


def test_a_model_that_tells_nothing_apart_has_a_floor_below_one() -> None:
    class Blind(TinyEncoder):
        def _vector(self, text: str) -> np.ndarray:
            return super()._vector("")

    assert measured_floor(Blind()) == MOST
