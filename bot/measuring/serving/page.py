"""How soon the page can be used, in the Chromium of this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np

from bot.measuring.benchmark import BenchmarkError, Row, copied
from bot.measuring.serving.process import Serving

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Marked by the page's script when all of its controls work.
_INTERACTIVE = "performance.getEntriesByName('interactive')[0]?.startTime"
PATIENCE = 10_000  # milliseconds


def run_page(home: Path, times: int) -> list[Row]:
    """Measure over a copy of `home`; each time in a new browser context, with nothing cached.

    Args:
        home: folder of the documents.
        times: how often the page is opened.

    Returns:
        Milliseconds from the beginning of the navigation until every control works, and until the
        greeting, which the server answers, is there.

    Raises:
        HomeError, ConfigError: the home cannot be used.
        BenchmarkError: the server does not start, or there is no browser.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        browser = None
    if browser is None:
        raise BenchmarkError(
            "Cần Chromium và thư viện playwright; pip install 'tro-ly-cchc[test]'."
        )
    with copied(home) as copy:
        serving = Serving(copy)
        try:
            with sync_playwright() as started:
                chromium = started.chromium.launch(executable_path=browser, args=["--no-sandbox"])
                taken: list[tuple[float, float]] = []
                for _ in range(times + 1):
                    # What asks for the time is a string to evaluate, which the page forbids.
                    context = chromium.new_context(bypass_csp=True)
                    page = context.new_page()
                    page.goto(f"http://127.0.0.1:{serving.port}/", wait_until="commit")
                    page.wait_for_function(_INTERACTIVE, timeout=PATIENCE)
                    interactive = float(page.evaluate(_INTERACTIVE))
                    page.wait_for_selector(".reply", timeout=PATIENCE)
                    taken.append((interactive, float(page.evaluate("performance.now()"))))
                    context.close()
                chromium.close()
        finally:
            serving.kill()
    # The browser itself starts with the first page.
    interactive, greeted = np.array(taken[1:]).T
    return [
        Row("Trang dùng được", _figures(interactive.tolist())),
        Row("Trang có lời chào", _figures(greeted.tolist())),
    ]


def _figures(milliseconds: list[float]) -> dict[str, float]:
    p50, p95 = np.percentile(milliseconds, [50, 95]).tolist()
    return {"p50_ms": round(p50, 1), "p95_ms": round(p95, 1)}
