"""The lock file holds every library that the program needs, in a version that it accepts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
_NEED = re.compile(r"([A-Za-z0-9_.-]+)(?:\[[\w,-]+\])?>=([\d.]+)")
_PIN = re.compile(r"^([A-Za-z0-9_.-]+)(?:\[[\w,-]+\])?==([\w.]+)", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def version(written: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", written))


def test_every_dependency_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    pinned = {normal(name): version(at) for name, at in _PIN.findall(lock)}
    for need in project["dependencies"]:
        found = _NEED.match(need)
        assert found, f"no lowest version: {need}"
        assert pinned.get(normal(found[1]), ()) >= version(found[2]), (
            f"{need} is missing in requirements.lock; its first lines say how to make it anew"
        )
