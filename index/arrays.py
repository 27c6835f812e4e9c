"""Arrays that make up a part of an index, each in a file of its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def file_of(path: Path, name: str) -> Path:
    """Return the file of one array of the part at `path`."""
    return path.with_name(f"{path.name}.{name}.npy")


def mapped(file: Path) -> NDArray[Any]:
    """Return an array, memory-mapped.

    Raises:
        OSError, ValueError: the file is missing or cut short.
    """
    # The same pages without the class that makes every slice of a memmap dear.
    array: NDArray[Any] = np.load(file, mmap_mode="r").view(np.ndarray)
    return array


def save_arrays(part: object, names: Sequence[str], path: Path) -> None:
    """Write attributes of `part` as files that begin with `path`'s name."""
    for name in names:
        np.save(file_of(path, name), getattr(part, name))


def mapped_arrays(names: Sequence[str], path: Path) -> list[NDArray[Any]]:
    """Return the arrays saved at `path`, memory-mapped.

    Raises:
        OSError, ValueError: a file is missing or cut short.
    """
    return [mapped(file_of(path, name)) for name in names]
