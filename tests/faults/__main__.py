"""`python -m tests.faults --kills 1000`: the long run, which goes on where it was stopped."""

from __future__ import annotations

import argparse
import logging
import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.killing import Killer, Outcome
from tests.faults.serving import Serving
from tests.faults.worker import prepare_storing

TOLD = 50  # kills between two lines


def main() -> int:
    """Kill, check, tell; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="kept, so that a stopped run can go on")
    parser.add_argument("--restarts", type=int, default=0, help="of cchc serve on what is left")
    wanted = parser.parse_args()
    logging.disable(logging.CRITICAL)
    prepare_storing()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cchc-faults-") as folder:
        killer = Killer(wanted.folder or Path(folder), wanted.seed)
        outcome = killer.kill(wanted.kills, _tell)
        print(f"{outcome.kills} kills, the last of them after {time.monotonic() - began:.0f} s")
        counts = outcome.ledger.counts().items()
        print("acknowledged:", ", ".join(f"{n} {kind}" for kind, n in counts))
        ready = outcome.ready or [0.0]
        print(f"ready again after {statistics.median(ready):.2f} s, at most {max(ready):.2f} s")
        print("cut off while they were sent:", killer.cut_off())
        if wanted.restarts:
            _restart(wanted.folder or Path(folder), wanted.restarts)
    for problem in outcome.problems:
        print("PROBLEM:", problem)
    print("nothing lost, nothing doubled" if not outcome.problems else "BROKEN PROMISES")
    return 1 if outcome.problems else 0


def _restart(folder: Path, times: int) -> None:
    """Kill `cchc serve` again and again; tell how soon it is ready, with its own encoder."""
    serving = Serving(folder / "home", folder / "log")
    took = []
    for _ in range(times):
        took.append(serving.start())
        serving.kill()
    print(f"cchc serve: ready after {statistics.median(took):.2f} s, at most {max(took):.2f} s")


def _tell(outcome: Outcome) -> None:
    if outcome.kills % TOLD == 0:
        print(outcome.kills, "kills", outcome.ledger.counts(), flush=True)


if __name__ == "__main__":
    sys.exit(main())
