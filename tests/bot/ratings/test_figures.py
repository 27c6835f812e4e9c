"""The figures against a plain recomputation and against statsmodels; small groups stay hidden."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from bot.ratings.reports.comparison import Verdict, judge
from bot.ratings.reports.figures import Figures, total, wilson
from bot.ratings.reports.hiding import rows_of, without_small, without_small_points
from bot.ratings.reports.scope import Scope, Unit

LEVELS = st.lists(st.integers(1, 5), max_size=200)


@given(st.integers(1, 10**7), st.data())
def test_intervals_agree_with_statsmodels(trials: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, trials))
    low, high = proportion_confint(successes, trials, alpha=0.05, method="wilson")
    own = wilson(successes, trials)
    assert own[0] == pytest.approx(max(low, 0.0), abs=1e-9)
    assert own[1] == pytest.approx(min(high, 1.0), abs=1e-9)
    assert own[0] <= successes / trials <= own[1]


@given(LEVELS)
def test_figures_are_what_counting_by_hand_gives(levels: list[int]) -> None:
    figures = Figures.of(Counter(levels))
    assert figures.answered == len(levels)
    assert figures.counts == tuple(levels.count(level) for level in range(1, 6))
    assert figures.satisfied == sum(1 for level in levels if level >= 4)
    if levels:
        assert figures.mean == pytest.approx(sum(levels) / len(levels))
        assert figures.share == pytest.approx(figures.satisfied / len(levels))


def test_no_ratings_say_nothing() -> None:
    assert Figures.of({}).interval == (0.0, 1.0)
    assert Figures.of({}).share == 0.0


GROUPS = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), LEVELS, max_size=8)


@given(GROUPS, st.integers(2, 10))
def test_small_groups_cannot_be_told_from_what_is_shown(
    groups: dict[str, list[int]], least: int
) -> None:
    figures = {name: Figures.of(Counter(levels)) for name, levels in groups.items()}
    everything = total(figures.values())
    rows = without_small(figures, least)
    assert all(row.figures.answered >= least for row in rows)
    hidden = [one for name, one in figures.items() if name not in {row.name for row in rows}]
    hidden = [one for one in hidden if one.answered]
    rest = [row for row in rows if not row.name]
    if rest:
        assert total(row.figures for row in rows) == everything
        assert (len(rest), rest[0].groups) == (1, len(hidden))
    if rows and hidden:
        assert len(hidden) >= 2, "one alone would follow from the total"
        assert total(hidden).answered >= least


SERVICES = st.dictionaries(st.tuples(st.sampled_from("ABCD"), st.sampled_from("1234")), LEVELS)


@given(SERVICES, st.integers(2, 10))
def test_small_services_cannot_be_told_from_their_fields(
    given_: dict[tuple[str, str], list[int]], least: int
) -> None:
    services = {name: Figures.of(Counter(levels)) for name, levels in given_.items()}
    fields = {
        field: total(one for (its, _), one in services.items() if its == field) for field in "ABCD"
    }
    shown_fields = {name for name, _ in rows_of(fields, least) if name is not None}
    parts = [[one for one in services if one[0] == field] for field in shown_fields]
    parts.append([one for one in services if one[0] not in shown_fields])
    shown = {name for name, _ in rows_of(services, least, parts) if name is not None}
    assert all(services[name].answered >= least for name in shown)
    for part in parts:
        # What subtracting the services that are shown from a total leaves over.
        left = [services[one] for one in part if one not in shown and services[one].answered]
        assert not left or (len(left) > 1 and total(left).answered >= least) or not shown_fields


@given(st.lists(LEVELS, max_size=15), st.integers(2, 10))
def test_hidden_days_do_not_follow_from_their_week_or_month(
    points: list[list[int]], least: int
) -> None:
    figures = [Figures.of(Counter(levels)) for levels in points]
    places = range(len(points))
    parts = [[at for at in places if at // size == part] for size in (3, 5) for part in range(6)]
    shown = without_small_points(figures, least, parts)
    for part in parts:
        left = [figures[at] for at in part if shown[at] is None]
        whole = all(shown[at] is None or not figures[at].answered for at in part)
        assert not left or whole or (len(left) > 1 and total(left).answered >= least)


@given(st.lists(LEVELS, max_size=12), st.integers(2, 10))
def test_points_of_a_trend_are_hidden_likewise(points: list[list[int]], least: int) -> None:
    figures = [Figures.of(Counter(levels)) for levels in points]
    shown = without_small_points(figures, least)
    hidden = [one for one, seen in zip(figures, shown, strict=True) if seen is None]
    assert all(one is None or one.answered == 0 or one.answered >= least for one in shown)
    if hidden and any(one is not None and one.answered for one in shown):
        assert len(hidden) >= 2
        assert total(hidden).answered >= least


@pytest.mark.parametrize(
    ("satisfied", "answered", "percent", "verdict"),
    [
        (95, 100, 80, Verdict.REACHED),
        (60, 100, 80, Verdict.MISSED),
        (5, 5, 90, Verdict.UNSURE),
        (82, 100, 80, Verdict.UNSURE),
        (8200, 10000, 80, Verdict.REACHED),
        (8001, 10000, 80, Verdict.REACHED),
        (8000, 10000, 80, Verdict.REACHED),
        (7999, 10000, 80, Verdict.MISSED),
        (0, 0, 80, Verdict.UNSURE),
    ],
)
def test_a_target_is_reached_missed_or_the_sample_too_small(
    satisfied: int, answered: int, percent: float, verdict: Verdict
) -> None:
    figures = Figures.of({5: satisfied, 1: answered - satisfied})
    assert judge(figures, percent, 3.0) is verdict


@given(st.integers(1, 400), st.integers(0, 400), st.floats(1, 99))
def test_a_verdict_never_speaks_against_the_interval(a: int, b: int, percent: float) -> None:
    figures = Figures.of({5: a, 1: b})
    low, high = (100 * bound for bound in figures.interval)
    verdict = judge(figures, percent, 3.0)
    if percent <= low:
        assert verdict is Verdict.REACHED
    if percent >= high and percent > 100 * figures.share:
        assert verdict is Verdict.MISSED


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(DAYS, st.integers(0, 500), st.sampled_from(Unit))
def test_steps_cover_every_day_once(start: date, length: int, unit: Unit) -> None:
    end = start + timedelta(days=length)
    steps = list(unit.steps(start, end))
    assert steps == sorted(set(steps))
    wanted = {unit.begin(start + timedelta(days=n)) for n in range(length + 1)}
    assert set(steps) == wanted
    assert len(list(Scope(start, end).step.steps(start, end))) <= 32
