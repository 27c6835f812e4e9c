"""Taking documents apart: the same terms as one by one, fresh after a change, bounded."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysed import AnalysedDocument, AnalysedDocuments
from index.analyzer import Analyzer, with_pairs
from knowledge.document import Document, Metadata, Section

ANALYZER = Analyzer({"CCHC": ["cải cách hành chính"]})
TEXTS = st.lists(st.text("aăđ CHờ\u0301\u200b.,1-", max_size=30), max_size=5)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_terms_of_several_texts_are_those_of_each(texts: list[str]) -> None:
    texts.append("kế hoạch CCHC năm 2024")
    terms, owners = with_pairs(*ANALYZER.words_of_each(texts))
    for i, text in enumerate(texts):
        assert sorted(terms[owners == i].tolist()) == sorted(ANALYZER.terms(text).tolist())


def _analysed(name: str, text: str) -> AnalysedDocument:
    document = Document(name, "Tên", text, (Section((), 0, len(text)),), Metadata(), name)
    return AnalysedDocument(document, ANALYZER)


def test_a_document_is_read_again_when_the_store_has_changed() -> None:
    analysed = AnalysedDocuments()
    texts = ["Câu cũ.", "Câu mới."]
    for version, text in enumerate(texts):
        found = analysed.get(version, "a", lambda name, text=text: _analysed(name, text))
        assert found.document.text == text
    again = analysed.get(1, "a", lambda name: _analysed(name, "?"))
    assert again.document.text == "Câu mới."


def test_no_more_documents_are_kept_than_allowed() -> None:
    read: list[str] = []

    def reading(name: str) -> AnalysedDocument:
        read.append(name)
        return _analysed(name, "Câu.")

    analysed = AnalysedDocuments(kept=2)
    for name in "abcaba":
        analysed.get(1, name, reading)
    assert read == ["a", "b", "c", "a", "b"]
