"""What was made last is kept, within bounds, and only if it could be made."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.recent import Recent


@given(st.lists(st.integers(0, 6), max_size=60), st.integers(1, 5))
def test_what_was_asked_for_last_is_kept(asked: list[int], most: int) -> None:
    made: list[int] = []
    expected: list[int] = []
    recent: Recent[int, int] = Recent(most)
    cached = lru_cache(most)(lambda key: expected.append(key) or -key)
    for key in asked:

        def make(key: int = key) -> int:
            made.append(key)
            return -key

        assert recent.get(key, make) == cached(key)
    assert made == expected


def test_what_could_not_be_made_is_tried_again() -> None:
    recent: Recent[str, str] = Recent(2)

    def broken() -> str:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        recent.get("a", broken)
    assert recent.get("a", lambda: "made") == "made"
