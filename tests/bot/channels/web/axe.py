"""What keeps people from using a page, as axe-core sees it."""

from __future__ import annotations

from importlib.resources import files
from typing import Any


def axe_problems(page: Any) -> list[str]:
    """Return what axe-core finds on a page that is open in a browser."""
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags},"
        " rules: {'target-size': {enabled: true}}})",
        tags,
    )
    return [
        f"{problem['id']}: {node['html']} {node['failureSummary']}"
        for problem in found["violations"]
        for node in problem["nodes"]
    ]
