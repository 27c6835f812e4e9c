"""Every row of the threat model names its tests, and they exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BY_HAND = {"systemd-analyze security cchc"}


def rows() -> list[tuple[str, list[str]]]:
    """Return each threat with the tests that its row names."""
    page = (ROOT / "docs" / "security.md").read_text("utf-8")
    table = page.split("## Ai, làm gì")[1].split("\n## ")[0]
    lines = [line.strip().strip("|").split("|") for line in table.splitlines() if "|" in line]
    return [(cells[0].strip(), re.findall(r"`([^`]+)`", cells[-1])) for cells in lines[2:]]


@pytest.fixture(scope="module")
def functions() -> set[str]:
    sources = (ROOT / "tests").rglob("test_*.py")
    return {
        name
        for source in sources
        for name in re.findall(r"^\s*(?:async )?def (test_\w+)", source.read_text("utf-8"), re.M)
    }


@pytest.mark.parametrize(("threat", "named"), rows())
def test_a_threat_has_tests_and_they_exist(
    threat: str, named: list[str], functions: set[str]
) -> None:
    assert named, threat
    for name in named:
        if name.startswith("tests/"):
            assert (ROOT / name).exists(), name
        elif name.endswith(".py"):
            assert any((ROOT / "tests").rglob(name)), name
        else:
            assert name in functions | BY_HAND, name
