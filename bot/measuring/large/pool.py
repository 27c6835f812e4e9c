"""The real texts that large stores are made from: procedures, short texts, articles of laws."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from index.evaluation.retrieval import EvaluationError, read_lines
from knowledge.document import Block, RawDocument, Section
from knowledge.metadata import read_metadata, read_title
from knowledge.places import Places
from knowledge.readers import read_file
from knowledge.structure import assemble

CORPUS = ("corpus/procedures.jsonl.gz", "corpus/policies.jsonl")
LAWS = "train/law_articles.jsonl.gz"
ARTICLES = 4  # neighbouring articles of a law that make one document; about twelve sections
LARGEST = 100_000_000


@dataclass(frozen=True)
class RealText:
    """A real document, as far as others are made from it.

    Attributes:
        title: one line.
        field: of a procedure; None for all else.
        sections: heading path and text of each.
    """

    title: str
    field: str | None
    sections: tuple[tuple[tuple[str, ...], str], ...]


def read_pool(shared: Path, places: Places, kept: Path) -> list[RealText]:
    """Return the real texts; reading them takes a minute, so they are kept in a file.

    Args:
        shared: folder of the corpora.
        places: what metadata is read with.
        kept: folder of that file.

    Raises:
        EvaluationError: a corpus cannot be read.
    """
    file = kept / "pool.json.gz"
    if not file.is_file():
        rows = [
            [text.title, text.field, text.sections]
            for text in (*_documents(shared, places), *_laws(shared))
        ]
        file.write_bytes(gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), 1))
    return [
        RealText(title, field, tuple((tuple(heading), text) for heading, text in sections))
        for title, field, sections in json.loads(gzip.decompress(file.read_bytes()))
    ]


def _documents(shared: Path, places: Places) -> Iterator[RealText]:
    for name in CORPUS:
        try:
            result = read_file(shared / name, LARGEST)
        except Exception as error:
            raise EvaluationError(f"Không đọc được {shared / name}: {error}") from error
        for raw in result.documents:
            text, sections = assemble(raw)
            metadata = read_metadata(raw, text, places)
            field = metadata.field or "" if metadata.code else None
            yield RealText(read_title(raw, text), field, _cut(text, sections))


def _laws(shared: Path) -> Iterator[RealText]:
    rows = read_lines(shared / LAWS)
    for law, articles in groupby(rows, key=lambda row: str(row["law_no"])):
        held = list(articles)
        for begin in range(0, len(held), ARTICLES):
            part = held[begin : begin + ARTICLES]
            lines = [line for row in part for line in _article(row)]
            raw = RawDocument(law, "", tuple(Block(line) for line in lines))
            text, sections = assemble(raw)
            first = str(part[0]["title"]).rpartition(" - ")[2]
            title = f"{part[0]['law_name']} số {law.upper()}, từ {first}"
            yield RealText(title, None, _cut(text, sections))


def _article(row: dict[str, Any]) -> list[str]:
    heading, *lines = [line.strip() for line in str(row["text"]).split("\n") if line.strip()]
    return [f"Điều {row['article']}. {heading}", *lines]


def _cut(text: str, sections: Iterable[Section]) -> tuple[tuple[tuple[str, ...], str], ...]:
    return tuple((s.heading, text[s.start : s.end]) for s in sections)
