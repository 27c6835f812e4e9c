"""Metadata comes back as it was written down."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import serialise
from knowledge.document import Metadata, Period
from tests.made import vietnamese

some_text = st.none() | vietnamese.filter(bool) | st.text(st.characters(codec="utf-8"), min_size=1)
some_day = st.none() | st.dates()
some_texts = st.lists(vietnamese, max_size=3).map(tuple)
metadata = st.builds(
    Metadata,
    number=some_text,
    kind=some_text,
    issuer=some_text,
    place=some_text,
    issued_on=some_day,
    period=st.none() | st.builds(Period, st.integers(1900, 2100), st.integers(1900, 2100)),
    effective_from=some_day,
    effective_to=some_day,
    replaces=some_texts,
    replaced_by=some_text,
    url=some_text,
    summarises=some_texts,
    code=some_text,
    field=some_text,
    level=some_text,
)


@given(metadata)
def test_what_is_dumped_is_loaded(known: Metadata) -> None:
    assert serialise.load(serialise.dump(known)) == known


@given(metadata, metadata)
def test_changes_lead_from_one_to_the_other(before: Metadata, after: Metadata) -> None:
    changed = serialise.changes(before, after)
    assert serialise.load(serialise.dump(before), changed) == after


@given(metadata)
def test_nothing_changed_is_nothing(known: Metadata) -> None:
    assert json.loads(serialise.changes(known, known)) == {}


@given(metadata, metadata, metadata)
def test_changes_hold_over_a_new_version(old: Metadata, corrected: Metadata, new: Metadata) -> None:
    changed = serialise.changes(old, corrected)
    merged = serialise.load(serialise.dump(new), changed)
    for name in vars(merged):
        source = corrected if name in json.loads(changed) else new
        assert getattr(merged, name) == getattr(source, name)


def test_unknown_fields_take_no_room() -> None:
    assert serialise.dump(Metadata()) == "{}"
    assert serialise.load("{}") == Metadata()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2023, 6, 1), "2023-06-01"),
        (Period(2021, 2025), [2021, 2025]),
        (("16-NQ/TU",), ["16-NQ/TU"]),
        ("Quảng Nam", "Quảng Nam"),
        (None, None),
    ],
)
def test_values_are_plain_json(value: object, expected: object) -> None:
    assert serialise.plain(value) == expected
