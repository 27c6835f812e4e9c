"""The short version of the fuzzing."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

import bot.common
from tests.fuzz.kinds import KINDS
from tests.fuzz.reading import Files, Written
from tests.fuzz.talking import Talk

FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True)
def undone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take back afterwards what the fuzzing stands in for."""
    names = ("load_words", "load_texts", "load_settings", "load_dialogue", "load_places")
    for name in (*names, "open_encoder"):
        monkeypatch.setattr(bot.common, name, getattr(bot.common, name))


@pytest.mark.parametrize("opens", dict.fromkeys(KINDS.values()), ids=lambda kind: kind.__name__)
def test_nothing_that_comes_in_breaks_a_promise(
    opens: type[Files | Written | Talk], tmp_path: Path
) -> None:
    opened = opens(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries, on files that are none
        for check in opened.checks().values():
            check.run(1, FEW)
    opened.close()
