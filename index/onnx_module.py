"""The shipped encoder as a module of sentence-transformers; needs the extra `models`.

`model/modules.json` names it, so that `SentenceTransformer(folder, trust_remote_code=True)` runs
the very model that the assistant searches with. The library asks for that consent before it
imports any module that is not its own.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from sentence_transformers.sentence_transformer.modules import InputModule

from index.encoder import MAX_TOKENS, OnnxEncoder

FILES = ("model.onnx", "tokenizer.json")


class OnnxModule(InputModule):  # type: ignore[misc]
    """Turns texts into the vectors of `OnnxEncoder`.

    Args:
        folder: holds `model.onnx` and `tokenizer.json`.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._encoder = OnnxEncoder(folder, threads=torch.get_num_threads())
        self.tokenizer = self._encoder.tokenizer

    @classmethod
    def load(cls, model_name_or_path: str, subfolder: str = "", **_: Any) -> OnnxModule:
        """Return the module over the files of a local folder."""
        return cls(Path(model_name_or_path, subfolder))

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Copy the files of the model into a folder."""
        for name in FILES:
            shutil.copy(self._folder / name, output_path)

    @property
    def max_seq_length(self) -> int:
        """Tokens that are read of a text."""
        return MAX_TOKENS

    def get_embedding_dimension(self) -> int:
        """Return the length of a vector."""
        return self._encoder.dimensions

    def preprocess(
        self, inputs: Sequence[str], prompt: str | None = None, **_: Any
    ) -> dict[str, Any]:
        """Return the tokens of texts. Shape of each tensor: (len(inputs), tokens)."""
        tokens = self._encoder.tokens([f"{prompt or ''}{text}" for text in inputs])
        return {name: torch.from_numpy(array) for name, array in tokens.items()}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add `sentence_embedding`. Shape: (texts, dimensions)."""
        names = ("input_ids", "attention_mask")
        vectors = self._encoder.embed({name: features[name].cpu().numpy() for name in names})
        features["sentence_embedding"] = torch.from_numpy(vectors).to(features[names[0]].device)
        return features
