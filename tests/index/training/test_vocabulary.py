"""The cut vocabulary: what stays, and how syllables without marks begin."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from index.training.vocabulary import SPECIALS, cut_vocabulary
from index.training.weights import Weights

PIECES = (*SPECIALS, "▁", "▁được", "▁đuốc", "▁đuoc", "▁năm", "▁nam", "▁Năm", "▁привет", "ở", "a")


def weights_of(pieces: tuple[str, ...], scores: dict[str, float]) -> Weights:
    vectors = np.eye(len(pieces), dtype=np.float32)
    logs = np.array([scores.get(p, -9.0) for p in pieces], dtype=np.float32)
    return Weights(1, 1, 1, 1, pieces, logs, {"emb.word": vectors})


def test_pieces_of_other_scripts_go_and_vietnamese_ones_stay() -> None:
    cut = cut_vocabulary(weights_of(PIECES, {}), set(), Counter())
    assert "▁привет" not in cut.pieces
    assert {"▁được", "▁năm", "ở", "a", "▁"} <= set(cut.pieces)
    assert cut.pieces[:4] == SPECIALS


def test_pieces_that_are_used_stay_whatever_they_are() -> None:
    cut = cut_vocabulary(weights_of(PIECES, {}), {"▁привет"}, Counter())
    assert "▁привет" in cut.pieces


def test_a_new_syllable_begins_between_its_forms_by_their_frequency() -> None:
    scores = {"▁được": np.log(0.3), "▁đuốc": np.log(0.1), "▁đuoc": -30.0}
    cut = cut_vocabulary(weights_of(PIECES, scores), set(), Counter())
    blend = cut.embeddings[cut.pieces.index("▁duoc")]
    assert blend[PIECES.index("▁được")] == pytest.approx(0.75, abs=0.01)
    assert blend[PIECES.index("▁đuốc")] == pytest.approx(0.25, abs=0.01)
    assert cut.scores[cut.pieces.index("▁duoc")] == pytest.approx(np.log(0.4), abs=0.01)


def test_a_known_piece_keeps_its_share_in_what_it_stands_for() -> None:
    counts = Counter({"nam": 1, "năm": 3})
    cut = cut_vocabulary(weights_of(PIECES, {}), set(), counts)
    row = cut.pieces.index("▁nam")
    assert cut.embeddings[row][PIECES.index("▁nam")] == pytest.approx(0.25)
    assert cut.original[row][PIECES.index("▁nam")] == 1.0
    assert cut.scores[row] > -9.0
    # Capital letters are pieces of their own.
    capital = cut.embeddings[cut.pieces.index("▁Nam")]
    assert capital[PIECES.index("▁Năm")] == pytest.approx(1.0)
