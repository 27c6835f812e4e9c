"""Sentences kept with the index: what is read back is what was found, section by section."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysed import AnalysedDocument, AnalysedSection, sentences_of
from index.analyzer import Analyzer
from index.sentences import SentenceTable
from knowledge.document import Document, Metadata, Section

ANALYZER = Analyzer({"CCHC": ["cải cách hành chính"]})
LINES = st.lists(st.text("aăđ CHờ\u0301.;1- ", max_size=30), max_size=4)


def document(parts: list[list[str]]) -> Document:
    """Return a document with a section for each part."""
    text, sections = "", []
    for number, lines in enumerate(parts):
        body = "\n".join([f"Mục {number}", *lines, "Đẩy mạnh CCHC năm 2024."])
        sections.append(Section((f"Mục {number}",), len(text), len(text) + len(body)))
        text += f"{body}\n"
    return Document("a", "Tên", text, tuple(sections), Metadata(), "a")


def fields(section: AnalysedSection) -> list[object]:
    sentences = section.sentences
    arrays = (sentences.spans, sentences.counts, sentences.words, section.above)
    return [section.spans, *(array.tolist() for array in arrays)]


@settings(max_examples=40, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=4))
def test_a_section_is_the_same_from_the_table_as_taken_apart(parts: list[list[str]]) -> None:
    known = document(parts)
    found = [sentences_of(known, section, ANALYZER) for section in known.sections]
    with TemporaryDirectory() as folder:
        SentenceTable.of(found).save(Path(folder) / "sentences")
        table = SentenceTable.load(Path(folder) / "sentences")
        assert len(table) == len(parts)
        kept = AnalysedDocument(known, ANALYZER, table.section)
        anew = AnalysedDocument(known, ANALYZER)
        for position in range(len(parts)):
            assert fields(kept.section(position)) == fields(anew.section(position))
            assert kept.section(position).sentences.words.dtype == np.uint32


def test_a_table_of_nothing_is_read_back(tmp_path: Path) -> None:
    SentenceTable.of([]).save(tmp_path / "sentences")
    assert len(SentenceTable.load(tmp_path / "sentences")) == 0
