"""The trained model as ONNX with 8-bit weights, and how true it stayed.

Weights are quantised to 7 of the 8 bits: processors without VNNI add two products of 8 bits in
16, which full-range weights overflow. `docs/model.md` has the figures of both.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import OnnxEncoder, Vectors

OPSET = 17
TEXTS = 1000  # on which the exported model is compared


def export(model: Path, folder: Path, reduce_range: bool = True) -> None:
    """Write `model.onnx` and `tokenizer.json` of a trained model.

    Args:
        model: folder of the sentence-transformers model.
        folder: where the two files go.
        reduce_range: 7 bits instead of 8.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic

    folder.mkdir(parents=True, exist_ok=True)
    full = folder / "full.onnx"
    _export_full(model, full)
    quantize_dynamic(
        full,
        folder / "model.onnx",
        per_channel=True,
        reduce_range=reduce_range,
        weight_type=QuantType.QInt8,
    )
    full.unlink()
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


def _export_full(model: Path, path: Path) -> None:
    import torch
    from sentence_transformers import SentenceTransformer

    class Embedding(torch.nn.Module):  # type: ignore[misc]
        """Tokens in, unit vectors out: what `OnnxEncoder` runs."""

        def __init__(self, bert: torch.nn.Module) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, ids: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
            states = self.bert(input_ids=ids, attention_mask=mask).last_hidden_state
            weights = mask.unsqueeze(-1).to(states.dtype)
            mean = (states * weights).sum(1) / weights.sum(1)
            return torch.nn.functional.normalize(mean, dim=-1)

    bert = SentenceTransformer(
        str(model), device="cpu", model_kwargs={"attn_implementation": "eager"}
    )[0].model.eval()
    ids = torch.tensor([[0, 5, 6, 2], [0, 7, 2, 1]])
    axes = {0: "batch", 1: "length"}
    torch.onnx.export(
        Embedding(bert),
        (ids, (ids != 1).long()),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["embedding"],
        dynamic_axes={"input_ids": axes, "attention_mask": axes, "embedding": {0: "batch"}},
        opset_version=OPSET,
        dynamo=False,
    )
