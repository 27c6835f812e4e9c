"""An application over a home of its own, with an encoder that takes no time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.application import Application
from config.settings import Settings
from tests.made import TinyEncoder


@pytest.fixture
def application(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Application]:
    def quick(settings: Settings, folder: Path) -> TinyEncoder:
        return TinyEncoder()

    monkeypatch.setattr("bot.common.open_encoder", quick)
    opened = Application.open(home)
    yield opened
    opened.close()
