"""What is learnt from: distinct sentences of a fitting length."""

from __future__ import annotations

from pathlib import Path

from index.training.texts import SENTENCE, sentences


def test_sentences_are_distinct_of_fitting_length_and_in_a_fixed_order(shared: Path) -> None:
    found = sentences(shared, 1)
    assert len(found) == len(set(found)) > 100
    assert all(SENTENCE[0] <= len(s) <= SENTENCE[1] for s in found)
    assert found == sentences(shared, 1)
    assert found != sentences(shared, 2)
