"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.document import RawDocument


@dataclass(frozen=True)
class ReadResult:
    """The documents of a file, and what of it was left aside.

    Attributes:
        documents: in file order. Only files of records hold more than one.
        rejected: for each record that was refused, where it stands ("tthc.jsonl dòng 17") and why.
    """

    documents: list[RawDocument]
    rejected: list[tuple[str, str]]
