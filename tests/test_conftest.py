"""The guard of the tests guards."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from tests.conftest import NetworkUsedError


def test_the_home_of_a_test_is_its_own(home: Path, tmp_path: Path) -> None:
    assert Path(os.environ["CCHC_HOME"]) == home
    assert tmp_path in home.parents
    assert not list(home.iterdir())


def test_other_machines_cannot_be_reached() -> None:
    with socket.socket() as outside, pytest.raises(NetworkUsedError):
        outside.connect(("192.0.2.1", 80))


def test_this_machine_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as inside:
        inside.connect(server.getsockname())
        assert inside.getpeername() == server.getsockname()
