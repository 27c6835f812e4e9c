"""`python -m tests.fuzz --examples 100000`: the long run, of one kind of input or of all.

Inputs are tried in batches, each with a seed of its own; with `--journal FILE` a run that was
stopped goes on after the last whole batch.
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

from tests.fuzz.kinds import KINDS

BATCH = 1000


def main() -> int:
    """Fuzz and tell; 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100_000, help="of each kind")
    parser.add_argument("--only", choices=sorted(KINDS), action="append", help="kinds of input")
    parser.add_argument("--journal", type=Path, help="where finished batches are written down")
    wanted = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")  # of libraries, on files that are none
    how = settings(
        max_examples=min(BATCH, wanted.examples),
        deadline=None,  # hangs are told by processor time, which other programs do not stretch
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    batches = -(-wanted.examples // BATCH)
    failed = [k for k in wanted.only or KINDS if not _passes(k, batches, how, wanted.journal)]
    return 1 if failed else 0


def _passes(kind: str, batches: int, how: settings, journal: Path | None) -> bool:
    done = _finished(kind, journal)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cchc-fuzz-") as folder:
        opened = KINDS[kind](Path(folder))
        try:
            for number in range(batches):
                if number not in done:
                    opened.checks()[kind].run(number, how)
                    _note(kind, number, journal)
            opened.close()
        except Exception:
            traceback.print_exc()
            print(f"{kind}: FAILED in batch {number}", flush=True)
            return False
    seconds = time.monotonic() - began
    count = batches * how.max_examples
    print(f"{kind}: {count} inputs, nothing failed ({seconds:.0f} s)", flush=True)
    if caught := getattr(opened, "caught", None):
        print("caught by the nets around them:", dict(caught))
    return True


def _finished(kind: str, journal: Path | None) -> set[int]:
    """Return the batches of a kind that an earlier run finished."""
    if journal is None or not journal.exists():
        return set()
    entries = [json.loads(line) for line in journal.read_text().splitlines()]
    return {entry["batch"] for entry in entries if entry["kind"] == kind}


def _note(kind: str, batch: int, journal: Path | None) -> None:
    if journal is not None:
        with journal.open("a") as file:
            file.write(json.dumps({"kind": kind, "batch": batch, "at": int(time.time())}) + "\n")


if __name__ == "__main__":
    sys.exit(main())
