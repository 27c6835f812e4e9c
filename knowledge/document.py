"""Documents as data: what a reader finds, what the store keeps, what the index searches.

    file --reader--> RawDocument(blocks) --structure--> Document(text, sections)

A document has one canonical text. Sections are spans of it, so that whatever is shown as a
quote is a slice of the stored text and never a re-assembly of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class BlockKind(StrEnum):
    """What a reader knows of a block from the file's own markup."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Block:
    """One paragraph, list item, heading or table row of a file, in reading order.

    Attributes:
        text: the words, NFC, white space folded, never empty. The visible number or bullet of
            a list item is part of it ("1. Tăng cường …"), as a reader of the page sees it.
        kind: what the markup says. Plain text gives only paragraphs.
        level: depth of a heading (1 is the highest) or of a list item; 0 where unknown.
    """

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


@dataclass(frozen=True)
class RawDocument:
    """What a reader got out of a file, before its structure and its metadata are read.

    Attributes:
        key: names the document across versions: the file's stem, a procedure's code, a row's id.
        source: where it came from, as a user would name it (file name or address).
        title: the title that the markup states, if any.
        blocks: the content in reading order.
        front_matter: metadata that the file states about itself (`number: 3532/QĐ-UBND`);
            it wins over what is read from the text. Keys are the fields of `Metadata`.
        gaps: parts of the file in which no words were found, "trang 3".
    """

    key: str
    source: str
    blocks: tuple[Block, ...]
    title: str | None = None
    front_matter: Mapping[str, str] = field(default_factory=dict)
    gaps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """Years that a programme or plan runs for, both included; a plan of one year has two equal."""

    start: int
    end: int


@dataclass(frozen=True)
class Metadata:
    """What is known of a document besides its words. Every field may be unknown (None or empty).

    Attributes:
        number: official number as printed, "3532/QĐ-UBND".
        kind: "Nghị quyết", "Quyết định", "Kế hoạch", …, "Thủ tục hành chính".
        issuer: "UBND tỉnh Quảng Nam".
        place: a province as it was called when the document was written ("Quảng Nam"), or
            "Toàn quốc" for national documents.
        issued_on: day of issue.
        period: the years it plans for.
        effective_from, effective_to: stated first and last day in force.
        replaces: numbers of the documents that it says it replaces.
        replaced_by: number of the document that replaced it.
        url: address of the page it came from.
        summarises: numbers of the documents that a bundled page sums up; empty for originals.
        code, field, level: of an administrative procedure: "1.004222", "Đăng ký, quản lý cư trú",
            "Cấp xã".
    """

    number: str | None = None
    kind: str | None = None
    issuer: str | None = None
    place: str | None = None
    issued_on: date | None = None
    period: Period | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None
    url: str | None = None
    summarises: tuple[str, ...] = ()
    code: str | None = None
    field: str | None = None
    level: str | None = None


@dataclass(frozen=True)
class Section:
    """A span of a document's text that belongs together, with the path of headings above it.

    Attributes:
        heading: from the outermost to the innermost heading, without the document's title.
        start, end: character offsets into `Document.text`, `text[start:end]` is the section.
    """

    heading: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True)
class Document:
    """A document as it is stored.

    Attributes:
        id: names it in the store and on the command line; letters, digits, "-" and ".".
        title: one line for people.
        text: the canonical text, NFC, blocks separated by "\\n".
        sections: in reading order, not overlapping.
        metadata: read from the text, corrected by front matter or by an official.
        source: file name or address.
    """

    id: str
    title: str
    text: str
    sections: tuple[Section, ...]
    metadata: Metadata
    source: str
