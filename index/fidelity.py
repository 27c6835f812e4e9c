"""Whether the files of the shipped encoder are those that were measured."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.encoder import MODEL

SUMS = "SHA256SUMS"  # as sha256sum writes it


def broken_files(folder: Path = MODEL) -> list[str]:
    """Return the names of files that are missing or differ from what was released.

    Raises:
        OSError: the list itself cannot be read.
    """
    broken = []
    for line in (folder / SUMS).read_text("ascii").splitlines():
        digest, _, name = line.partition("  ")
        path = folder / name
        if not path.is_file() or _digest(path) != digest:
            broken.append(name)
    return broken


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
