"""Sentence vectors. The shipped encoder runs on onnxruntime; any other satisfies `Encoder`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
Tokens = dict[str, NDArray[np.int64]]

MODEL = Path(__file__).parent / "model"
MAX_TOKENS = 256
RECENT = 64  # questions whose vectors are kept: one is held against several indexes


class EncoderError(Exception):
    """The encoder cannot work: a file of its model is missing or broken."""


class Encoder(Protocol):
    """Turns texts into unit vectors, so that the dot product is the cosine.

    All but `dimensions` and `floor` raise EncoderError where the model cannot be used.
    """

    @property
    def digest(self) -> str:
        """Names the model: vectors made under another digest are not comparable."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def floor(self) -> float:
        """Cosine that even unrelated texts reach, below 1; only what exceeds it counts."""
        ...

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions. Shape: (len(texts), dimensions)."""
        ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages. Shape: (len(texts), dimensions)."""
        ...


class NoEncoder:
    """Stands in for one that cannot be opened, where people are to be answered by words alone.

    Args:
        problem: why it cannot be.
    """

    dimensions = 0
    floor = 0.0

    def __init__(self, problem: str) -> None:
        self._problem = problem

    @property
    def digest(self) -> str:
        raise EncoderError(self._problem)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        raise EncoderError(self._problem)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        raise EncoderError(self._problem)


class OnnxEncoder:
    """The embedded encoder: an ONNX model of the E5 family and its tokenizer file.

    Args:
        folder: holds `model.onnx` (inputs `input_ids`, `attention_mask`, output `embedding`)
            and `tokenizer.json`.
        threads: processor threads of one call.
    """

    dimensions = 384
    floor = 0.78  # E5 gives unrelated texts about 0.80

    def __init__(self, folder: Path = MODEL, threads: int = 2) -> None:
        self._folder = folder
        self._threads = threads
        self._recent = lru_cache(RECENT)(self._encoded_question)

    @cached_property
    def digest(self) -> str:
        try:
            model = (self._folder / "model.onnx").read_bytes()
        except OSError as error:
            raise EncoderError(type(error).__name__) from error
        return hashlib.sha256(model).hexdigest()[:16]

    @cached_property
    def _session(self):  # type: ignore[no-untyped-def]
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.inter_op_num_threads = 1
        # Threads that wait for work in a loop take processor time from whoever else has work.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        # Lengths hardly ever repeat, so a plan of the memory that each needs is not worth making.
        options.enable_mem_pattern = False
        file = str(self._folder / "model.onnx")
        try:
            return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # whatever the library says of a broken file
            raise EncoderError(type(error).__name__) from error

    @cached_property
    def _giving_back(self):  # type: ignore[no-untyped-def]
        """Options of a run that gives the memory back that only a large batch needs."""
        import onnxruntime

        options = onnxruntime.RunOptions()
        options.add_run_config_entry("memory.enable_memory_arena_shrinkage", "cpu:0")
        return options

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, cutting off and padding as the model expects it."""
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        except Exception as error:  # the library has no class of its own for it
            raise EncoderError(type(error).__name__) from error
        tokenizer.enable_truncation(MAX_TOKENS)
        tokenizer.enable_padding(pad_id=1, pad_token="<pad>")
        return tokenizer

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        if len(texts) == 1:
            return self._recent(texts[0])
        return self._encode([f"query: {text}" for text in texts])

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode([f"passage: {text}" for text in texts])

    def tokens(self, texts: Sequence[str]) -> Tokens:
        """Return what the model reads of texts with their prefixes.

        Shape of `input_ids` and `attention_mask`: (len(texts), tokens of the longest).
        """
        encoded = self.tokenizer.encode_batch(list(texts))
        return {
            "input_ids": np.array([e.ids for e in encoded], dtype=np.int64),
            "attention_mask": np.array([e.attention_mask for e in encoded], dtype=np.int64),
        }

    def embed(self, tokens: Tokens) -> Vectors:
        """Return the vectors of one batch. Shape: (len(texts), dimensions)."""
        vectors: Vectors
        much = tokens["input_ids"].size > MAX_TOKENS
        (vectors,) = self._session.run(["embedding"], tokens, self._giving_back if much else None)
        return vectors

    def _encoded_question(self, text: str) -> Vectors:
        vectors = self._encode([f"query: {text}"])
        vectors.flags.writeable = False  # whoever asks next is given the same ones
        return vectors

    def _encode(self, texts: Sequence[str], batch: int = 16) -> Vectors:
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        # Texts of like length share a batch, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        for begin in range(0, len(order), batch):
            rows = order[begin : begin + batch]
            vectors[rows] = self.embed(self.tokens([texts[i] for i in rows]))
        return vectors
