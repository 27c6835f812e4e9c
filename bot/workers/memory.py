"""Memory that the allocator keeps although nobody uses it."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Give free memory back to the system, where the C library can."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # of glibc alone
    if trim is not None:
        trim(0)
