"""Late interaction: each token of a question looks for its best match in a section."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import Vectors
from index.tokens import TokenTable, coded

DIMENSIONS = 64


def drawn(seed: int, count: int) -> Vectors:
    """Return unit vectors in directions at random, as turned ones are."""
    raw = np.random.default_rng(seed).normal(size=(count, DIMENSIONS)).astype(np.float32)
    lengths: Vectors = np.linalg.norm(raw, axis=1, keepdims=True)
    return raw / lengths


def table_of(sections: list[list[Vectors]]) -> TokenTable:
    """Return the table of sections, given as the tokens of their pieces."""
    owners = [number for number, pieces in enumerate(sections) for _ in pieces]
    return TokenTable.of([coded(p) for own in sections for p in own], owners, len(sections))


pieces = st.builds(drawn, st.integers(0, 999), st.integers(1, 4))


@given(
    asked=pieces, sections=st.lists(st.lists(pieces, max_size=3), min_size=1, max_size=4), at=...
)
def test_a_section_is_as_like_as_its_piece_with_the_best_matches(
    asked: Vectors, sections: list[list[Vectors]], at: bool
) -> None:
    table = table_of(sections)
    if not len(table):
        assert not any(sections)
        return
    numbers = np.arange(len(sections))[:: 1 if at else -1]
    for number, likeness in zip(numbers, table.likeness(asked, numbers), strict=True):
        if sections[number]:
            best = max(float((asked @ p.T).max(axis=1).mean()) for p in sections[number])
            assert likeness == pytest.approx(best, abs=0.05)
        else:
            assert np.isnan(likeness)


def test_a_question_without_tokens_is_like_nothing() -> None:
    found = table_of([[drawn(1, 3)]]).likeness(np.zeros((0, DIMENSIONS), np.float32), np.arange(1))
    assert np.isnan(found).all()


def test_a_loaded_table_is_the_saved_one(tmp_path: Path) -> None:
    table = table_of([[drawn(1, 3), drawn(2, 2)], [], [drawn(3, 1)]])
    table.save(tmp_path / "tokens")
    loaded = TokenTable.load(tmp_path / "tokens")
    assert len(loaded) == 3
    numbers, asked = np.arange(3), drawn(4, 2)
    assert np.array_equal(
        loaded.likeness(asked, numbers), table.likeness(asked, numbers), equal_nan=True
    )


def test_a_table_that_was_cut_short_is_refused(tmp_path: Path) -> None:
    table = table_of([[drawn(1, 8)]])
    table.save(tmp_path / "tokens")
    np.save(tmp_path / "tokens.codes.npy", table.codes[:-1])
    with pytest.raises(ValueError, match="8 tokens in 7 rows"):
        TokenTable.load(tmp_path / "tokens")


def test_without_tokens_there_is_an_empty_table() -> None:
    assert len(table_of([[], []])) == len(table_of([])) == 0
