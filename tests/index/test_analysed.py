"""Taking documents apart gives the same terms as one by one."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analyzer import Analyzer, with_pairs

ANALYZER = Analyzer({"CCHC": ["cải cách hành chính"]})
TEXTS = st.lists(st.text("aăđ CHờ\u0301\u200b.,1-", max_size=30), max_size=5)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_terms_of_several_texts_are_those_of_each(texts: list[str]) -> None:
    texts.append("kế hoạch CCHC năm 2024")
    terms, owners = with_pairs(*ANALYZER.words_of_each(texts))
    for i, text in enumerate(texts):
        assert sorted(terms[owners == i].tolist()) == sorted(ANALYZER.terms(text).tolist())
