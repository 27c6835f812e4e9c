"""The index of a home: made from the store, written aside, swapped in whole.

    index/CURRENT            name of the folder in use
    index/<version>-<random>/ meta.json, documents.jsonl, *.npy, *.faiss, syllables.npz

Deleting the folder costs a rebuild and nothing else: everything in it is derived.
"""

from __future__ import annotations

import json
import re
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analyzer import Analyzer
from index.dense import DenseIndex
from index.encoder import Encoder
from index.lexical import LexicalIndex
from index.syllables import SyllableModel
from index.text import Terms
from index.vectors import VectorCache
from knowledge import serialise
from knowledge.codes import find_codes
from knowledge.document import Document, Metadata
from knowledge.places import Places
from knowledge.store import KnowledgeStore
from knowledge.summaries import speaks_of_itself

FOLDER = "index"
FORMAT = 5
_META = ("version", "encoder", "analyzer")
# Characters of a section that are encoded; the encoder reads at most 256 tokens.
ENCODED = 900

Progress = Callable[[int, int], None]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class IndexedDocument:
    """What a search has to know of a document before it is read from the store.

    Attributes:
        id, title, metadata: as stored.
        bundled: whether it came with the project.
        places, years, codes: all that its text names; empty for procedures, which hold
            everywhere.
    """

    id: str
    title: str
    metadata: Metadata
    bundled: bool
    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchIndex:
    """Everything that is searched, for one version of the store.

    Attributes:
        version: version of the store that it was made from.
        encoder: digest of the encoder that made the vectors.
        analyzer: digest of the analyzer that made the terms.
        documents: in the order of their positions.
        section_documents: position of the document of each section. Shape: (s,).
        first_sections: position of each document's first section. Shape: (d,).
        titles, bodies, sections: lexical indexes over names, whole texts, sections with their
            heading paths.
        dense: vectors of the names of procedures and of the sections of other documents.
        syllables: frequencies counted in the home's own documents.
    """

    version: int
    encoder: str
    analyzer: str
    documents: tuple[IndexedDocument, ...]
    section_documents: NDArray[np.int32]
    first_sections: NDArray[np.int64]
    titles: LexicalIndex
    bodies: LexicalIndex
    sections: LexicalIndex
    dense: DenseIndex
    syllables: SyllableModel


def build(
    store: KnowledgeStore,
    encoder: Encoder,
    analyzer: Analyzer,
    places: Places,
    progress: Progress,
) -> SearchIndex:
    """Return an index of everything in `store`; vectors made before are taken from its cache."""
    version = store.version
    bundled = {entry.id: entry.bundled for entry in store.entries()}
    documents: list[IndexedDocument] = []
    titles: list[Terms] = []
    bodies: list[Terms] = []
    sections: list[Terms] = []
    counted: list[str] = []
    passages: list[tuple[str, int, int]] = []
    first: list[int] = []
    for position, document in enumerate(store.documents()):
        documents.append(_indexed(document, bundled.get(document.id, False), places))
        first.append(len(sections))
        passages += _passages(document, position, len(sections))
        titles.append(analyzer.terms(_name(document)))
        section_terms = [analyzer.terms(text) for text in _section_texts(document)]
        sections += section_terms
        bodies.append(np.concatenate([titles[-1], *section_terms]))
        # The base table knows the language of procedures; their names are what it may lack.
        counted.append(document.title if document.metadata.code else document.text)
    vectors = VectorCache(store.db, encoder).vectors([p[0] for p in passages], progress)
    owners = np.array([p[1:] for p in passages], dtype=np.int32).reshape(-1, 2)
    lengths = np.diff([*first, len(sections)])
    return SearchIndex(
        version,
        encoder.digest,
        analyzer.digest,
        tuple(documents),
        np.repeat(np.arange(len(documents)), lengths).astype(np.int32),
        np.array(first, dtype=np.int64),
        LexicalIndex.build(titles),
        LexicalIndex.build(bodies),
        LexicalIndex.build(sections),
        DenseIndex.build(vectors, owners[:, 0], owners[:, 1]),
        SyllableModel.count(counted),
    )


