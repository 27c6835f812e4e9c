"""Sentence vectors. The shipped encoder runs on onnxruntime; any other satisfies `Encoder`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeGuard, TypeVar

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]
Made = TypeVar("Made")

MODEL = Path(__file__).parent / "model"
MAX_TOKENS = 384
QUESTION, PASSAGE = "query:", "passage:"  # what the model was taught to find before a text
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


class TokenEncoder(Encoder, Protocol):
    """An encoder that has a vector for each token as well, which late interaction compares.

    The vectors of tokens have length one. All but `token_dimensions` raise EncoderError where the
    model cannot be used.
    """

    @property
    def token_dimensions(self) -> int:
        """Length of a token's vector, an even number."""
        ...

    def encode_question_tokens(self, text: str) -> Vectors:
        """Return the vectors of a question's tokens. Shape: (tokens, token_dimensions)."""
        ...

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of passages, and of each those of its tokens.

        Shapes: (len(texts), dimensions), and for each text (tokens, token_dimensions).
        """
        ...


def has_tokens(encoder: Encoder | None) -> TypeGuard[TokenEncoder]:
    """Say whether an encoder has vectors of tokens."""
    return hasattr(encoder, "token_dimensions")


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

    Each text is encoded by itself. The model quantises what it reckons with over all that it is
    given at once, so that a vector would otherwise depend on the texts beside it.

    Args:
        folder: holds `model.onnx` (inputs `input_ids`, `attention_mask`, outputs `embedding`,
            `tokens`) and `tokenizer.json`.
        threads: texts that are encoded at a time, each on a processor thread.
    """

    dimensions = 384
    token_dimensions = 384
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
        options.intra_op_num_threads = 1
        # The graph has its fused operators already, and "SkipLayerNormalization", into which more
        # would be fused, takes seven times as long as its parts.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        # Lengths hardly ever repeat, so a plan of the memory that each needs is not worth making.
        options.enable_mem_pattern = False
        file = str(self._folder / "model.onnx")
        try:
            return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # whatever the library says of a broken file
            raise EncoderError(type(error).__name__) from error

    @cached_property
    def tokenizer(self) -> Tokenizer:
        """The tokenizer, cutting off what is too long."""
        from tokenizers import Tokenizer

        try:
            tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
        except Exception as error:  # the library has no class of its own for it
            raise EncoderError(type(error).__name__) from error
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        return self._stacked([self._recent(text)[0] for text in texts])

    def encode_question_tokens(self, text: str) -> Vectors:
        return self._recent(text)[1]

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        # The tokens of one text take as much memory as the vectors of hundreds.
        return self._stacked(self._side_by_side(lambda text: self._encoded(text)[0], texts))

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        encoded = self._side_by_side(self._encoded, texts)
        return self._stacked([vector for vector, _ in encoded]), [tokens for _, tokens in encoded]

    def run(self, ids: Sequence[int]) -> tuple[Vectors, Vectors]:
        """Return what the model makes of one text, given as its tokens: its vector and theirs.

        Shapes: (dimensions,), (len(ids), token_dimensions).
        """
        read = np.array([ids], dtype=np.int64)
        inputs = {"input_ids": read, "attention_mask": np.ones_like(read)}
        vectors, tokens = self._session.run(["embedding", "tokens"], inputs)
        return vectors[0], tokens[0]

    def _side_by_side(self, encode: Callable[[str], Made], texts: Sequence[str]) -> list[Made]:
        """Return what is made of each passage, some at a time."""
        prefixed = [f"{PASSAGE} {text}" for text in texts]
        # The first one opens the model, which several threads would each do for themselves.
        made = [encode(text) for text in prefixed[:1]]
        if len(prefixed) <= 1 or self._threads == 1:
            return [*made, *map(encode, prefixed[1:])]
        with ThreadPoolExecutor(self._threads) as pool:
            return [*made, *pool.map(encode, prefixed[1:])]

    def _encoded_question(self, text: str) -> tuple[Vectors, Vectors]:
        vector, tokens = self._encoded(f"{QUESTION} {text}")
        asked = tokens[self._prefix :]
        for shared in (vector, asked):
            shared.flags.writeable = False  # whoever asks next is given the same ones
        return vector, asked

    @cached_property
    def _prefix(self) -> int:
        """Tokens of a question that say that it is one: they would find the likeliest of others."""
        return len(self.tokenizer.encode(QUESTION, add_special_tokens=False).ids)

    def _encoded(self, text: str) -> tuple[Vectors, Vectors]:
        """Return a text's vector and those of its tokens but for the marks at its ends."""
        vector, tokens = self.run(self.tokenizer.encode(text).ids)
        return vector, tokens[1:-1]

    def _stacked(self, vectors: Sequence[Vectors]) -> Vectors:
        return np.stack(vectors) if vectors else np.zeros((0, self.dimensions), np.float32)
