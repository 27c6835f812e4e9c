"""What is learnt from: sentences of a fitting length, questions with their passages."""

from __future__ import annotations

from pathlib import Path

from index.training.texts import PASSAGE, SENTENCE, pairs, sentences


def test_sentences_are_distinct_of_fitting_length_and_in_a_fixed_order(shared: Path) -> None:
    found = sentences(shared, 1)
    assert len(found) == len(set(found)) > 100
    assert all(SENTENCE[0] <= len(s) <= SENTENCE[1] for s in found)
    assert found == sentences(shared, 1)
    assert found != sentences(shared, 2)


def test_pairs_come_from_questions_headings_and_procedures(shared: Path) -> None:
    found = pairs(shared, 1)
    questions = {p.question for p in found}
    assert "Đăng ký hộ tịch mất bao lâu?" in questions
    assert "Đăng ký hộ tịch" in questions
    assert any(q.startswith("Đăng ký hộ tịch cho công dân ") for q in questions)
    assert all(len(p.passage) <= PASSAGE for p in found)


def test_a_heading_is_not_repeated_in_what_answers_it(shared: Path) -> None:
    headed = [p for p in pairs(shared, 1) if p.question == "Cấp lại nhà ở"]
    assert headed
    assert not any(p.passage.startswith("Cấp lại nhà ở\n") for p in headed)
