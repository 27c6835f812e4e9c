"""Reports on parts: what subtracting one from another leaves over is never a small group."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.ratings.reports.figures import NONE, Figures, total
from bot.ratings.reports.narrowing import may_be_shown
from bot.ratings.reports.scope import Scope
from bot.ratings.subjects import Office, Service, Subject

DAY = date(2026, 5, 4)
SUBJECTS = {
    number: Subject(Office(office, office.upper()), Service(service, service, field))
    for number, (office, service, field) in enumerate(
        (office, service, field)
        for office in ("a", "b", "c")
        for service, field in (("s1", "f"), ("s2", "f"), ("s3", "g"))
    )
}
VALUES = {"office": "abc", "field": "fg", "service": ("s1", "s2", "s3"), "channel": ("web", "zalo")}
cells = st.dictionaries(
    st.tuples(st.sampled_from(sorted(SUBJECTS)), st.sampled_from(VALUES["channel"])),
    st.integers(1, 12).map(lambda many: Figures.of(Counter({4: many}))),
)
scopes = st.fixed_dictionaries(
    {name: st.none() | st.sampled_from(values) for name, values in VALUES.items()}
)


def figures(found: dict[tuple[int, str], Figures], scope: Scope) -> Figures:
    numbers = scope.numbers(SUBJECTS)
    return total(
        one
        for (number, channel), one in found.items()
        if (numbers is None or number in numbers) and scope.channel in (None, channel)
    )


@settings(max_examples=200)
@given(cells, scopes, st.integers(2, 6))
def test_the_rest_of_a_wider_report_is_never_small(
    found: dict[tuple[int, str], Figures], filters: dict[str, str | None], least: int
) -> None:
    scope = Scope(DAY, DAY, **filters)  # type: ignore[arg-type]
    if not may_be_shown(found, SUBJECTS, scope, least):
        return
    for left_out in (name for name, value in filters.items() if value is not None):
        wider = Scope(DAY, DAY, **filters | {left_out: None})  # type: ignore[arg-type]
        rest = figures(found, wider).answered - figures(found, scope).answered
        assert rest == 0 or rest >= least or figures(found, scope) == NONE


def test_the_second_of_two_groups_has_no_report_where_the_first_is_small() -> None:
    found = {(0, "web"): Figures.of({4: 40}), (3, "web"): Figures.of({1: 3})}
    for office in ("a", "b"):
        assert not may_be_shown(found, SUBJECTS, Scope(DAY, DAY, office=office), 5)
    assert may_be_shown(found, SUBJECTS, Scope(DAY, DAY), 5)
    found[6, "web"] = Figures.of({4: 9})
    assert may_be_shown(found, SUBJECTS, Scope(DAY, DAY, office="a"), 5)
    assert not may_be_shown(found, SUBJECTS, Scope(DAY, DAY, office="c"), 5), "it hides b"
