"""How far the search is above the other systems, over the questions of both sets of law."""

from __future__ import annotations

import numpy as np
import pytest

from index.training.compare import LAW, TYPED, Row, gains


def _rows(system: str, first: list[float], ten: list[float]) -> list[Row]:
    return [
        Row(system, law, typed, np.array(first, np.float32), np.array(ten, np.float32))
        for law in LAW
        for typed in TYPED
    ]


def test_the_search_is_held_against_the_best_that_is_not_its_own() -> None:
    rows = [
        *_rows("BM25", [1, 0, 0, 0], [1, 1, 0, 0]),
        *_rows("e5 alone", [1, 1, 0, 0], [1, 0, 0, 0]),
        *_rows("ours alone", [1, 1, 1, 1], [1, 1, 1, 1]),
        *_rows("search, hybrid", [1, 1, 1, 0], [1, 1, 0.5, 0]),
    ]
    found = gains(rows)
    assert {"system": "BM25", "typed": "without", "first": 0.25, "ten": 0.5} in found["pooled"]
    first, ten = (
        next(g for g in found["search above"] if (g["typed"], g["figure"]) == ("with", figure))
        for figure in ("first", "ten")
    )
    assert (first["best"], first["difference"]) == ("e5 alone", 0.25)
    assert (ten["best"], ten["difference"]) == ("BM25", 0.125)
    for gain in found["search above"]:
        assert gain["low"] <= gain["difference"] <= gain["high"]


def test_a_gain_on_every_question_leaves_no_doubt() -> None:
    rows = [*_rows("BM25", [0, 0], [0, 0]), *_rows("search, hybrid", [1, 1], [1, 1])]
    gain = gains(rows)["search above"][0]
    assert (gain["low"], gain["high"]) == pytest.approx((1, 1))
