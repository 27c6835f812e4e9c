"""`python -m tests.faults --kills 1000`: the long run."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.faults.killing import kill_often
from tests.faults.worker import prepare


def main() -> int:
    """Kill, check, tell; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    prepare()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cchc-faults-") as folder:
        home, files = Path(folder, "home"), Path(folder, "files")
        home.mkdir()
        files.mkdir()
        outcome = kill_often(home, files, wanted.kills, wanted.seed)
    print(f"{outcome.kills} kills in {time.monotonic() - began:.0f} s")
    print("acknowledged:", ", ".join(f"{n} {kind}" for kind, n in outcome.counts().items()))
    print(f"ready again after at most {outcome.slowest:.2f} s")
    for problem in outcome.problems:
        print("PROBLEM:", problem)
    print("nothing lost, nothing doubled" if not outcome.problems else "BROKEN PROMISES")
    return 1 if outcome.problems else 0


if __name__ == "__main__":
    sys.exit(main())
