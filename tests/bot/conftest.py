"""What the tests of conversations share."""

from __future__ import annotations

import pytest

from tests.bot.town import Talk, Town


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Return the made-up world; nothing in it may be changed."""
    return Town(tmp_path_factory.mktemp("town"))


@pytest.fixture
def talk(town: Town) -> Talk:
    """Return a new conversation."""
    return Talk(town)
