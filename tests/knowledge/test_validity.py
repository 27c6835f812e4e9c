"""Whether a document is in force on a day, and why."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import Metadata, Period
from knowledge.validity import Reason, Validity, standing_on, successors

NOW = date(2026, 11, 22)
PLAN = Metadata(kind="Quyết định", issuer="UBND tỉnh Quảng Nam", period=Period(2021, 2025))
DECREE = Metadata(
    number="61/2018/NĐ-CP",
    kind="Nghị định",
    issuer="Chính phủ",
    issued_on=date(2018, 4, 23),
    effective_from=date(2018, 6, 21),
)
SUCCESSOR = Metadata(
    number="118/2025/NĐ-CP",
    kind="Nghị định",
    effective_from=date(2025, 7, 1),
    replaces=("61/2018/NĐ-CP",),
)


@pytest.mark.parametrize(
    ("metadata", "day", "validity", "reason"),
    [
        (PLAN, NOW, Validity.ENDED, Reason.PERIOD_OVER),
        (PLAN, date(2025, 12, 31), Validity.IN_FORCE, Reason.PERIOD_RUNS),
        (PLAN, date(2020, 12, 31), Validity.UNKNOWN, Reason.NOT_YET),
        (DECREE, NOW, Validity.IN_FORCE, Reason.NO_END_STATED),
        (DECREE, date(2018, 6, 20), Validity.UNKNOWN, Reason.NOT_YET),
        (Metadata(kind="Nghị định"), NOW, Validity.UNKNOWN, Reason.NOTHING_STATED),
        (
            Metadata(kind="Kế hoạch", issued_on=date(2025, 5, 1)),
            NOW,
            Validity.UNKNOWN,
            Reason.NOTHING_STATED,
        ),
        (
            Metadata(kind="Tin", issued_on=date(2026, 1, 1)),
            NOW,
            Validity.UNKNOWN,
            Reason.NO_NORM,
        ),
        (
            Metadata(
                kind="Quyết định", effective_from=date(2024, 1, 1), effective_to=date(2027, 1, 1)
            ),
            NOW,
            Validity.IN_FORCE,
            Reason.STATED_RANGE,
        ),
        (
            Metadata(kind="Luật", issued_on=date(2010, 1, 1), effective_to=date(2015, 6, 30)),
            NOW,
            Validity.ENDED,
            Reason.LAPSED,
        ),
    ],
)
def test_judgement(metadata: Metadata, day: date, validity: Validity, reason: Reason) -> None:
    standing = standing_on(metadata, day)
    assert (standing.validity, standing.reason) == (validity, reason)


def test_an_ended_plan_says_until_when_and_for_which_years() -> None:
    standing = standing_on(PLAN, NOW)
    assert standing.until == date(2025, 12, 31)
    assert standing.period == Period(2021, 2025)


def test_a_plan_issued_before_its_first_year_runs_from_its_issue() -> None:
    plan = Metadata(kind="Kế hoạch", issued_on=date(2025, 12, 26), period=Period(2026, 2026))
    assert standing_on(plan, date(2025, 12, 28)).validity is Validity.IN_FORCE
    assert standing_on(plan, date(2025, 12, 25)).validity is Validity.UNKNOWN


def test_replaced_from_the_day_that_the_successor_counts() -> None:
    found = successors({"a": DECREE, "b": SUCCESSOR})
    number, since = found["61/2018/NĐ-CP"]
    assert (number, since) == ("118/2025/NĐ-CP", date(2025, 7, 1))
    before = standing_on(DECREE, date(2025, 6, 30), number, since)
    after = standing_on(DECREE, date(2025, 7, 1), number, since)
    assert before.validity is Validity.IN_FORCE
    assert after.validity is Validity.REPLACED
    assert after.replaced_by == "118/2025/NĐ-CP"
    assert after.until == date(2025, 6, 30)


def test_the_latest_successor_counts() -> None:
    later = Metadata(number="9/2026/NĐ-CP", issued_on=date(2026, 1, 1), replaces=("61/2018/NĐ-CP",))
    assert successors({"b": SUCCESSOR, "c": later})["61/2018/NĐ-CP"][0] == "9/2026/NĐ-CP"


def test_replaced_wins_over_ended_and_needs_no_date() -> None:
    assert standing_on(PLAN, NOW, "1/NQ-HĐND").validity is Validity.REPLACED


def test_a_district_ended_in_july_2025() -> None:
    district = Metadata(kind="Quyết định", issuer="UBND huyện Hương Sơn", period=Period(2021, 2030))
    before = standing_on(district, date(2025, 6, 30))
    after = standing_on(district, date(2025, 7, 1))
    assert (before.validity, before.issuer_gone) == (Validity.IN_FORCE, False)
    assert (after.validity, after.reason) == (Validity.UNKNOWN, Reason.ISSUER_GONE)
    assert after.issuer_gone


def test_a_district_plan_that_is_over_has_ended_and_lost_its_issuer() -> None:
    plan = Metadata(kind="Kế hoạch", issuer="UBND thị xã Buôn Hồ", period=Period(2023, 2023))
    standing = standing_on(plan, NOW)
    assert standing.validity is Validity.ENDED
    assert standing.issuer_gone


@given(
    st.dates(date(2000, 1, 1), date(2040, 1, 1)),
    st.integers(2005, 2030),
    st.integers(0, 10),
)
def test_a_plan_never_comes_back_once_it_ended(day: date, start: int, years: int) -> None:
    plan = Metadata(kind="Kế hoạch", period=Period(start, start + years))
    ended = standing_on(plan, day).validity is Validity.ENDED
    assert ended == (day > date(start + years, 12, 31))
