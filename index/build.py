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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analysed import KEPT, AnalysedDocument, sentences_of
from index.analyzer import Analyzer
from index.dense import DenseIndex
from index.documents import DocumentTable, IndexedDocument
from index.encoder import Encoder
from index.lexical import LexicalIndex
from index.postings import Postings
from index.recent import Recent
from index.sentences import Sentences, SentenceTable
from index.syllables import SyllableModel
from index.tokens import TokenTable
from index.vectors import VectorCache
from knowledge.codes import find_codes
from knowledge.document import Document, Metadata, Section
from knowledge.places import Places
from knowledge.sentences import sentence_spans
from knowledge.store import KnowledgeStore
from knowledge.summaries import speaks_of_itself
from knowledge.validity import successors

FOLDER = "index"
FORMAT = 12
_META = ("version", "encoder", "analyzer")
ENCODED = 1300  # characters of a section that are encoded: all of them, and its title
LONG = 500  # characters of a section from which its sentences are encoded as well
SENTENCE = 15  # characters of the shortest sentence that is encoded
SENTENCES = 12  # sentences of a section that are encoded
PIECE, STEP = 700, 600  # characters of a section whose tokens are kept together, and how far apart
DETAILED = 5_000  # documents up to which sentences and tokens are encoded and kept
BATCH = 1 << 14  # vectors that are put in their context at a time

# A pair of syllables has to occur once in so many to be kept: rarer ones tell nothing of a
# large store, and are most of its pairs.
OCCURRENCES = 10_000_000

Progress = Callable[[int, int], None]
Successors = dict[str, tuple[str, date | None]]

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class SearchIndex:
    """Everything that is searched, for one version of the store.

    Attributes:
        version: version of the store that it was made from.
        encoder: digest of the encoder that made the vectors; "" where there are none, or they are
            broken.
        analyzer: digest of the analyzer that made the terms.
        documents: what is known of each before it is read, by position.
        successors: for every replaced number the number of the document that replaced it, and
            from when.
        section_documents: position of the document of each section. Shape: (s,).
        first_sections: position of each document's first section. Shape: (d,).
        titles, bodies, sections: lexical indexes over names, whole texts, sections with their
            heading paths.
        dense: vectors of the names of procedures and of the sections of other documents.
        tokens: of the sections of documents that are no procedures; of none where there are very
            many documents, or the encoder has none.
        syllables: frequencies counted in the home's own documents.
        sentences: of each section; of none where there are very many documents, or no vectors:
            then they are found when they are looked at.
    """

    version: int
    encoder: str
    analyzer: str
    documents: DocumentTable
    successors: Successors
    section_documents: NDArray[np.int32]
    first_sections: NDArray[np.int64]
    titles: LexicalIndex
    bodies: LexicalIndex
    sections: LexicalIndex
    dense: DenseIndex
    tokens: TokenTable
    syllables: SyllableModel
    sentences: SentenceTable

    def sentences_of(self, document: int) -> Callable[[int], Sentences] | None:
        """Return what gives the sentences of a document's sections, None where none are kept.

        Args:
            document: its position.
        """
        if not len(self.sentences):
            return None
        first = int(self.first_sections[document])
        return lambda position: self.sentences.section(first + position)

    @cached_property
    def analysed(self) -> Recent[tuple[int, str], AnalysedDocument]:
        """The documents that were quoted last, by the version of the store and their ids."""
        return Recent(KEPT)


def build(
    store: KnowledgeStore,
    encoder: Encoder | None,
    analyzer: Analyzer,
    places: Places,
    progress: Progress,
) -> SearchIndex:
    """Return an index of everything in `store`; vectors made before are taken from its cache.

    Args:
        store: what is indexed.
        encoder: makes the vectors; None makes an index without them, in a small part of the time.
        analyzer: makes the terms.
        places: names of places.
        progress: told (done, all) of the texts that had to be encoded.

    Raises:
        EncoderError: the encoder cannot work.
    """
    version = store.version
    bundled = store.bundled()
    detailed = len(store.digests()) <= DETAILED
    vectors = VectorCache(store.db, encoder) if encoder else None
    parts = _Parts(vectors, analyzer, detailed)
    for document in store.documents():
        parts.add(document, _indexed(document, document.id in bundled, places))
    return SearchIndex(
        version,
        encoder.digest if encoder else "",
        analyzer.digest,
        DocumentTable.of(parts.documents),
        successors(parts.replacing),
        np.repeat(np.arange(len(parts.firsts)), np.diff([*parts.firsts, parts.section])).astype(
            np.int32
        ),
        np.array(parts.firsts, dtype=np.int64),
        parts.titles.index(),
        parts.bodies.index(),
        parts.sections.index(),
        parts.dense(progress),
        parts.tokens(),
        parts.syllables,
        SentenceTable.of(parts.sentences),
    )


