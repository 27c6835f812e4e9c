"""`python -m tests.fuzz --examples 100000`: the long run, of one kind of input or of all."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
import traceback
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings

from tests.fuzz.targets import Targets


def main() -> int:
    """Fuzz and tell; 1 where something failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=100_000, help="of each kind")
    parser.add_argument("--only", help="one kind: readers, config, environment, messages, logs")
    wanted = parser.parse_args()
    logging.disable(logging.CRITICAL)
    settings.register_profile(
        "fuzz",
        max_examples=wanted.examples,
        deadline=None,  # hangs are told by processor time, which other programs do not stretch
        database=None,
        phases=(Phase.explicit, Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("fuzz")
    failed = 0
    with tempfile.TemporaryDirectory(prefix="cchc-fuzz-") as folder:
        targets = Targets(Path(folder))
        for name, check in targets.all().items():
            if wanted.only in (None, name):
                failed += not _passes(name, check, wanted.examples)
        if targets.caught:
            print("caught by the net around the readers:", dict(targets.caught))
        targets.close()
    return 1 if failed else 0


def _passes(name: str, check: object, examples: int) -> bool:
    began = time.monotonic()
    try:
        check()  # type: ignore[operator]
    except Exception:
        traceback.print_exc()
        print(f"{name}: FAILED after {time.monotonic() - began:.0f} s")
        return False
    print(f"{name}: {examples} examples in {time.monotonic() - began:.0f} s, nothing failed")
    return True


if __name__ == "__main__":
    sys.exit(main())
