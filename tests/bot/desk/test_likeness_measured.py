"""How strictly two questions are one, on the questions of the development sets."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from pathlib import Path

import pytest

from bot.desk.likeness import Sameness
from config.office import load_office
from config.words import load_words
from index.analyzer import Analyzer
from index.question import Question
from index.syllables import SyllableModel
from index.text import fold
from index.understanding import Understanding
from knowledge.places import Places

SHARED = Path(os.environ.get("CCHC_SHARED", Path(__file__).parents[4] / "shared"))
SETS = ("policies.dev.jsonl", "procedures.dev.jsonl", "seeds.dev.jsonl")
FOUND = 0.95  # share of questions that are found again typed without marks
POLITE = 0.95

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not (SHARED / "eval").is_dir(), reason="the development sets are not beside the checkout"
    ),
]


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    words = load_words()
    analyzer = Analyzer(words.abbreviations)
    return Understanding(words, Places.load(), analyzer, SyllableModel.load())


@pytest.fixture(scope="module")
def questions(understanding: Understanding) -> list[Question]:
    lines = [
        line
        for name in SETS
        for line in (SHARED / "eval" / name).read_text(encoding="utf-8").splitlines()
    ]
    texts = dict.fromkeys(str(json.loads(line)["question"]) for line in lines if line.strip())
    return [understanding.read(text) for text in texts]


@pytest.fixture(scope="module")
def sameness() -> Sameness:
    return Sameness(load_office().fillers)


def test_no_question_is_taken_for_another(questions: list[Question], sameness: Sameness) -> None:
    alike = defaultdict(list)
    for question in questions:
        alike[sameness.key(question)].append(question.typed)
    assert [group for group in alike.values() if len(group) > 1] == []


def test_questions_without_marks_are_found(
    questions: list[Question], understanding: Understanding, sameness: Sameness
) -> None:
    found = [q for q in questions if sameness.same(q, understanding.read(fold(q.typed)))]
    assert len(found) >= FOUND * len(questions)


def test_polite_questions_are_found(
    questions: list[Question], understanding: Understanding, sameness: Sameness
) -> None:
    def polite(text: str) -> Question:
        return understanding.read(f"Dạ cho em hỏi {text.rstrip('?. ')} vậy ạ?")

    found = [q for q in questions if sameness.same(q, polite(q.typed))]
    assert len(found) >= POLITE * len(questions)