def _indexed(document: Document, bundled: bool, places: Places) -> IndexedDocument:
    metadata = document.metadata
    if metadata.code:
        return IndexedDocument(document.id, document.title, metadata, bundled)
    named = {mention.name for mention in places.find(document.text)}
    years = {int(year) for year in _YEAR.findall(f"{document.title}\n{document.text}")}
    if metadata.period:
        years |= set(range(metadata.period.start, metadata.period.end + 1))
    if metadata.issued_on:
        years.add(metadata.issued_on.year)
    return IndexedDocument(
        document.id,
        document.title,
        metadata,
        bundled,
        tuple(sorted(named | ({metadata.place} if metadata.place else set()))),
        tuple(sorted(years)),
        tuple(find_codes(document.text)),
    )


def _name(document: Document) -> str:
    metadata = document.metadata
    title = document.title.removeprefix("Thủ tục ")
    parts = (title, metadata.code, metadata.number, metadata.field, metadata.place)
    return " . ".join(part for part in parts if part)


def _section_texts(document: Document) -> list[str]:
    """What is searched of each section; nothing of what a summary says of itself."""
    return [
        ""
        if speaks_of_itself(document, section)
        else " . ".join((*section.heading, document.text[section.start : section.end]))
        for section in document.sections
    ]


def _passages(document: Document, position: int, first: int) -> list[tuple[str, int, int]]:
    """What is encoded of a document: the name of a procedure, the sections of any other.

    A procedure is found by its name; its sections share their words with thousands of others.
    Of other documents each section is encoded under the title.
    """
    if document.metadata.code:
        return [(document.title, position, -1)]
    return [
        (f"{document.title}. {text}"[:ENCODED], position, first + i)
        for i, text in enumerate(_section_texts(document))
        if text
    ]


def save(index: SearchIndex, home: Path) -> None:
    """Write `index` into a folder of its own under `home` and make it the current one."""
    name = f"{index.version}-{secrets.token_hex(4)}"
    folder = home / FOLDER / name
    folder.mkdir(parents=True)
    for part in ("titles", "bodies", "sections", "dense"):
        getattr(index, part).save(folder / part)
    np.save(folder / "section_documents.npy", index.section_documents)
    np.save(folder / "first_sections.npy", index.first_sections)
    index.syllables.save(folder / "syllables.npz", least_single=1, least_pair=1)
    lines = (
        json.dumps(
            [d.id, d.title, serialise.dump(d.metadata), d.bundled, d.places, d.years, d.codes],
            ensure_ascii=False,
        )
        for d in index.documents
    )
    (folder / "documents.jsonl").write_text("\n".join(lines), encoding="utf-8")
    meta = {"format": FORMAT, **{name: getattr(index, name) for name in _META}}
    (folder / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    pointer = home / FOLDER / f"CURRENT.{secrets.token_hex(4)}"
    pointer.write_text(name, encoding="utf-8")
    pointer.replace(home / FOLDER / "CURRENT")
    for old in (home / FOLDER).iterdir():
        if old.is_dir() and old != folder:
            shutil.rmtree(old, ignore_errors=True)


def current(home: Path) -> str | None:
    """Return the name of the index in use, None where there is none."""
    try:
        return (home / FOLDER / "CURRENT").read_text(encoding="utf-8").strip()
    except (OSError, ValueError):
        return None


def load(home: Path) -> SearchIndex | None:
    """Return the index in use; None where there is none or it is broken or of another format."""
    name = current(home)
    if name is None:
        return None
    folder = home / FOLDER / name
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta["format"] != FORMAT:
            return None
        documents = _load_documents(folder / "documents.jsonl")
        first_sections = np.load(folder / "first_sections.npy")
        if len(documents) != len(first_sections):
            return None
        return SearchIndex(
            meta["version"],
            meta["encoder"],
            meta["analyzer"],
            documents,
            np.load(folder / "section_documents.npy"),
            first_sections,
            LexicalIndex.load(folder / "titles"),
            LexicalIndex.load(folder / "bodies"),
            LexicalIndex.load(folder / "sections"),
            DenseIndex.load(folder / "dense"),
            SyllableModel.load(folder / "syllables.npz"),
        )
    except Exception:
        # Whatever is wrong with derived files, making them anew mends it.
        return None


def _load_documents(path: Path) -> tuple[IndexedDocument, ...]:
    # Not splitlines: a title may hold one of Unicode's rarer line breaks.
    lines = path.read_text(encoding="utf-8").split("\n")
    rows = (json.loads(line) for line in lines if line)
    return tuple(
        IndexedDocument(i, t, serialise.load(m), b, tuple(p), tuple(y), tuple(c))
        for i, t, m, b, p, y, c in rows
    )
