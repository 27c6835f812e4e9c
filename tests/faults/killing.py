"""Kills workers at random instants and holds what is left against what they acknowledged."""

from __future__ import annotations

import os
import random
import select
import signal
import sqlite3
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bot.operations.copying import broken
from bot.operations.restoring import check_backup
from knowledge.store import FILE
from tests.faults.worker import work

LONGEST = 2.0  # seconds that a worker lives at most after it is ready
PATIENCE = 60.0  # seconds until a worker that does not get ready counts as hanging


@dataclass
class Outcome:
    """What became of a number of kills.

    Attributes:
        kills: how many there were.
        acknowledged: kind → names that the workers promised to have kept.
        problems: promises that were broken, and what else was wrong.
        slowest: seconds until the slowest worker was ready after a kill.
    """

    kills: int = 0
    acknowledged: dict[str, set[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def note(self, kind: str, name: str) -> None:
        """Take down what a worker said."""
        if kind == "problem":
            self.problems.append(name)
        else:
            self.acknowledged.setdefault(kind, set()).add(name)

    def counts(self) -> dict[str, int]:
        """Return how much of each kind was acknowledged."""
        return {kind: len(names) for kind, names in sorted(self.acknowledged.items())}


def kill_often(home: Path, files: Path, kills: int, seed: int = 1) -> Outcome:
    """Let workers work on one home, one after the other, and kill each.

    Args:
        home: an empty folder.
        files: another one, for documents and backups.
        kills: how many times.
        seed: decides when and what.
    """
    outcome, chance = Outcome(), random.Random(seed)
    for number in range(kills):
        # Some die while they open the home, most while they work.
        early = chance.random() < 0.2
        _one(home, files, outcome, seed * 1_000_000 + number, chance.random(), early)
        outcome.kills += 1
        outcome.problems += _wrong(home, outcome)
        if outcome.problems:
            break
    outcome.problems += _wrong_backups(files)
    return outcome


def _one(home: Path, files: Path, outcome: Outcome, seed: int, chance: float, early: bool) -> None:
    reading, writing = os.pipe()
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(home, files, seed, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        if early:
            time.sleep(chance * 0.2)
        elif select.select([pipe], [], [], PATIENCE)[0]:
            outcome.slowest = max(outcome.slowest, time.monotonic() - began)
            time.sleep(chance * LONGEST)
        else:
            outcome.problems.append(f"worker {seed} was not ready within {PATIENCE:g} s")
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        # A line that was cut off was not said.
        for line in pipe.read().decode().split("\n")[:-1]:
            kind, _, name = line.partition("\t")
            outcome.note(kind, name)


def _child(home: Path, files: Path, seed: int, pipe: int) -> None:
    def say(kind: str, name: str) -> None:
        os.write(pipe, f"{kind}\t{name}\n".encode())

    try:
        work(home, files, seed, say)
    except BaseException:
        say("problem", " | ".join(traceback.format_exc().splitlines()[-4:]))
    finally:
        os._exit(1)


def _wrong(home: Path, outcome: Outcome) -> Iterator[str]:
    """Yield what is wrong with a home after a kill."""
    if not (home / FILE).exists():
        if outcome.acknowledged:
            yield "the database is gone"
        return
    if problem := broken(home / FILE):
        yield f"the database is broken: {problem}"
        return
    kept = _kept(home)
    for kind, names in outcome.acknowledged.items():
        for name in names if kind in kept else ():
            if kept[kind][name] != 1:
                yield f"{kind} {name} was acknowledged and is there {kept[kind][name]} times"
    for kind, found in kept.items():
        yield from (f"{kind} {name} is there {n} times" for name, n in found.items() if n > 1)


def _kept(home: Path) -> dict[str, Counter[str]]:
    queries = {
        "document": "SELECT id FROM documents",
        "content": "SELECT digest FROM documents",
        "delivery": "SELECT id FROM deliveries",
        "finished": "SELECT id FROM deliveries WHERE body IS NULL",
        "verdict": "SELECT question FROM verdicts",
        "unanswered": "SELECT question FROM unanswered",
    }
    with closing(sqlite3.connect(home / FILE)) as db:
        tables = {str(row[0]) for row in db.execute("SELECT name FROM sqlite_master")}
        return {
            kind: Counter(str(row[0]) for row in db.execute(query))
            for kind, query in queries.items()
            if query.split(" FROM ")[1].split()[0] in tables
        }


def _wrong_backups(files: Path) -> Iterator[str]:
    """Yield backups that carry a name and are not whole."""
    for path in files.glob("[0-9].tar.gz"):
        with tempfile.TemporaryDirectory() as folder:
            try:
                check_backup(path, Path(folder))
            except Exception as error:
                yield f"backup {path.name}: {error}"