class _Parts:
    """The parts of an index while document after document is added to them.

    Args:
        vectors: made before, or to be made; None where none are wanted.
        analyzer: makes the terms.
        detailed: whether sentences and tokens are encoded as well as sections.
    """

    def __init__(self, vectors: VectorCache | None, analyzer: Analyzer, detailed: bool) -> None:
        self._vectors = vectors
        self._analyzer = analyzer
        self._detailed = detailed
        self.titles, self.bodies, self.sections = Postings(), Postings(), Postings()
        self.syllables = SyllableModel.count(())
        self.documents: list[IndexedDocument] = []
        self.replacing: dict[str, Metadata] = {}
        self.firsts: list[int] = []
        self.section = 0
        self.owners: list[tuple[int, int]] = []
        self.contexts: list[int] = []
        self.pieces: list[int] = []
        self.sentences: list[Sentences] = []

    def add(self, document: Document, indexed: IndexedDocument) -> None:
        """Add the next document."""
        title = self._analyzer.terms(_name(document))
        terms = [self._analyzer.terms(text) for text in section_texts(document)]
        if self._vectors is not None:
            self._add_passages(document, self._vectors)
            if self._detailed:
                self.sentences += [
                    sentences_of(document, section, self._analyzer) for section in document.sections
                ]
        self.titles.add(title)
        self.bodies.add(np.concatenate([title, *terms]))
        for section_terms in terms:
            self.sections.add(section_terms)
        # The base table knows the language of procedures; their names are what it may lack.
        self.syllables.add(document.title if document.metadata.code else document.text)
        if document.metadata.replaces:
            self.replacing[document.id] = document.metadata
        self.documents.append(indexed)
        self.firsts.append(self.section)
        self.section += len(terms)

    def _add_passages(self, document: Document, vectors: VectorCache) -> None:
        for passage, number in passages(document, self._detailed):
            vectors.add(passage)
            section = number if number < 0 else self.section + number
            owner = (len(self.documents), section)
            # A section comes before its sentences, which are read within it.
            repeated = self.owners[-1:] == [owner]
            self.contexts.append(self.contexts[-1] if repeated else len(self.owners))
            self.owners.append(owner)
        for piece, number in pieces(document, self._detailed):
            vectors.add_closely(piece)
            self.pieces.append(self.section + number)

    def dense(self, progress: Progress) -> DenseIndex:
        """Return the index of the vectors."""
        if self._vectors is None:
            return DenseIndex.empty()
        owners = np.array(self.owners, dtype=np.int32).reshape(-1, 2)
        vectors = _in_context(self._vectors.vectors(progress), self.contexts)
        return DenseIndex.build(vectors, owners[:, 0], owners[:, 1])

    def tokens(self) -> TokenTable:
        """Return the tokens of the sections; their vectors have to be made before."""
        held = self._vectors.tokens() if self._vectors is not None else []
        return TokenTable.of(held, self.pieces, self.section)


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


def section_texts(document: Document) -> list[str]:
    """What is searched of each section; nothing of what a summary says of itself."""
    return [
        ""
        if speaks_of_itself(document, section)
        else " . ".join((*section.heading, document.text[section.start : section.end]))
        for section in document.sections
    ]


def passages(document: Document, detailed: bool) -> Iterator[tuple[str, int]]:
    """Yield what is encoded of a document, and of which of its sections; -1 is its name.

    A procedure is found by its name; its sections share their words with thousands of others.
    Of other documents each section is encoded under the title, and after it, where it is
    wanted in detail, each sentence of a long one: a short one says one thing, as a whole.
    """
    if document.metadata.code:
        yield document.title, -1
        return
    for number, text in enumerate(section_texts(document)):
        if text:
            yield _under_title(document, text), number
            if detailed:
                for sentence in _sentences(document, document.sections[number]):
                    yield sentence, number


