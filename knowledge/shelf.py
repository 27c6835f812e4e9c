"""Where a document belongs in the store: known already, a new version, or one of its own."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from knowledge.document import Document
from knowledge.extracting import Extract
from knowledge.store import KnowledgeStore, digest_of


class Shelf:
    """The store during one run: what it held before, and what the run has brought.

    Args:
        store: the documents.
        bundled: whether the run brings the project's own pages.
    """

    def __init__(self, store: KnowledgeStore, bundled: bool) -> None:
        self._store = store
        self._bundled = bundled
        self._origin = {entry.id: entry.bundled for entry in store.entries()}
        self._digests = store.digests()
        self._by_digest = {digest: name for name, digest in self._digests.items()}
        self._brought: set[str] = set()

    def twin(self, document: Document) -> str | None:
        """Return the id of the stored document with the same content, None if there is none."""
        twin = self._by_digest.get(digest_of(document))
        if twin is not None:
            self._brought.add(twin)
        return twin

    def put(self, document: Document) -> tuple[Document, Extract]:
        """Store a document under an id that is free or its own; return it and its rows."""
        document = replace(document, id=self.id_of(document))
        extract = self._store.put(document, self._bundled)
        digest = digest_of(document)
        self._by_digest.pop(self._digests.get(document.id, ""), None)
        self._by_digest[digest] = document.id
        self._digests[document.id] = digest
        self._origin[document.id] = self._bundled
        self._brought.add(document.id)
        return document, extract

    def id_of(self, document: Document) -> str:
        """Return the id under which a document is kept: its own, or a numbered one."""
        name = document.id
        for number in count(2):
            if name not in self._origin or self._is_version(document, name):
                break
            name = f"{document.id}-{number}"
        return name

    def _is_version(self, document: Document, name: str) -> bool:
        """Say whether a document is a new version of the one stored under its file's name.

        It is not if it states another official number, or if the run has brought a file of that
        name already, from another folder. A page of the project and an official's own document
        never take each other's place.
        """
        if self._origin[name] != self._bundled:
            return False
        if document.metadata.code:
            return True
        number = document.metadata.number
        stored = {self._store.as_read(name).number, self._store.get(name).metadata.number} - {None}
        if number is not None and stored:
            return number in stored
        return name not in self._brought
