"""Telling systemd how the server stands, after sd_notify(3): a datagram to the socket it names."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Mapping

READY, STOPPING = "READY=1", "STOPPING=1"


def notify(state: str, environ: Mapping[str, str]) -> None:
    """Send a state; nothing happens where nobody waits for it.

    Args:
        state: READY or STOPPING.
        environ: environment variables; NOTIFY_SOCKET names the socket, "@" begins an abstract name.
    """
    address = environ.get("NOTIFY_SOCKET", "")
    if not address.startswith(("/", "@")):
        return
    with (
        contextlib.suppress(OSError),  # the service answers whether or not somebody is told
        socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sender,
    ):
        sender.connect(address.replace("@", "\0", 1))
        sender.sendall(state.encode())
