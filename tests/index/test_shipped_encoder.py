"""The shipped encoder holds what docs/evaluation.md says of it; needs the development data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from config.words import load_words
from index import shipped
from index.encoder import MODEL, OnnxEncoder
from index.evaluation.retrieval import Stopwatch
from index.evaluation.search import MODES, SearchHome
from index.training.compare import TYPED, XQUAD, read_set
from knowledge.places import Places

SHARED = Path(os.environ.get("CCHC_SHARED", Path(__file__).parents[3] / "shared"))
PASSAGES = 60  # of XQuAD-vi that are searched, and questions to them that are asked
QUESTIONS = 120


def test_the_files_of_the_model_stay_small() -> None:
    # The vectors of the procedures that ship lie beside the model and are no part of it.
    files = [path for path in MODEL.iterdir() if path != shipped.FILE]
    assert sum(path.stat().st_size for path in files) < 40_000_000


@pytest.mark.models
def test_no_product_overflows_on_processors_without_vnni() -> None:
    onnx = pytest.importorskip("onnx", reason="the extra `models` is not installed")
    model = onnx.load(str(MODEL / "model.onnx"))
    kinds = ("DynamicQuantizeMatMul", "QAttention")
    factors = {node.input[1] for node in model.graph.node if node.op_type in kinds}
    weights = [
        onnx.numpy_helper.to_array(tensor).astype(int)
        for tensor in model.graph.initializer
        if tensor.name in factors
    ]
    assert len(weights) == 12 * 4
    # Such processors add two products of eight bits, one of them unsigned, in sixteen.
    assert max(abs(array).max() for array in weights) * 255 * 2 < 1 << 15


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the folder of development data is not there")
def test_right_passages_come_first_with_and_without_diacritics(
    tmp_path: Path, places: Places
) -> None:
    judged = read_set(SHARED, XQUAD)
    corpus = judged.corpus[:PASSAGES]
    home = SearchHome(tmp_path, corpus, OnnxEncoder(), load_words(), places, lambda *_: None)
    asked = dict(list(judged.questions.items())[:QUESTIONS])
    assert {name for q in asked for name in judged.relevant[q]} <= {row["id"] for row in corpus}
    first = {}
    for typed in ("with", "without"):
        questions = {name: TYPED[typed](text) for name, text in asked.items()}
        for mode in ("dense", "hybrid"):
            found = home.rankings(questions, MODES[mode], Stopwatch())
            hits = [found[name][0] in judged.relevant[name] for name in questions]
            first[typed, mode] = sum(hits) / len(hits)
    floors = {
        ("with", "dense"): 0.88,
        ("without", "dense"): 0.83,
        ("with", "hybrid"): 0.93,
        ("without", "hybrid"): 0.93,
    }
    assert {name: share for name, share in first.items() if share < floors[name]} == {}
