"""The benchmark measures everything it promises and leaves the home as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.measuring import benchmark, program
from bot.measuring.benchmark import (
    BenchmarkError,
    Row,
    bundled_questions,
    format_table,
    run_benchmark,
)
from bot.measuring.lookups import bundled_lookups, run_lookups
from index.text import fold
from knowledge.store import FILE


def test_half_of_the_bundled_questions_are_without_diacritics() -> None:
    questions = bundled_questions()
    assert len(questions) == len(set(questions)) == 40
    assert sum(question.lower() == fold(question) for question in questions) == 20


def test_a_table_has_a_line_for_each_row() -> None:
    rows = [Row("Trợ lý", {"p50_ms": 1.5, "p95_ms": 20.25}), Row("Bộ nhớ", {"rss_mb": 321.0})]
    first, second = format_table(rows).splitlines()
    assert first.split() == ["Trợ", "lý", "p50", "1.50", "ms", "p95", "20.25", "ms"]
    assert second.split() == ["Bộ", "nhớ", "rss", "321.00", "MB"]
    assert format_table([]) == ""


def rows_of(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / FILE) as db:
        names = [n for (n,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        counts = {n: db.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in names}
    db.close()
    return counts


@pytest.mark.slow
def test_everything_is_measured_and_the_home_stays(
    bundled_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(benchmark, "COLD_STARTS", 1)
    monkeypatch.setattr(benchmark, "CHAT_TURNS", 2)
    before = rows_of(bundled_home)
    rows = run_benchmark(bundled_home, ["Chỉ số PAPI là gì?", "gia vang hom nay"], 2)
    speeds, start, memory = rows[:3], rows[3], rows[4:]
    for row in speeds:
        assert 0 < row.figures["p50_ms"] <= row.figures["p95_ms"]
    assert 0 < start.figures["p50_s"] <= start.figures["max_s"]
    for row in memory:
        assert 20 < row.figures["rss_mb"] <= row.figures["max_mb"]
    assert len({row.subject for row in rows}) == len(rows)
    assert rows_of(bundled_home) == before


@pytest.mark.slow
def test_a_program_that_does_not_answer_is_told(
    bundled_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_PROGRAM", "import sys; sys.exit('hỏng rồi')")
    with pytest.raises(BenchmarkError, match="hỏng rồi"):
        run_benchmark(bundled_home, ["Chỉ số PAPI là gì?"], 1)


def test_lookups_have_a_row_for_each_command_and_one_for_all(bundled_home: Path) -> None:
    rows = run_lookups(bundled_home, ["/chitieu PCI 2023", "/thoihan tháng 12/2023"], 1)
    assert [row.subject for row in rows] == ["/chitieu, 1 câu", "/thoihan, 1 câu", "tất cả"]
    for row in rows:
        assert 0 < row.figures["p50_ms"] <= row.figures["p95_ms"]


def test_the_bundled_lookups_ask_of_all_three_kinds() -> None:
    commands = [lookup.split()[0] for lookup in bundled_lookups()]
    assert commands == sorted(commands)
    assert set(commands) == {"/chitieu", "/thoihan", "/thutuc"}
