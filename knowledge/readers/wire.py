"""What a reading process says to the one that asked: a line of JSON for each file.

JSON and not pickle: whoever breaks into a reader by a crafted file must not get further by what
it answers.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from knowledge.document import Block, BlockKind, RawDocument
from knowledge.readers.result import ReadResult


def dump(result: ReadResult) -> str:
    """Return what was read as one line."""
    return json.dumps({"documents": list(map(asdict, result.documents)), "left": result.rejected})


def load(line: str) -> ReadResult:
    """Return what `dump` wrote.

    Raises:
        ValueError, LookupError, TypeError: it is something else.
    """
    said = json.loads(line)
    left = [(str(where), str(why)) for where, why in said["left"]]
    return ReadResult([_document(**values) for values in said["documents"]], left)


def _document(
    key: str,
    source: str,
    blocks: list[dict[str, Any]],
    title: str | None,
    front_matter: dict[str, str],
    gaps: list[str],
) -> RawDocument:
    kept = tuple(
        Block(str(block["text"]), BlockKind(block["kind"]), int(block["level"])) for block in blocks
    )
    pairs = {str(name): str(value) for name, value in front_matter.items()}
    named = None if title is None else str(title)
    return RawDocument(str(key), str(source), kept, named, pairs, tuple(map(str, gaps)))