def pieces(document: Document, detailed: bool) -> Iterator[tuple[str, int]]:
    """Yield what tokens are kept of, and of which section; of a long one parts that overlap.

    The tokens of shorter texts tell more apart. A name of a procedure is short enough as a whole.
    """
    if document.metadata.code or not detailed:
        return
    for number, text in enumerate(section_texts(document)):
        if text:
            whole = _under_title(document, text)
            for begin in range(0, max(1, len(whole) - PIECE + STEP), STEP):
                yield whole[begin : begin + PIECE], number


def _under_title(document: Document, text: str) -> str:
    return f"{document.title}. {text}"[:ENCODED]


def _sentences(document: Document, section: Section) -> list[str]:
    """Return the sentences of a long section that are encoded; none of a short one."""
    if section.end - section.start < LONG:
        return []
    spans = sentence_spans(document.text, section.start, section.end)
    texts = [document.text[start:end] for start, end in spans]
    return [text[:ENCODED] for text in texts if len(text) >= SENTENCE][:SENTENCES]


def _in_context(vectors: NDArray[np.float16], contexts: Sequence[int]) -> NDArray[np.float16]:
    """Return the mean of each vector and that of its context, which may be itself.

    The cosine of a question with it is the mean of those with a sentence and with its section: the
    sentence says what, the section of what. One sentence that answers is enough for a section.

    Args:
        vectors: of sections and sentences. Shape: (n, d).
        contexts: row of the section of each. Shape: (n,).
    """
    mean = np.empty_like(vectors)
    for begin in range(0, len(vectors), BATCH):
        rows = slice(begin, begin + BATCH)
        whole = vectors[np.array(contexts[rows], dtype=np.int64)]
        mean[rows] = (vectors[rows].astype(np.float32) + whole) / 2
    return mean


def save(index: SearchIndex, home: Path) -> None:
    """Write `index` into a folder of its own under `home` and make it the current one."""
    name = f"{index.version}-{secrets.token_hex(4)}"
    folder = home / FOLDER / name
    folder.mkdir(parents=True)
    for part in ("titles", "bodies", "sections", "dense", "tokens", "sentences"):
        getattr(index, part).save(folder / part)
    np.save(folder / "section_documents.npy", index.section_documents)
    np.save(folder / "first_sections.npy", index.first_sections)
    least = 1 + index.syllables.total // OCCURRENCES
    index.syllables.save(folder / "syllables.npz", least_single=1, least_pair=least)
    index.documents.save(folder / "documents.jsonl")
    meta = {"format": FORMAT, **{name: getattr(index, name) for name in _META}}
    meta["successors"] = [
        (old, new, since.isoformat() if since else None)
        for old, (new, since) in index.successors.items()
    ]
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
        # Read for every question, so not through a reader of text.
        return (home / FOLDER / "CURRENT").read_bytes().decode("utf-8").strip()
    except (OSError, ValueError):
        return None


def made_at(home: Path) -> float:
    """Return when the index in use was put in place, in seconds since 1970.

    Raises:
        OSError: there is none.
    """
    return (home / FOLDER / "CURRENT").stat().st_mtime


def load(home: Path) -> SearchIndex | None:
    """Return the index in use; None where there is none or it is broken or of another format.

    Where nothing but its vectors is broken it is returned without them.
    """
    name = current(home)
    if name is None:
        return None
    folder = home / FOLDER / name
    try:
        meta = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
        if meta["format"] != FORMAT:
            return None
        documents = DocumentTable.load(folder / "documents.jsonl")
        first_sections = np.load(folder / "first_sections.npy")
        if len(documents) != len(first_sections):
            return None
        vectors = _vectors(folder)
        dense, tokens = vectors or (DenseIndex.empty(), TokenTable.empty())
        return SearchIndex(
            meta["version"],
            meta["encoder"] if vectors else "",
            meta["analyzer"],
            documents,
            {
                old: (new, date.fromisoformat(since) if since else None)
                for old, new, since in meta["successors"]
            },
            np.load(folder / "section_documents.npy"),
            first_sections,
            LexicalIndex.load(folder / "titles"),
            LexicalIndex.load(folder / "bodies"),
            LexicalIndex.load(folder / "sections"),
            dense,
            tokens,
            SyllableModel.load(folder / "syllables.npz"),
            SentenceTable.load(folder / "sentences"),
        )
    except Exception:
        # Whatever is wrong with derived files, making them anew mends it.
        return None


def _vectors(folder: Path) -> tuple[DenseIndex, TokenTable] | None:
    try:
        return DenseIndex.load(folder / "dense"), TokenTable.load(folder / "tokens")
    except Exception:
        # The words can be searched without them.
        return None
