"""Drawn vectors lie where real ones do."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from sqlite_utils import Database

from bot.measuring.large.vectors import MixedVectors, drawn_tokens, encoded, store_vectors
from index.encoder import Vectors
from index.vectors import VectorCache, digest_of
from tests.made import TinyEncoder, TinyTokenEncoder, silent


@pytest.fixture
def real() -> Vectors:
    """Return vectors in two clusters."""
    chance = np.random.default_rng(3)
    centres = np.repeat(np.eye(2, 32, dtype=np.float32), 50, axis=0)
    vectors = centres + 0.05 * chance.standard_normal((100, 32)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_drawn_vectors_are_unit_vectors_near_real_ones(real: Vectors) -> None:
    drawn = MixedVectors(real, 1).draw(500).astype(np.float32)
    assert np.linalg.norm(drawn, axis=1) == pytest.approx(1.0, abs=2e-3)
    among_real = np.sort(real @ real.T, axis=1)[:, -2]
    assert (drawn @ real.T).max(axis=1).mean() > among_real.mean() - 0.1
    assert len(np.unique(drawn, axis=0)) == 500


def test_the_same_seed_draws_the_same(real: Vectors) -> None:
    assert np.array_equal(MixedVectors(real, 1).draw(9), MixedVectors(real, 1).draw(9))
    assert not np.array_equal(MixedVectors(real, 1).draw(9), MixedVectors(real, 2).draw(9))


def test_passages_are_encoded_once(tmp_path: Path, tiny_encoder: TinyEncoder) -> None:
    texts = ["kết hôn", "khai sinh"]
    first = encoded(texts, tiny_encoder, tmp_path / "kept")
    assert np.array_equal(encoded(texts, tiny_encoder, tmp_path / "kept"), first)
    assert tiny_encoder.encoded == texts


def test_an_index_with_drawn_vectors_and_tokens_has_nothing_left_to_encode() -> None:
    encoder = TinyTokenEncoder()
    texts, piece = ["kết hôn", "khai sinh"], "khai sinh"
    keys = [digest_of(text) for text in texts]
    real = ["hộ chiếu", "căn cước công dân"]
    tokens = drawn_tokens(real, encoder, [digest_of(piece)], 1)
    rows = encoder.encode_questions(real).astype(np.float16)
    with closing(Database(memory=True)) as db:
        store_vectors(db, encoder, keys, rows, tokens)
        cache = VectorCache(db, encoder)
        for text in texts:
            cache.add(text)
        cache.add_closely(piece)
        assert np.array_equal(cache.vectors(silent), rows)
        (codes,) = cache.tokens()
        assert len(codes) in (2, 4)
    assert encoder.encoded == real
