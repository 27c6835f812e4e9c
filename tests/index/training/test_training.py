"""From weights to the two files that ship, on a model as small as can be."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from index.encoder import OnnxEncoder
from index.training.weights import Weights

pytestmark = [
    pytest.mark.models,
    pytest.mark.filterwarnings("ignore"),  # torch and transformers warn of themselves
]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, weights: Weights, shared: Path) -> Path:
    """Return the working folder after all steps."""
    from index.training.export import export
    from index.training.model import save_model, tokenizer_of
    from index.training.texts import sentences
    from index.training.train import SETTINGS, align
    from index.training.vocabulary import cut_vocabulary, used_pieces, whole_vocabulary

    work = tmp_path_factory.mktemp("work")
    used = used_pieces(tokenizer_of(whole_vocabulary(weights)), sentences(shared, 1))
    cut = cut_vocabulary(weights, used, Counter())
    save_model(weights, cut, cut.embeddings, work / "start")
    save_model(weights, cut, cut.original, work / "teacher")
    align(work / "start", work / "teacher", shared, work, SETTINGS["test"])
    export(work / "align/model", work / "onnx", sentences(shared, 2))
    return work


def test_the_exported_model_is_true_to_the_trained_one(made: Path, shared: Path) -> None:
    from index.training.export import fidelity
    from index.training.texts import sentences

    found = fidelity(made / "align/model", made / "onnx", sentences(shared, 3)[:20])
    assert found["texts"] == 20
    assert found["worst"] > 0.97


def test_teaching_changes_the_model_but_not_its_teacher(made: Path) -> None:
    from sentence_transformers import SentenceTransformer

    texts = ["dang ky ho tich", "cap lai nha o"]
    start, taught, teacher = (
        SentenceTransformer(str(made / name), device="cpu")
        for name in ("start", "align/model", "teacher")
    )
    assert not np.allclose(start.encode_query(texts), taught.encode_query(texts))
    table = teacher[0].model.embeddings.word_embeddings.weight.detach().numpy()
    saved = SentenceTransformer(str(made / "teacher"), device="cpu")
    assert np.array_equal(table, saved[0].model.embeddings.word_embeddings.weight.detach().numpy())


def test_the_files_are_what_the_encoder_runs(made: Path) -> None:
    encoder = OnnxEncoder(made / "onnx")
    vectors = encoder.encode_questions(["dang ky ho tich", "Cấp lại nhà ở"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    pieces = json.loads((made / "onnx/tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    assert "▁dang" in {piece for piece, _ in pieces}


def test_an_interrupted_stage_goes_on_from_its_checkpoint(made: Path, shared: Path) -> None:
    from index.training.train import SETTINGS, align

    before = sorted(p.name for p in (made / "align").glob("checkpoint-*"))
    align(made / "start", made / "teacher", shared, made, SETTINGS["test"])
    assert before == ["checkpoint-2"]
    assert sorted(p.name for p in (made / "align").glob("checkpoint-*")) == before
