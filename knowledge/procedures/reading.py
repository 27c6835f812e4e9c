"""A stored procedure's facts, read from the fields of its text."""

from __future__ import annotations

import re

from knowledge.document import Document
from knowledge.procedures.basis import read_basis
from knowledge.procedures.facts import Procedure, Span
from knowledge.procedures.modes import read_modes
from knowledge.procedures.papers import read_papers

VERSION = 1  # of the reading; rows read by another are read again

_MODES, _PAPERS, _STEPS = "Cách thức thực hiện", "Thành phần hồ sơ", "Trình tự thực hiện"
_BASIS, _RESULT = "Căn cứ pháp lý", "Kết quả thực hiện"
_AUTHORITIES = ("Cơ quan thực hiện", "Cơ quan có thẩm quyền")
NEAREST_LEVEL = "Cấp xã"
_FIRST_LINE = re.compile(r"[^\n]+")


def read_facts(document: Document) -> Procedure | None:
    """Return the facts of a procedure; None for a document that is none."""
    metadata, text = document.metadata, document.text
    if not metadata.code:
        return None
    fields = _Fields(document)
    return Procedure(
        metadata.code,
        document.title,
        metadata.field,
        metadata.level,
        read_modes(text, fields.span(_MODES), fields.words(_STEPS)),
        read_papers(text, fields.span(_PAPERS), fields.cases(_PAPERS)),
        next((found for name in _AUTHORITIES if (found := fields.first_line(name))), None),
        fields.first_line(_RESULT),
        read_basis(fields.words(_BASIS)),
        metadata.url,
        metadata.number,
        metadata.place,
        document.id,
        bool(metadata.summarises),
    )


class _Fields:
    """The fields of one procedure: each is the run of sections under its heading."""

    def __init__(self, document: Document) -> None:
        self._document = document

    def span(self, name: str) -> Span:
        """Return where a field stands without its heading; an empty span where it is missing."""
        sections = [s for s in self._document.sections if s.heading[:1] == (name,)]
        if not sections:
            return 0, 0
        start, end = sections[0].start, sections[-1].end
        if self._document.text.startswith(name, start):
            start += len(name)
        return start, end

    def words(self, name: str) -> str:
        """Return the words of a field."""
        start, end = self.span(name)
        return self._document.text[start:end]

    def first_line(self, name: str) -> str | None:
        """Return the first line of a field."""
        found = _FIRST_LINE.search(self.words(name))
        return found[0] if found else None

    def cases(self, name: str) -> set[str]:
        """Return the headings below a field's own."""
        found = (s.heading[1:] for s in self._document.sections if s.heading[:1] == (name,))
        return {heading for path in found for heading in path}
