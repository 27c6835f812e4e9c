"""Kills workers at random instants and holds what is left against what they acknowledged."""

from __future__ import annotations

import json
import os
import random
import select
import signal
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.operations.restoring import check_backup
from tests.faults.ledger import Ledger
from tests.faults.worker import begin, work

LONGEST = 1.5  # seconds that a worker lives at most after it is ready
OPENING = 0.2  # seconds within which a worker is killed that is to die while it opens the home
PATIENCE = 60.0  # seconds until a worker that does not get ready counts as hanging
FRUITFUL = 20  # kills within which something must have been answered
JOURNAL = "kills.jsonl"


@dataclass
class Outcome:
    """What became of a number of kills.

    Attributes:
        kills: how many there were.
        ledger: what the workers promised and the messengers were given.
        problems: promises that were broken, and what else was wrong.
        ready: seconds until each worker was ready after a kill.
    """

    kills: int = 0
    ledger: Ledger = field(default_factory=Ledger)
    problems: list[str] = field(default_factory=list)
    ready: list[float] = field(default_factory=list)


class Killer:
    """Lets workers work on one home, one after the other, and kills each.

    All that is said is written down, so that a run that was stopped goes on where it was.

    Args:
        folder: holds the home, the documents, the backups and the journal.
        seed: decides when and what.
    """

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self._home, self._files = folder / "home", folder / "files"
        for path in (self._home, self._files):
            path.mkdir(parents=True, exist_ok=True)
        self._journal = folder / JOURNAL
        self._seed = seed
        self.outcome = Outcome()
        for line in self._journal.read_text("utf-8").splitlines() if self._journal.exists() else ():
            self._take_down(json.loads(line))

    def kill(self, kills: int, told: Callable[[Outcome], None] = lambda _: None) -> Outcome:
        """Kill until there were so many kills or something is wrong, then send what is left."""
        outcome = self.outcome
        _begun(self._home)
        while outcome.kills < kills and not outcome.problems:
            number = outcome.kills
            # As it would be with any number of kills before it.
            chance = random.Random(f"{self._seed} {number}")
            # Some die while they open the home, most while they work.
            early = chance.random() < 0.2
            at = chance.random() * (OPENING if early else LONGEST)
            self._write_down(self._one(self._seed * 1_000_000 + number, at, early))
            outcome.problems += outcome.ledger.wrong(self._home)
            told(outcome)
        outcome.problems += _wrong_backups(self._files)
        if outcome.kills >= FRUITFUL and not outcome.ledger.counts().get("finished"):
            outcome.problems.append("no worker lived long enough to answer anything")
        return outcome

    def _one(self, seed: int, at: float, early: bool) -> dict[str, object]:
        """Start a worker and kill it; return what is to be written down."""
        began, ready = time.monotonic(), None
        child, pipe = _forked(self._home, self._files, seed)
        said = b""
        while ready is None and not early:
            left = began + PATIENCE - time.monotonic()
            if not select.select([pipe], [], [], max(left, 0))[0]:
                break
            said += (piece := os.read(pipe, 1 << 16))
            if b"ready\t" in said:
                ready = time.monotonic() - began
            if not piece:
                break
        end = time.monotonic() + at
        while (left := end - time.monotonic()) > 0:  # the pipe must not fill
            if select.select([pipe], [], [], left)[0]:
                said += (piece := os.read(pipe, 1 << 16))
                if not piece:
                    break
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(pipe, "rb") as rest:
            said += rest.read()
        # A line that was cut off was not said.
        lines = [line.split("\t", 1) for line in said.decode().split("\n")[:-1]]
        if ready is None and not early:
            lines.append(["problem", f"worker {seed} was not ready within {PATIENCE:g} s"])
        return {"ready": ready, "said": lines}

    def _write_down(self, entry: dict[str, object]) -> None:
        with self._journal.open("a", encoding="utf-8") as journal:
            journal.write(json.dumps(entry, ensure_ascii=False) + "\n")
        self._take_down(entry)

    def _take_down(self, entry: dict[str, object]) -> None:
        self.outcome.kills += 1
        if isinstance(entry["ready"], float):
            self.outcome.ready.append(entry["ready"])
        for kind, name in entry["said"]:  # type: ignore[attr-defined]
            self.outcome.ledger.note(kind, name)

    def cut_off(self) -> dict[str, int]:
        """Return how many messages were under way when their worker was killed."""
        return self.outcome.ledger.cut_off(self._home)


def _begun(home: Path) -> None:
    """Make what a service makes beside itself when it is first started, in a process that lives."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    try:
        begin(home)
    finally:
        os._exit(0)


def _forked(home: Path, files: Path, seed: int) -> tuple[int, int]:
    """Return a worker's number and the pipe that it talks through."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    os.close(reading)

    def say(kind: str, name: str) -> None:
        os.write(writing, f"{kind}\t{name}\n".encode())

    try:
        work(home, files, seed, say)
    except BaseException:
        say("problem", " | ".join(traceback.format_exc().splitlines()[-4:]))
    finally:
        os._exit(1)


def _wrong_backups(files: Path) -> Iterator[str]:
    """Yield backups that carry a name and are not whole."""
    for path in files.glob("[0-9].tar.gz"):
        with tempfile.TemporaryDirectory() as folder:
            try:
                check_backup(path, Path(folder))
            except Exception as error:
                yield f"backup {path.name}: {error}"
