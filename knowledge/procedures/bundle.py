"""Making the file of facts that ships.

python -m knowledge.procedures.bundle --shared ../shared
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.procedures.compact import destination, packed
from knowledge.procedures.reading import read_facts
from knowledge.readers import read_file

MOST_BYTES = 1 << 28


def make(source: Path) -> bytes:
    """Return the file that holds the facts of all procedures of `source`, ordered by code."""
    found = read_file(source, MOST_BYTES)
    places = Places.load()
    facts = [read_facts(Ingest.read(raw, places)) for raw in found.documents]
    return packed(sorted((f for f in facts if f is not None), key=lambda f: f.code))


def main() -> None:
    """Read the corpus and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    data = make(parser.parse_args().shared / "corpus" / "procedures.jsonl.gz")
    destination().write_bytes(data)
    sys.stdout.write(f"{destination()}: {len(data)} bytes\n")


if __name__ == "__main__":
    main()
