"""How fast the assistant is and what it takes, beside two baselines in the same run."""

from __future__ import annotations

import re
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from threading import Timer

import numpy as np

from bot.application import Application
from bot.common import OVERRIDES
from bot.measuring.baselines import FullText, NearestVectors
from bot.measuring.program import command, environment
from bot.message import Message
from index.build import FOLDER
from knowledge.store import FILE

QUESTIONS = "benchmark_questions.txt"
COLD_STARTS = 5
CHAT_TURNS = 50
PATIENCE = 300.0  # seconds after which a process that was started is given up
LOADING = "thử"  # what is asked before the clock runs, which no question repeats
END = "/benchmark"  # no command of the chat: what it says of it ends the turns

_MEMORY = re.compile(r"^(VmRSS|VmHWM):\s+(\d+) kB$", re.MULTILINE)


class BenchmarkError(Exception):
    """Something cannot be measured; the message is for the user."""


@dataclass(frozen=True)
class Row:
    """What was measured of one thing.

    Attributes:
        subject: what, for people.
        figures: name with its unit, "p50_ms", to the value.
    """

    subject: str
    figures: dict[str, float]


def bundled_questions() -> list[str]:
    """Return the typical questions that ship, half of them without diacritics."""
    text = files("bot.measuring").joinpath(QUESTIONS).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def run_benchmark(home: Path, questions: Sequence[str], rounds: int) -> list[Row]:
    """Measure over a copy of `home`, so that the measuring leaves no trace in it.

    Args:
        home: folder of the documents.
        questions: what is asked, at least one.
        rounds: how often each question is asked; what was asked before is remembered.

    Raises:
        HomeError, ConfigError: the home cannot be used.
        BenchmarkError: a process that was started did not answer.
    """
    with copied(home) as copy:
        with closing(Application.open(copy)) as application:
            rows = _searches(application, questions, rounds)
        rows.append(Row("Từ dòng lệnh đến câu trả lời", _cold_starts(copy, questions)))
        memory = _chat_memory(copy, questions)
    return rows + ([Row(f"Bộ nhớ của cchc chat sau {CHAT_TURNS} câu", memory)] if memory else [])


def format_table(rows: Sequence[Row]) -> str:
    """Return the rows as a table for people."""
    widest = max((len(row.subject) for row in rows), default=0)
    return "\n".join(
        f"{row.subject:<{widest}}" + "".join(_cell(n, v) for n, v in row.figures.items())
        for row in rows
    )


def _cell(name: str, value: float) -> str:
    label, _, unit = name.rpartition("_")
    return f"   {label} {value:8.2f} {unit.replace('mb', 'MB')}"


@contextmanager
def copied(home: Path) -> Iterator[Path]:
    """Give a copy of the home, in step with its documents, for the time of a block."""
    Application.open(home).close()  # brings the index into step
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        copy = Path(folder)
        for name in (FOLDER, OVERRIDES):
            if (home / name).is_dir():
                shutil.copytree(home / name, copy / name)
        with (
            closing(sqlite3.connect(home / FILE)) as stored,
            closing(sqlite3.connect(copy / FILE)) as target,
        ):
            stored.backup(target)
        yield copy


def _searches(application: Application, questions: Sequence[str], rounds: int) -> list[Row]:
    today = date.today()
    nearest = NearestVectors(application.tools().searcher.index, application.encoder)
    with closing(FullText(application.store.documents())) as full_text:
        ways: list[tuple[str, Callable[[str], object]]] = [
            ("Trợ lý", lambda q: application.reply_afresh(Message("benchmark", q, today))),
            ("Chỉ SQLite FTS5", full_text.search),
            ("Chỉ bộ mã hóa và FAISS", nearest.search),
        ]
        return [Row(name, _timed(search, questions, rounds)) for name, search in ways]


def _timed(
    search: Callable[[str], object], questions: Sequence[str], rounds: int
) -> dict[str, float]:
    search(LOADING)  # loads what is loaded once
    milliseconds: list[float] = []
    for question in [*questions] * rounds:
        began = time.perf_counter()
        search(question)
        milliseconds.append((time.perf_counter() - began) * 1000)
    p50, p95 = np.percentile(milliseconds, [50, 95]).tolist()
    return {"p50_ms": round(p50, 2), "p95_ms": round(p95, 2)}


def _cold_starts(home: Path, questions: Sequence[str]) -> dict[str, float]:
    seconds: list[float] = []
    for number in range(COLD_STARTS):
        began = time.perf_counter()
        done = subprocess.run(
            [*command(home), "ask", questions[number % len(questions)]],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            env=environment(),
            check=False,
        )
        seconds.append(time.perf_counter() - began)
        if not done.stdout:
            raise BenchmarkError(f"Lệnh ask không trả lời: {done.stderr.decode()[-300:]}")
    return {"p50_s": round(statistics.median(seconds), 2), "max_s": round(max(seconds), 2)}


def _chat_memory(home: Path, questions: Sequence[str]) -> dict[str, float]:
    """Return memory in use and its peak; nothing where the system does not tell."""
    if not Path("/proc/self/status").is_file():
        return {}
    asked = [questions[i % len(questions)] for i in range(CHAT_TURNS)]
    with subprocess.Popen(
        [*command(home), "chat"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=environment(),
    ) as chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        watchdog = Timer(PATIENCE, chat.kill)
        watchdog.start()
        try:
            chat.stdin.write("\n".join([*asked, END, ""]))
            chat.stdin.flush()
            if not any(END in line for line in chat.stdout):
                raise BenchmarkError("Lệnh chat dừng trước khi trả lời hết các câu hỏi.")
            status = Path(f"/proc/{chat.pid}/status").read_text(encoding="utf-8")
        finally:
            watchdog.cancel()
            chat.kill()
    found = {name: int(kilobytes) / 1024 for name, kilobytes in _MEMORY.findall(status)}
    return {"rss_mb": round(found["VmRSS"], 1), "max_mb": round(found["VmHWM"], 1)}
