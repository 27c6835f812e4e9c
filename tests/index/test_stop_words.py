"""Stop words: sought beside the words that count, and never on their own."""

from __future__ import annotations

import numpy as np
import pytest

from config.words import load_words
from index.analyzer import Analyzer
from index.postings import lexical_index
from index.syllables import SyllableModel
from index.understanding import Understanding
from knowledge.places import Places


@pytest.fixture(scope="module")
def understanding(places: Places) -> Understanding:
    return Understanding(load_words(), places, Analyzer({}), SyllableModel.load())


def test_of_two_texts_on_the_same_the_one_that_is_worded_alike_comes_first(
    understanding: Understanding,
) -> None:
    texts = ["người được giám hộ và nghĩa vụ", "nghĩa vụ của người giám hộ", "lệ phí môn bài"]
    index = lexical_index(map(Analyzer({}).terms, texts))
    question = understanding.read("nghĩa vụ của người giám hộ là gì?")
    scores = index.scores(question.terms, question.term_weights)
    assert scores.argmax() == 1
    # What is asked about is the same in both: the stop words have decided.
    shares = index.matched(
        question.terms[~question.is_pair], question.content_weights[~question.is_pair]
    )
    assert shares[0] == shares[1] > 0


def test_a_stop_word_counts_less_than_any_word_that_says_something(
    understanding: Understanding,
) -> None:
    question = understanding.read("nghĩa vụ của người giám hộ")
    assert question.is_stop.any()
    assert question.term_weights[question.is_stop].max() < question.content_weights.max()
    assert not question.content_weights[question.is_stop].any()


def test_nothing_but_stop_words_looks_for_nothing(understanding: Understanding) -> None:
    assert not len(understanding.read("là gì vậy ạ").terms)
    assert not np.any(understanding.read("cho em hỏi với ạ").term_weights)
