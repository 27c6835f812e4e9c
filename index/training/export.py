"""The trained model as ONNX with 8-bit weights, and how true it stayed.

Weights are quantised to 7 of the 8 bits: processors without VNNI add two products of 8 bits in
16, which full-range weights overflow. `index/model/README.md` has the figures of both.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import OnnxEncoder, Vectors
from index.training.graph import Bert, Floats, Layer, linear, norm, save

TEXTS = 1000  # on which the exported model is compared
MEASURED = 256  # texts on which the activations are measured


def export(
    model: Path,
    folder: Path,
    texts: Sequence[str],
    reduce_range: bool = True,
) -> None:
    """Write `model.onnx` and `tokenizer.json` of a trained model.

    Args:
        model: folder of the sentence-transformers model.
        folder: where the two files go.
        texts: what the reach of the activations and the mean of tokens are measured on.
        reduce_range: 7 bits instead of 8.
    """
    from sentence_transformers import SentenceTransformer

    folder.mkdir(parents=True, exist_ok=True)
    trained = SentenceTransformer(str(model), device="cpu")
    save(_bert(trained, texts[:MEASURED]), folder / "model.onnx", reduce_range)
    tokenizer = json.loads(next(model.rglob("tokenizer.json")).read_text(encoding="utf-8"))
    tokenizer["truncation"] = tokenizer["padding"] = None
    compact = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (folder / "tokenizer.json").write_text(compact, encoding="utf-8")


def install(exported: Path, shipped: Path) -> None:
    """Put the exported files in the place of the shipped ones."""
    for name in ("model.onnx", "tokenizer.json"):
        shutil.copy(exported / name, shipped / name)


def fidelity(model: Path, exported: Path, texts: Sequence[str]) -> dict[str, float]:
    """Return how close the exported model's vectors are to the trained one's.

    Args:
        model: folder of the sentence-transformers model.
        exported: folder of the ONNX model.
        texts: passages to encode with both.

    Returns:
        "texts", and "mean", "worst" of the cosines between the two vectors of a text.
    """
    from sentence_transformers import SentenceTransformer

    trained = SentenceTransformer(str(model), device="cpu")
    theirs: Vectors = trained.encode_document(list(texts), batch_size=16)
    cosines = (theirs * OnnxEncoder(exported).encode_passages(texts)).sum(axis=1)
    return {
        "texts": len(texts),
        "mean": round(float(cosines.mean()), 4),
        "worst": round(float(np.min(cosines)), 4),
    }


def _bert(trained: Any, texts: Sequence[str]) -> Bert:
    """Return the weights of a model, with what its activations are like on some texts."""
    bert = trained[0].model.eval()
    reaches = _reaches(trained, texts)
    state = {name: tensor.detach().numpy() for name, tensor in bert.state_dict().items()}
    only_type = state["embeddings.token_type_embeddings.weight"][0]
    return Bert(
        state["embeddings.word_embeddings.weight"],
        state["embeddings.position_embeddings.weight"] + only_type,
        norm(state, "embeddings.LayerNorm"),
        [_layer(state, f"encoder.layer.{number}", reach) for number, reach in enumerate(reaches)],
        bert.config.num_attention_heads,
        bert.config.layer_norm_eps,
        _mean_of_tokens(trained, texts),
    )


def _mean_of_tokens(trained: Any, texts: Sequence[str]) -> Floats:
    """Return the mean of the tokens' last states, of length one, but for the marks at the ends."""
    states = trained.encode_document(list(texts), batch_size=1, output_value="token_embeddings")
    tokens = np.concatenate([state[1:-1].cpu().numpy() for state in states])
    mean: Floats = (tokens / np.linalg.norm(tokens, axis=1, keepdims=True)).mean(axis=0)
    return mean


def _layer(state: dict[str, Floats], name: str, reach: Sequence[Floats]) -> Layer:
    read, mixed, fed, middle = reach
    return Layer(
        query=linear(state, f"{name}.attention.self.query"),
        key=linear(state, f"{name}.attention.self.key"),
        value=linear(state, f"{name}.attention.self.value"),
        attended=linear(state, f"{name}.attention.output.dense"),
        widened=linear(state, f"{name}.intermediate.dense"),
        narrowed=linear(state, f"{name}.output.dense"),
        after_attention=norm(state, f"{name}.attention.output.LayerNorm"),
        after_feeding=norm(state, f"{name}.output.LayerNorm"),
        reach=(read, mixed, fed, middle),
    )


def _reaches(trained: Any, texts: Sequence[str]) -> list[list[Floats]]:
    """Return, layer by layer, the largest absolute values that its four kinds of products read."""
    import torch

    layers = trained[0].model.encoder.layer
    reaches: list[list[Floats]] = [[np.zeros(0, np.float32)] * 4 for _ in layers]

    def widening(kinds: list[Floats], kind: int) -> Any:
        def widen(_: Any, inputs: Any) -> None:
            here = inputs[0].abs().flatten(0, -2).amax(0).numpy()
            kinds[kind] = np.maximum(kinds[kind], here) if len(kinds[kind]) else here

        return widen

    for layer, kinds in zip(layers, reaches, strict=True):
        reading = (
            layer.attention.self.query,
            layer.attention.output.dense,
            layer.intermediate.dense,
            layer.output.dense,
        )
        for kind, product in enumerate(reading):
            product.register_forward_pre_hook(widening(kinds, kind))
    with torch.no_grad():
        trained.encode_document(list(texts), batch_size=1)
    return reaches
