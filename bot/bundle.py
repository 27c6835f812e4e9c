"""The pages that come with the project, put into the store once for each version of them."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from index.keeper import writing
from knowledge.ingest import Ingest
from knowledge.store import KnowledgeStore

STATE = "bundled"  # digest of the pages that the store holds


def store_bundled(home: Path, store: KnowledgeStore, ingest: Ingest) -> None:
    """Bring the bundled pages of a store up to date.

    A page that an official removed stays away until the project brings another version of any.

    Args:
        home: folder of the store.
        store: where they are kept.
        ingest: reads them.

    Raises:
        OSError, sqlite3.Error: the home cannot be written.
    """
    pages = sorted(
        (Path(str(page)) for page in files("knowledge").joinpath("bundled").iterdir()),
        key=lambda page: page.name,
    )
    digest = hashlib.sha256(b"".join(page.read_bytes() for page in pages)).hexdigest()
    if store.state(STATE) == digest:
        return
    with writing(home, -1):
        if store.state(STATE) == digest:  # another process was quicker
            return
        old = {entry.id for entry in store.entries() if entry.bundled}
        report = ingest.add(pages, lambda done, total: None, bundled=True)
        kept = {item.document for item in report.added}
        kept |= {item.document for item in report.unchanged}
        for document_id in old - kept:
            store.remove(document_id)
        store.set_state(STATE, digest)
