"""What comes with the project, put into the store once for each version of it.

Pages are read like any file. The facts of the national procedures become a sheet each, unless the
store holds the text of that procedure.
"""

from __future__ import annotations

import hashlib
from importlib.resources import files
from pathlib import Path

from config.texts import ProcedureWords, load_texts
from index.keeper import writing
from knowledge.ingest import Ingest
from knowledge.procedures.compact import shipped, unpacked
from knowledge.procedures.reading import VERSION
from knowledge.procedures.sheet import sheet
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
    # An official's own wording is for replies; what is stored is worded the same in every home.
    words = load_texts().procedure_words
    facts = shipped()
    parts = [*(page.read_bytes() for page in pages), facts, repr((VERSION, words)).encode()]
    digest = hashlib.sha256(b"".join(parts)).hexdigest()
    if store.state(STATE) == digest:
        return
    with writing(home, -1):
        if store.state(STATE) == digest:  # another process was quicker
            return
        old = {entry.id for entry in store.entries() if entry.bundled}
        report = ingest.add(pages, lambda done, total: None, bundled=True)
        kept = {item.document for item in report.added}
        kept |= {item.document for item in report.unchanged}
        kept |= _store_sheets(store, facts, words)
        for document_id in old - kept:
            store.remove(document_id)
        store.set_state(STATE, digest)


def _store_sheets(store: KnowledgeStore, facts: bytes, words: ProcedureWords) -> set[str]:
    """Store a sheet for each procedure whose text is not there; return their ids."""
    own = {entry.metadata.code for entry in store.entries() if not entry.bundled}
    held: set[str] = set()
    with store.db.atomic():
        for procedure in unpacked(facts):
            if procedure.code not in own:
                document, placed = sheet(procedure, words)
                store.put(document, bundled=True, facts=placed)
                held.add(document.id)
    return held
