"""The short version of the fuzzing."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest

from tests.fuzz.targets import Targets


def test_nothing_that_comes_in_breaks_a_promise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import bot.application as module

    for name in ("load_words", "load_texts", "load_settings", "load_dialogue", "load_places"):
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(module, "open_encoder", module.open_encoder)
    targets = Targets(tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of libraries, on files that are none
        for check in targets.all().values():
            check()
    targets.close()
