"""Answers are judged as the question sets say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from index.evaluation.answers import LEAST_INSIDE, evaluate, holds, judge, summarise
from tests.made import vietnamese

GOLD = "thuộc nhóm 20 tỉnh, thành phố đứng đầu cả nước"


def reply(
    status: str = "answered",
    quotes: tuple[str, ...] = (),
    codes: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
) -> dict[str, Any]:
    return {
        "status": status,
        "quotes": [{"text": text} for text in quotes],
        "facts": [{"kind": "target"}, *({"kind": "procedure", "code": code} for code in codes)],
        "choices": [{"id": "1", "label": "khác"}, *({"id": "2", "code": c} for c in choices)],
    }


@pytest.mark.parametrize(
    ("quote", "held"),
    [
        (f"Chỉ số PAPI {GOLD}.", True),
        (f"CHỈ SỐ PAPI\n  {GOLD.upper()}", True),
        (GOLD[:LEAST_INSIDE], True),
        (GOLD[: LEAST_INSIDE - 3], False),
        ("thuộc nhóm 10 tỉnh", False),
        ("", False),
    ],
)
def test_a_hit_holds_the_gold_or_lies_in_it_and_is_long_enough(quote: str, held: bool) -> None:
    assert holds(quote, [GOLD]) is held
    assert holds(quote, []) is False


@given(vietnamese, vietnamese, vietnamese)
def test_a_quote_around_the_gold_is_a_hit(before: str, gold: str, after: str) -> None:
    assert holds(f"{before} {gold} {after}", ["không có trong đoạn này", gold])


def test_code_and_field_are_right_together_or_not_at_all() -> None:
    row = {"codes": ["1.000001"], "gold": [GOLD], "field": "co_quan_thuc_hien"}
    there, elsewhere = ("Cơ quan thực hiện › Cấp xã", "Trình tự thực hiện")

    def figure(quote: str, heading: str, code: str) -> float | None:
        answer = reply(quotes=(quote,), codes=(code,))
        answer["quotes"][0]["heading"] = heading
        value: float | None = summarise([judge(row, answer, 1.0)])["overall"]["code_and_field"]
        return value

    assert figure("Công an cấp xã", there, "1.000001") == 1.0
    assert figure(GOLD, elsewhere, "1.000001") == 1.0
    assert figure("Công an cấp xã", elsewhere, "1.000001") == 0.0
    assert figure(GOLD, there, "1.000002") == 0.0


def test_the_first_quote_and_any_quote_are_told_apart() -> None:
    row = {"gold": [GOLD]}
    judged = judge(row, reply(quotes=("khác hẳn", GOLD)), 1.0)
    assert (judged.first_hit, judged.any_hit) == (False, True)
    judged = judge(row, reply(quotes=(GOLD, "khác")), 1.0)
    assert (judged.first_hit, judged.any_hit) == (True, True)
    judged = judge(row, reply("no_answer"), 1.0)
    assert (judged.first_hit, judged.any_hit, judged.silent) == (False, False, True)


@pytest.mark.parametrize(
    ("codes", "choices", "first", "near"),
    [
        (("1.1", "1.2"), (), True, True),
        (("1.2", "1.2", "1.3", "1.1"), (), False, True),
        (("1.2", "1.3", "1.4", "1.1"), (), False, False),
        (("1.2",), ("1.1",), False, True),
        ((), ("1.5",), False, False),
    ],
)
def test_a_procedure_counts_first_among_three_or_as_a_choice(
    codes: tuple[str, ...], choices: tuple[str, ...], first: bool, near: bool
) -> None:
    judged = judge({"codes": ["1.1", "1.9"]}, reply(codes=codes, choices=choices), 1.0)
    assert (judged.code_first, judged.code_near) == (first, near)


def test_asking_back_is_neither_an_answer_nor_silence() -> None:
    judged = judge({"gold": [GOLD]}, reply("clarify"), 1.0)
    assert not judged.answered
    assert not judged.silent


ROWS: list[tuple[dict[str, Any], dict[str, Any], float]] = [
    ({"style": "formal", "gold": [GOLD]}, reply(quotes=(GOLD,)), 10.0),
    ({"style": "formal", "gold": [GOLD]}, reply(quotes=("sai", GOLD)), 20.0),
    ({"style": "bare", "gold": [GOLD], "codes": ["1.1"]}, reply("no_answer"), 30.0),
    ({"style": "bare", "gold": [GOLD], "codes": ["1.1"]}, reply(codes=("1.1",)), 40.0),
    ({"answerable": False}, reply(quotes=("bịa",)), 50.0),
    ({"answerable": False, "style": None}, reply("no_answer"), 60.0),
]


def test_figures_are_shares_of_the_questions_they_are_about() -> None:
    answers = iter(ROWS)
    judgements = evaluate([row for row, _, _ in ROWS], lambda row: next(answers)[1:])
    found = summarise(judgements)
    overall = found["overall"]
    assert (overall["questions"], overall["answerable"], overall["unanswerable"]) == (6, 4, 2)
    assert overall["answered"] == 0.75
    assert overall["no_answer"] == 0.25
    assert overall["first_quote"] == 0.25
    assert overall["any_quote"] == 0.5
    assert overall["code_first"] == overall["code_in_three_or_choices"] == 0.5
    assert overall["unanswerable_answered"] == 0.5
    assert overall["p50_ms"] == 35.0
    assert sorted(found["styles"]) == ["bare", "formal", "none"]
    assert found["styles"]["formal"]["first_quote"] == 0.5
    assert found["styles"]["formal"]["code_first"] is None
    assert found["styles"]["none"]["answered"] is None
