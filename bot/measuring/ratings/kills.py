"""Kills processes at random instants while they store ratings, and looks what became of them.

Two workers answer for made-up people and tell of each answer once it was acknowledged. Both are
killed (SIGKILL) after a random time and start anew with the person whose answer was in the
making, as a messenger would deliver it again. In the end every answer that was acknowledged has
to be there with its values, no person may have two ratings, and the file has to be whole.

A kill does not show what a power cut does: what the operating system took is still written then.
"""

from __future__ import annotations

import os
import random
import select
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bot.measuring.ratings.load import Crowd, reason_of, score_of
from bot.ratings.desk import RatingDesk
from knowledge.store import KnowledgeStore

WORKERS = 2
LONGEST = 0.1  # seconds until a kill
WHILE_OPENING = 0.1  # share of the kills that may hit a process that opens the file
PATIENCE = 30.0  # seconds until the first rating
EACH = 1_000_000  # people of a worker have numbers of their own


@dataclass
class Outcome:
    """What the kills did.

    Attributes:
        kills: how many processes were killed.
        acknowledged: people whose rating was acknowledged as a whole.
        lost: acknowledged ones that are not there, or not with their values.
        doubled: ratings beyond one a person.
        broken: what SQLite's own check says is wrong.
    """

    kills: int = 0
    acknowledged: int = 0
    lost: list[int] = field(default_factory=list)
    doubled: int = 0
    broken: list[str] = field(default_factory=list)

    @property
    def right(self) -> bool:
        """Whether nothing was lost, doubled or broken."""
        return not (self.lost or self.doubled or self.broken)


def kill_often(
    home: Path, kills: int, seed: int = 1, told: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Kill workers until `kills` are dead, then look.

    Needs a system with `fork`, and must run in a process without threads.

    Args:
        home: an empty folder.
        kills: how many processes to kill.
        seed: of the instants.
        told: told how many are dead.
    """
    rng = random.Random(seed)
    KnowledgeStore(home).close()
    upcoming = [worker * EACH for worker in range(WORKERS)]
    acknowledged: list[int] = []
    outcome = Outcome()
    while outcome.kills < kills:
        running = [_started(home, at) for at in upcoming]
        if rng.random() >= WHILE_OPENING:
            # At work, which takes longer to begin than a rating takes.
            select.select([pipe for _, pipe in running], [], [], PATIENCE)
        time.sleep(rng.uniform(0.0, LONGEST))
        for worker, (pid, pipe) in enumerate(running):
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            done = _read(pipe)
            acknowledged += done
            upcoming[worker] += len(done)
        outcome.kills += len(running)
        told(outcome.kills)
    outcome.acknowledged = len(acknowledged)
    _look(home, acknowledged, outcome)
    return outcome


def _started(home: Path, first: int) -> tuple[int, int]:
    """Start a worker; return its process and the end of the pipe on which it acknowledges."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    try:
        _work(home, first, writing)
    finally:
        os._exit(1)


def _work(home: Path, first: int, pipe: int) -> None:
    store = KnowledgeStore(home)
    crowd = Crowd(RatingDesk.open(home, store.db))
    number = first
    while True:
        crowd.rate(number)
        os.write(pipe, f"{number}\n".encode())
        number += 1


def _read(pipe: int) -> list[int]:
    said = b""
    while chunk := os.read(pipe, 65536):
        said += chunk
    os.close(pipe)
    # Only whole lines: one that was cut was not acknowledged.
    return [int(line) for line in said.split(b"\n")[:-1]]


def _look(home: Path, acknowledged: list[int], outcome: Outcome) -> None:
    store = KnowledgeStore(home)
    desk = RatingDesk.open(home, store.db)
    surveys = desk.surveys["mac-dinh"]
    reasons = surveys.question("ly-do").options
    for number in acknowledged:
        session = desk.sessions.current(Crowd.user(number))
        wanted = {surveys.overall: str(score_of(number))}
        if score_of(number) < 4:
            wanted["ly-do"] = reasons[reason_of(number) - 1].id
        if session is None or session.rating is None or session.progress.answers != wanted:
            outcome.lost.append(number)
    (rated,) = desk.db.execute("SELECT count(*) FROM ratings").fetchone()
    (people,) = desk.db.execute(
        "SELECT count(*) FROM rating_sessions WHERE rating IS NOT NULL"
    ).fetchone()
    (once,) = desk.db.execute("SELECT count(*) FROM rating_once").fetchone()
    outcome.doubled = abs(rated - people) + abs(rated - once)
    outcome.broken = [
        str(said)
        for (said,) in desk.db.execute("PRAGMA integrity_check").fetchall()
        if said != "ok"
    ]
    store.close()


def main(home: str, kills: str, seed: str) -> int:
    """Run in a process of its own; print what became of the ratings."""

    def told(done: int) -> None:
        print(done, file=sys.stderr, flush=True)

    outcome = kill_often(Path(home), int(kills), int(seed), told)
    print(outcome.kills, outcome.acknowledged, len(outcome.lost), outcome.doubled)
    print("; ".join(outcome.broken))
    return 0 if outcome.right else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
