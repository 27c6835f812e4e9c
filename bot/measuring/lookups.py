"""How long an official waits for a look-up: targets, deadlines, procedures."""

from __future__ import annotations

import time
from contextlib import closing
from datetime import date
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import numpy as np

from bot.application import Application
from bot.measuring.benchmark import LOADING, Row, copied
from bot.message import Message

FILE = "lookups.txt"


def bundled_lookups() -> list[str]:
    """Return the look-ups that ship, as they are typed, those of a command together."""
    text = files("bot.measuring").joinpath(FILE).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line]


def run_lookups(home: Path, lookups: list[str], rounds: int) -> list[Row]:
    """Time look-ups in one process over a copy of `home`, from the typed line to the reply.

    Processor time stands beside the time that passed, which a busy machine makes longer.

    Args:
        home: folder of the documents.
        lookups: what is typed, at least one, the same commands together.
        rounds: how often each is asked; what was asked before is remembered.

    Returns:
        A row for each command and one for all.

    Raises:
        HomeError, ConfigError: the home cannot be used.
    """
    with copied(home) as copy, closing(Application.open(copy)) as application:
        for command in {lookup.split()[0] for lookup in lookups}:
            _ask(application, f"{command} {LOADING}")
        timed = [(lookup, *_time(application, lookup, rounds)) for lookup in lookups]
    rows = []
    for command, group in groupby(timed, lambda one: one[0].split()[0]):
        measured = list(group)
        rows.append(_row(f"{command}, {len(measured)} câu", measured))
    return [*rows, _row("tất cả", timed)]


def _time(application: Application, lookup: str, rounds: int) -> tuple[list[float], list[float]]:
    """Return milliseconds that passed and that the processor worked, of each round."""
    passed: list[float] = []
    worked: list[float] = []
    for _ in range(rounds):
        began, busy = time.perf_counter(), time.process_time()
        _ask(application, lookup)
        passed.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    return passed, worked


def _ask(application: Application, lookup: str) -> None:
    application.reply_afresh(Message("benchmark", lookup, date.today()))


def _row(subject: str, timed: list[tuple[str, list[float], list[float]]]) -> Row:
    passed = [value for _, values, _ in timed for value in values]
    worked = [value for _, _, values in timed for value in values]
    p50, p95 = np.percentile(passed, [50, 95]).tolist()
    cpu = float(np.percentile(worked, 95))
    figures = {"p50_ms": p50, "p95_ms": p95, "cpu p95_ms": cpu}
    return Row(subject, {name: round(value, 2) for name, value in figures.items()})
