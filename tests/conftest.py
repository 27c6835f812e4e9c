"""What every test stands on: a home of its own, no network, a small encoder."""

from __future__ import annotations

import socket
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from bot.application import Application
from bot.home import VARIABLE
from index.analyzer import Analyzer
from knowledge.places import Places
from tests.made import TinyEncoder

# The same examples in every run: a failure in CI is the failure at home.
settings.register_profile("cchc", deadline=None, database=None, derandomize=True, max_examples=60)
settings.load_profile("cchc")

LOCAL = ("127.0.0.1", "::1", "localhost")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests marked `models` where that extra is not installed."""
    if find_spec("sentence_transformers") is None:
        for item in items:
            if item.get_closest_marker("models"):
                item.add_marker(pytest.mark.skip(reason="the extra `models` is not installed"))


class NetworkUsedError(AssertionError):
    """A test tried to reach another machine."""


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:
            raise NetworkUsedError(f"a test connects to {address}")
        return connect(self, address)

    return guarded


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Point CCHC_HOME at an empty temporary folder and keep the test off the network."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv(VARIABLE, str(folder))
    return folder


@pytest.fixture(scope="session")
def bundled_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with nothing but what ships, indexed with its sheets; copy it to change it."""
    folder = tmp_path_factory.mktemp("bundled")
    application = Application.open(folder)
    application.renew_sheets()
    application.close()
    return folder


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small real sentence-transformers model; nothing in it may change."""
    from tests.tiny_model import save_model

    folder = tmp_path_factory.mktemp("models") / "tiny"
    save_model(folder)
    return folder


@pytest.fixture
def tiny_encoder() -> TinyEncoder:
    """Return an encoder that needs no model."""
    return TinyEncoder()


@pytest.fixture(scope="session")
def analyzer() -> Analyzer:
    """Return an analyzer that knows one abbreviation."""
    return Analyzer({"cchc": ("cải cách hành chính",)})


@pytest.fixture(scope="session")
def places() -> Places:
    """Return the places that ship."""
    return Places.load()
