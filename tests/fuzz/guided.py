"""`python -m tests.fuzz.guided readers -max_total_time=3600`: fuzzing led by coverage.

atheris (pip install atheris; Linux, in no extra) runs what libFuzzer thinks up from the branches
that earlier inputs reached. What follows the kind goes to libFuzzer; a folder keeps its corpus.
"""

from __future__ import annotations

import json
import logging
import sys
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import atheris  # type: ignore[import-not-found, unused-ignore]

with atheris.instrument_imports(include=["knowledge", "config", "bot"]):
    from tests.fuzz import posted
    from tests.fuzz.inputs import SUFFIXES, seeds
    from tests.fuzz.posting import Posts
    from tests.fuzz.reading import Files

POSTED = ("telegram", "zalo_bot", "zalo_oa", "events", "api")


def main() -> None:
    """Fuzz one kind until libFuzzer ends or something fails."""
    kind = sys.argv.pop(1) if len(sys.argv) > 1 else ""
    if kind not in ("readers", *POSTED):
        sys.exit(f"{__doc__}\nkinds: readers, {', '.join(POSTED)}")
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")  # of libraries, on files that are none
    with tempfile.TemporaryDirectory(prefix="cchc-guided-") as folder:
        work = Path(folder)
        if not any(Path(argument).is_dir() for argument in sys.argv[1:]):
            sys.argv.append(str(_corpus(work / "corpus", kind)))
        atheris.Setup(sys.argv, _one(kind, work))
        atheris.Fuzz()


def _one(kind: str, folder: Path) -> Callable[[bytes], None]:
    """Return what tries one input: for files its first byte says what the file is called."""
    if kind == "readers":
        files = Files(folder)

        def read(data: bytes) -> None:
            files.read(data[1:], SUFFIXES[data[0] % len(SUFFIXES)] if data else "")

        return read
    posts = Posts(folder)
    check: Any = getattr(posts, "ask" if kind == "api" else kind.replace("events", "event"))

    def post(data: bytes) -> None:
        check(data) if kind == "api" else check(data, None)

    return post


def _corpus(folder: Path, kind: str) -> Path:
    """Write what is fuzzed from into a folder and return it."""
    folder.mkdir()
    if kind == "readers":
        inputs = [bytes([number]) + seed for seed in seeds() for number in range(len(SUFFIXES))]
    else:
        name = {"events": "EVENTS", "api": "QUESTIONS"}.get(kind, kind.upper())
        inputs = [json.dumps(one).encode() for one in getattr(posted, name)]
    for number, content in enumerate(inputs):
        (folder / str(number)).write_bytes(content)
    return folder


if __name__ == "__main__":
    main()
