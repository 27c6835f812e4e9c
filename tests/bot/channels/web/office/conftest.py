"""The pages of one home for the tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.bot.channels.web.office.site import Site, site_over


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Return the served pages over a home with the bundled documents."""
    with site_over(tmp_path_factory.mktemp("office")) as site:
        yield site
