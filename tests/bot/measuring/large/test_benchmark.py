"""A small run of the whole benchmark, and of the comparison."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from bot.measuring.large import benchmark
from bot.measuring.large.engines import ENGINES, Engine
from bot.measuring.large.picture import draw
from bot.progress import silent
from index.postings import lexical_index


@pytest.mark.slow
def test_everything_is_measured_and_drawn(shared: Path, tmp_path: Path) -> None:
    measured = benchmark.measure(shared, tmp_path, [60, 120], silent)
    assert [f["sections"] >= size for f, size in zip(measured, (60, 120), strict=True)]
    for figures in measured:
        assert set(benchmark.SHOWN) <= set(figures)
        assert figures["recall@10"] == figures["agreement@10"] == 1.0
        assert 0 < figures["p50_ms"] <= figures["p95_ms"]
        assert math.isnan(figures["rss_mb"]) or 20 < figures["rss_mb"] < 4000
    assert len(benchmark.format_table(measured).splitlines()) == len(benchmark.SHOWN)
    draw(measured, tmp_path / "pictures" / "large.png")
    assert (tmp_path / "pictures" / "large.png").read_bytes().startswith(b"\x89PNG")
    # What is kept for the next run is not a store.
    assert {p.suffix for p in tmp_path.iterdir() if p.is_file()} == {".gz", ".npy"}


@pytest.mark.slow
def test_a_store_that_is_kept_is_only_asked_the_next_time(shared: Path, tmp_path: Path) -> None:
    stores = tmp_path / "stores"
    (stores / "60").mkdir(parents=True)
    (stores / "60" / "half-made").touch()
    (first,) = benchmark.measure(shared, tmp_path, [60], silent, stores)
    made = {path: path.stat().st_mtime_ns for path in stores.glob("60/index/**/*")}
    (second,) = benchmark.measure(shared, tmp_path, [60], silent, stores)
    assert second["build_s"] == first["build_s"]
    assert {path: path.stat().st_mtime_ns for path in stores.glob("60/index/**/*")} == made
    assert not (stores / "60" / "half-made").exists()


@pytest.mark.slow
def test_engines_are_compared_and_one_that_is_missing_is_said_to_be(
    shared: Path, tmp_path: Path
) -> None:
    compared = benchmark.compare(shared, tmp_path, [60], silent)
    assert [row["engine"] for row in compared] == [engine.name for engine in ENGINES]
    for row in compared:
        assert "chưa cài" in row.get("missing", "") or row["p50_ms"] <= row["p95_ms"]
    assert len(benchmark.format_comparison(compared).splitlines()) == 1 + len(ENGINES)


@pytest.mark.parametrize("kind", ENGINES)
def test_an_engine_finds_what_bm25_finds(kind: type[Engine], tmp_path: Path) -> None:
    chance = np.random.default_rng(1)
    sections = [chance.integers(0, 500, 60).astype(np.uint32) for _ in range(500)]
    query = np.array([3, 77, 123], np.uint32)
    engine = kind(tmp_path)
    try:
        engine.build(iter(sections))
    except ImportError:
        pytest.skip(f"{kind.name} is not installed")
    scores = lexical_index(sections).scores(query)
    found = engine.search(query, [1.0, 1.0, 1.0])
    assert len(found) == 10
    # FTS5 has its own k1 and b; the others agree with ours but for ties.
    assert scores[list(found)[:5]].min() >= np.sort(scores)[-10]
