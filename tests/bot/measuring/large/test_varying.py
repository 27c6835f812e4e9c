"""Made documents: as many as wanted, always the same, never twice the same, like the real ones."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest

from bot.measuring.large.pool import RealText, read_pool
from bot.measuring.large.steps import province_names
from bot.measuring.large.varying import Varied
from index.text import syllables
from knowledge.document import Document
from knowledge.places import Places


@pytest.fixture(scope="module")
def pool(shared: Path, places: Places, tmp_path_factory: pytest.TempPathFactory) -> list[RealText]:
    return read_pool(shared, places, tmp_path_factory.mktemp("kept"))


def made(pool: list[RealText], sections: int) -> list[Document]:
    return list(Varied(pool, province_names()).documents(sections))


def test_the_pool_holds_procedures_texts_and_articles(pool: list[RealText]) -> None:
    assert sum(text.field is not None for text in pool) == 6
    assert any("Luật trồng cây" in text.title for text in pool)
    assert any(text.title == "Kế hoạch trồng cây" for text in pool)


def test_a_pool_that_is_kept_is_the_same(
    pool: list[RealText], shared: Path, places: Places, tmp_path: Path
) -> None:
    assert read_pool(shared, places, tmp_path) == read_pool(Path(), places, tmp_path) == pool


def test_there_are_as_many_sections_as_wanted_and_always_the_same(pool: list[RealText]) -> None:
    documents = made(pool, 300)
    assert 300 <= sum(len(d.sections) for d in documents) < 310
    assert documents == made(pool, 400)[: len(documents)]
    assert [d.id for d in documents] == sorted({d.id for d in documents})


def test_the_real_texts_come_first_and_as_they_are(pool: list[RealText]) -> None:
    titles = {d.title for d in made(pool, 300)}
    assert {text.title for text in pool if text.field is None} <= titles


def test_made_documents_differ_and_their_sections_are_spans(pool: list[RealText]) -> None:
    documents = made(pool, 600)
    for document in documents:
        ends = [0, *(s.end for s in document.sections)]
        assert all(s.start >= end for s, end in zip(document.sections, ends, strict=False))
        assert document.sections[-1].end == len(document.text)
    assert len({d.text for d in documents}) > 0.9 * len(documents)


def test_numbers_grow_in_kind_and_words_stay(pool: list[RealText]) -> None:
    real = set(chain.from_iterable(syllables(t) for text in pool for _, t in text.sections))
    names = set(chain.from_iterable(map(syllables, province_names())))
    few, many = (
        Counter(chain.from_iterable(syllables(d.text) for d in made(pool, size)))
        for size in (300, 900)
    )
    assert {word for word in many if word.isalpha()} <= real | names
    assert sum(word.isdigit() for word in many) > sum(word.isdigit() for word in few)
