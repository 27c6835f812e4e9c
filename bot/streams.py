"""Standard streams that can carry Vietnamese on any terminal."""

from __future__ import annotations

import io
import os
import sys


def use_utf8() -> None:
    """Make the standard streams UTF-8; what cannot be read or written becomes a mark."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def readable(text: str) -> str:
    """Return `text` without the surrogates that stand for undecodable bytes of an argument."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def hush() -> None:
    """Send what is still to be written nowhere, after the reader has closed the pipe."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
