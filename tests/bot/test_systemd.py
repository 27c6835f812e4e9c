"""What is told to systemd arrives, and nothing goes wrong where nobody listens."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path

import pytest

from bot.systemd import READY, STOPPING, notify


@pytest.mark.parametrize("abstract", [False, True])
def test_a_state_reaches_the_socket_that_is_named(tmp_path: Path, abstract: bool) -> None:
    name = f"@cchc-{secrets.token_hex(8)}" if abstract else str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(name.replace("@", "\0"))
        systemd.settimeout(5)
        notify(READY, {"NOTIFY_SOCKET": name})
        notify(STOPPING, {"NOTIFY_SOCKET": name})
        assert [systemd.recv(100), systemd.recv(100)] == [b"READY=1", b"STOPPING=1"]


@pytest.mark.parametrize("named", ["", "vsock:2:1234", "/nowhere/at/all"])
def test_nobody_there_is_no_error(named: str) -> None:
    notify(READY, {"NOTIFY_SOCKET": named})
    notify(READY, {})
