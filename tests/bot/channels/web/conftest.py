"""A served page for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.bot.channels.web.stand_in import Rules, web


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, Rules]]:
    """Return the address of the page and the rules behind it."""
    with web(["https://tinh.gov.vn"]) as running:
        yield running


@pytest.fixture
def rules(site: tuple[str, Rules]) -> Rules:
    """Return the rules behind the page."""
    return site[1]


@pytest.fixture
def client(site: tuple[str, Rules]) -> Iterator[httpx.Client]:
    """Return a client of the page's server."""
    with httpx.Client(base_url=site[0], timeout=20) as client:
        yield client
