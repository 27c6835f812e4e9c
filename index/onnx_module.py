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

import numpy as np
import torch
from sentence_transformers.sentence_transformer.modules import InputModule

from index.encoder import MAX_TOKENS, OnnxEncoder

FILES = ("model.onnx", "tokenizer.json")
PADDING = 1


class OnnxModule(InputModule):  # type: ignore[misc]
    """Turns texts into the vectors of `OnnxEncoder`.

    Args:
        folder: holds `model.onnx` and `tokenizer.json`.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._encoder = OnnxEncoder(folder)
        self.tokenizer = self._encoder.tokenizer
        self.tokenizer.enable_padding(pad_id=PADDING, pad_token="<pad>")

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
        read = self.tokenizer.encode_batch([f"{prompt or ''}{text}" for text in inputs])
        return {
            "input_ids": torch.tensor([encoding.ids for encoding in read]),
            "attention_mask": torch.tensor([encoding.attention_mask for encoding in read]),
        }

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Add `sentence_embedding`. Shape: (texts, dimensions)."""
        ids, mask = features["input_ids"], features["attention_mask"]
        # One by one, without what fills up the shorter ones, as the assistant encodes them.
        vectors = [
            self._encoder.run(row[held == 1].tolist())[0]
            for row, held in zip(ids, mask, strict=True)
        ]
        features["sentence_embedding"] = torch.from_numpy(np.stack(vectors)).to(ids.device)
        return features
