"""A document's canonical text and its sections, cut along its own structure.

blocks -> lines (with markers) -> outline (pieces under headings) -> sections
"""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from knowledge.document import RawDocument, Section
from knowledge.structure.grouping import sections_of
from knowledge.structure.lines import lines_of
from knowledge.structure.outline import Outline


def assemble(raw: RawDocument) -> tuple[str, tuple[Section, ...]]:
    """Lay a document out as one text and find its sections.

    Headings come from the markup where there is any, and else from Phần, Chương, Mục, Điều,
    Phụ lục, numbers, letters, signs, capitals and lines that introduce a list. A section holds
    its own innermost heading line; headings further out are only in its path.

    Args:
        raw: what a reader found.

    Returns:
        The text (NFC, blocks joined by "\\n") and the sections: in order, not overlapping, together
        holding all that is no heading.
    """
    blocks = [
        replace(block, text=text)
        for block in raw.blocks
        if (text := unicodedata.normalize("NFC", " ".join(block.text.split())))
    ]
    text = "\n".join(block.text for block in blocks)
    outline = Outline(lines_of(blocks), raw.title)
    return text, sections_of(text, outline.pieces())
