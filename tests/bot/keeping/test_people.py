"""Undoing what concerns people: roles, kept answers; and what erasing leaves of it: nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.application import Application
from bot.audit import Action
from bot.keeping.reading import read_sent
from bot.keeping.undo import Obstacle, UndoError
from bot.message import Message
from bot.roles import Role

USER = "telegram:123"
ON = date.today() + timedelta(days=1)
QUESTION = "bao giờ trung tâm mở cửa buổi tối"
ANSWER = "Trung tâm mở cửa thứ ba đến 20 giờ."


def last(application: Application) -> int:
    return application.desk.audit.changes(1)[0].id


def test_a_role_that_was_withdrawn_comes_back_with_its_address(application: Application) -> None:
    roles = application.desk.roles
    _, holder = roles.redeem(USER, f"{roles.grant(Role.OFFICIAL)} Lê Thị An")
    assert holder is not None
    roles.withdraw(holder.id)
    assert not roles.holds(USER, Role.OFFICIAL)
    undone = application.changes.undo(last(application))
    assert roles.of(USER) == [holder]
    assert roles.officials() == [USER]
    application.changes.undo(undone.id)
    assert roles.of(USER) == []


def test_a_role_that_was_given_again_meanwhile_is_not_given_twice(
    application: Application,
) -> None:
    roles = application.desk.roles
    _, holder = roles.redeem(USER, f"{roles.grant(Role.KEEPER)} Lê Thị An")
    assert holder is not None
    roles.withdraw(holder.id)
    withdrawn = last(application)
    roles.redeem(USER, f"{roles.grant(Role.KEEPER)} Lê Thị An")
    with pytest.raises(UndoError):
        application.changes.undo(withdrawn)
    assert len(roles.of(USER)) == 1


def test_an_answer_is_kept_withdrawn_and_shown_again(application: Application) -> None:
    curated = application.desk.curated
    document = "chi-so-par-index"

    def shown() -> bool:
        return ANSWER in application.reply(Message("web:c", QUESTION, ON)).text

    curated.keep(QUESTION, ANSWER, "An", document)
    kept = last(application)
    assert shown()
    curated.withdraw(curated.all()[0].id)
    assert not shown()
    application.changes.undo(last(application))
    assert shown()
    application.changes.undo(kept)
    assert not shown()


def test_who_is_erased_cannot_be_brought_back(application: Application) -> None:
    roles = application.desk.roles
    roles.redeem(USER, f"{roles.grant(Role.KEEPER)} Lê Thị An")
    application.keeping.stage(USER, read_sent("a.txt", "Nuôi ong lấy mật.".encode(), 1000))
    assert {"uploads", "kept_states", "role_holders"} <= set(application.kept_of(USER))
    application.reply(Message(USER, "/xoadulieu co", ON))
    assert application.kept_of(USER) == {}
    with pytest.raises(UndoError) as refused:
        application.changes.undo(last(application))
    assert refused.value.obstacle is Obstacle.FINAL


def test_uploads_that_nobody_confirms_go_after_their_period(application: Application) -> None:
    application.keeping.stage(USER, read_sent("a.txt", "Nuôi ong lấy mật.".encode(), 1000))
    application.enforce_retention()
    assert application.keeping.uploads.waiting(USER)
    db = application.store.db
    with db.atomic():
        db.execute("UPDATE uploads SET at = '2020-01-01T00:00:00+00:00'")
    application.enforce_retention()
    assert application.keeping.uploads.waiting(USER) == []


def test_a_role_that_goes_with_its_holders_data_was_given_up_by_them(
    application: Application,
) -> None:
    roles = application.desk.roles
    roles.redeem(USER, f"{roles.grant(Role.KEEPER)} Lê Thị An")
    application.reply(Message(USER, "/xoadulieu co", ON))
    [change] = application.desk.audit.changes(1)
    assert (change.action, change.actor) == (Action.ROLE_WITHDRAWN, "Lê Thị An")
