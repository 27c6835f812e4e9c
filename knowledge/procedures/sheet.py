"""The sheet of facts of a procedure whose text is not in the store, as a document.

The sheet is the project's own summary: it says so, names its source and the age of the data, and
gives way to the portal's text when that is added.
"""

from __future__ import annotations

from dataclasses import replace

from config.texts import ProcedureWords
from knowledge.document import Document, Metadata, Section
from knowledge.places import NATIONAL
from knowledge.procedures.facts import Mode, Procedure
from knowledge.procedures.modes import cases
from knowledge.procedures.wording import fee_words, time_words
from knowledge.summaries import SOURCES

KIND = "Thủ tục hành chính"


def sheet(facts: Procedure, words: ProcedureWords) -> tuple[Document, Procedure]:
    """Return the sheet of a procedure, and its facts with their places in the sheet.

    Args:
        facts: from the file that ships.
        words: how facts are worded.
    """
    page = _Page()
    page.add("Tên thủ tục", facts.name)
    modes: list[Mode] = []
    lines = [_line(mode, several, words) for mode, several in cases(facts.modes)]
    spans = page.add("Cách thức thực hiện", *lines)
    for mode, span in zip(facts.modes, spans, strict=True):
        modes.append(replace(mode, span=span, head=span))
    if facts.authority:
        page.add("Cơ quan thực hiện", facts.authority)
    if facts.legal_basis:
        page.add("Căn cứ pháp lý", *facts.legal_basis)
    page.add(SOURCES, words.sheet_source.format(code=facts.code))
    metadata = Metadata(
        kind=KIND,
        place=NATIONAL,
        url=facts.url,
        summarises=(words.sheet_of.format(code=facts.code),),
        code=facts.code,
        field=facts.field,
        level=facts.level,
    )
    document = Document(
        facts.code,
        facts.name,
        page.text,
        tuple(page.sections),
        metadata,
        words.sheet_source.format(code=facts.code),
    )
    return document, replace(facts, modes=tuple(modes), document=facts.code, summary=True)


class _Page:
    """A text growing field by field."""

    def __init__(self) -> None:
        self.text = ""
        self.sections: list[Section] = []

    def add(self, heading: str, *lines: str) -> list[tuple[int, int]]:
        """Add a field; return where its lines stand. A field without lines is left out."""
        if not lines:
            return []
        self.text += "\n" if self.text else ""
        begin = len(self.text)
        self.text += heading
        spans = []
        for line in lines:
            start = len(self.text) + 1
            self.text += f"\n{line}"
            spans.append((start, len(self.text)))
        self.sections.append(Section((heading,), begin, len(self.text)))
        return spans


def _line(mode: Mode, several: bool, words: ProcedureWords) -> str:
    form = words.row_of_several if several else words.row
    return form.format(mode=mode.mode, time=time_words(mode, words), fee=fee_words(mode.fee, words))
