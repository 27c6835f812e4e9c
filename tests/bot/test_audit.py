"""The audit list: what narrows it."""

from __future__ import annotations

from sqlite_utils import Database

from bot.audit import Action, Audit, Wanted


def test_all_changes_of_a_document_are_counted_and_no_others_shown() -> None:
    audit = Audit(Database(memory=True))
    for number in range(130):
        audit.note(Action.DOCUMENT_CORRECTED, "vb-1", f"number={number}")
        audit.note(Action.DOCUMENT_CORRECTED, "vb-10")
    assert audit.count("vb-1") == 130
    shown = audit.changes(200, Wanted(subject="vb-1"))
    assert len(shown) == 130
    assert {change.subject for change in shown} == {"vb-1"}


def test_the_highest_number_is_compared_as_a_number() -> None:
    audit = Audit(Database(memory=True))
    assert audit.highest(Action.ROLE_TAKEN) == 0
    for number in (9, 10, 2):
        audit.note(Action.ROLE_TAKEN, number)
    audit.note(Action.ROLE_WITHDRAWN, 99)
    assert audit.highest(Action.ROLE_TAKEN) == 10
