"""Any sentence-transformers model as the encoder; needs the extra `models`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import Vectors
from index.unrelated import measured_floor

# Names that models give to their prompts, the most usual first.
QUESTION_PROMPTS = ("query",)
PASSAGE_PROMPTS = ("document", "passage", "corpus")

PATIENCE = 10  # seconds that the hub has to answer


class SentenceTransformerEncoder:
    """A sentence-transformers model with its own prompts and its own limit of tokens.

    Args:
        model: a `SentenceTransformer`.
        digest: names its weights, tokenizer and prompts.
    """

    def __init__(self, model: Any, digest: str) -> None:
        self._model = model
        self.digest = digest

    @classmethod
    def open(cls, name: str, threads: int) -> SentenceTransformerEncoder:
        """Return the encoder over a model.

        Args:
            name: a folder, or the name of a model on the Hugging Face hub.
            threads: processor threads; torch has one number for the whole process.

        Raises:
            Exception: whatever the libraries raise over a model that they cannot open.
        """
        import torch
        from transformers.utils import logging

        torch.set_num_threads(threads)
        logging.disable_progress_bar()
        logging.set_verbosity_error()
        if "/" not in name and not Path(name).is_dir():
            name = f"sentence-transformers/{name}"  # as the library reads a name without an owner
        return cls(_loaded(name), _digest(_folder(name)))

    @cached_property
    def dimensions(self) -> int:
        return len(self.encode_questions([""])[0])

    @cached_property
    def floor(self) -> float:
        return measured_floor(self)

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        encode = partial(self._model.encode_query, prompt_name=self._prompt(QUESTION_PROMPTS))
        return self._encode(encode, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        encode = partial(self._model.encode_document, prompt_name=self._prompt(PASSAGE_PROMPTS))
        return self._encode(encode, texts)

    def _prompt(self, names: Sequence[str]) -> str | None:
        """Return the name of the prompt to use; the library alone stops at an empty first one."""
        return next((name for name in names if self._model.prompts.get(name)), None)

    def _encode(self, encode: Callable[..., Any], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        vectors = encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, np.float32)


def _loaded(name: str) -> Any:
    from huggingface_hub import model_info, try_to_load_from_cache
    from sentence_transformers import SentenceTransformer

    if Path(name).is_dir():
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    if try_to_load_from_cache(name, "modules.json") is not None:
        # What was downloaded once is used as it is and without a network. Where the download
        # was interrupted, it goes on below.
        with suppress(OSError):
            return SentenceTransformer(name, device="cpu", local_files_only=True)
    # Without a network or such a model this fails at once, loading only after minutes of trying.
    model_info(name, timeout=PATIENCE)
    return SentenceTransformer(name, device="cpu")


def _folder(name: str) -> Path:
    """Return where the files of a loaded model lie."""
    found = _file(name, "modules.json") or _file(name, "config.json")
    if found is None:
        raise FileNotFoundError(f"{name} has neither modules.json nor config.json")
    return Path(found).parent


def _file(name: str, file: str) -> str | None:
    """Return the path of a file of the model on this machine, None where it is not there."""
    from sentence_transformers.util import load_file_path

    path: str | None = load_file_path(name, file, local_files_only=True)
    return path


def _digest(folder: Path) -> str:
    """Return the digest of all that the model is made of."""
    made = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and path.suffix != ".md" and not str(inside).startswith("."):
            made.update(f"{inside.as_posix()}\n".encode())
            with path.open("rb") as content:
                made.update(hashlib.file_digest(content, "sha256").digest())
    return made.hexdigest()[:16]
