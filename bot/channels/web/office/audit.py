"""The audit list: who changed what and when; undoing what can be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from bot.application import Application
from bot.audit import Action, Change, Wanted
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Person, Visit
from bot.clock import stamp
from bot.keeping.talk import detail_of
from bot.keeping.undo import UndoError
from bot.roles import Role
from config.office import VIETNAM
from config.office_pages import Words

PATH = "so-thay-doi"
SHOWN = 50  # changes on a page
NARROWING = ("action", "actor", "subject", "from", "to")  # what narrows them, by its field


@dataclass(frozen=True)
class Found:
    """Changes, the numbers of those that can be undone, and everybody who made any."""

    changes: list[Change]
    undoable: frozenset[int]
    actors: list[str]


async def _show(visit: Visit) -> Response:
    wanted, problem = _wanted(visit)
    found = await visit.work(_found, wanted, visit.person)
    changes = found.changes
    more = len(changes) > SHOWN
    labels = visit.frame.service.texts.audit
    return visit.render(
        "so-thay-doi.html",
        422 if problem else 200,
        problem=problem,
        changes=changes[:SHOWN],
        undoable=found.undoable,
        actors=found.actors,
        label=labels.label,
        detail=lambda change: detail_of(change, visit.frame.service.texts),
        actions=sorted(((one.value, labels.label(one)) for one in Action), key=lambda c: c[1]),
        asked={name: visit.asked(name) for name in NARROWING},
        further=_further(visit, changes[SHOWN - 1].id) if more else "",
    )


def _wanted(visit: Visit) -> tuple[Wanted, str]:
    """Return what is looked for, and what is wrong with it."""
    before = visit.asked("before")
    wanted = Wanted(
        visit.asked("action"),
        visit.asked("actor"),
        visit.asked("subject").strip(),
        before=int(before) if before.isascii() and before.isdigit() and len(before) < 16 else 0,
    )
    try:
        since, until = _begin(visit.asked("from")), _begin(visit.asked("to"), 1)
    except ValueError:
        return wanted, visit.t["bad_day"]
    return replace(wanted, since=since, until=until), ""


def _begin(day: str, later: int = 0) -> str:
    """Return when a Vietnamese day begins, as times are stored; "" for none."""
    if not day:
        return ""
    begin = date.fromisoformat(day) + timedelta(days=later)
    return stamp(datetime.combine(begin, time(), VIETNAM))


def _found(application: Application, wanted: Wanted, person: Person) -> Found:
    audit, undoing = application.desk.audit, application.changes.undoing
    changes = audit.changes(SHOWN + 1, wanted=wanted)
    undoable = {
        one.id
        for one in changes[:SHOWN]
        if undoing.may(one.id, administrator=person.may(Role.ADMINISTRATOR))
        and undoing.obstacle(one.id) is None
    }
    return Found(changes, frozenset(undoable), audit.actors())


async def _undo(visit: Visit) -> Response:
    number = visit.number("change")
    try:
        sentence = await visit.work(_undone, number, visit.person, visit.t)
    except UndoError as error:
        texts = visit.frame.service.texts.changes
        sentence = texts.undo(error.obstacle.value, error.other)
    return await visit.go(PATH, sentence)


def _undone(application: Application, number: int, person: Person, words: Words) -> str:
    administrator = person.may(Role.ADMINISTRATOR)
    if not application.changes.undoing.may(number, administrator=administrator):
        return words["not_yours"]
    done = application.changes.undo(number, person.name)
    return words["undone"].format(number=number, again=done.id)


def _further(visit: Visit, before: int) -> str:
    asked = {name: visit.asked(name) for name in NARROWING}
    return urlencode({**{name: said for name, said in asked.items() if said}, "before": before})


PAGES = (Page(PATH, "audit", _show, _undo, role=Role.KEEPER, menu="audit"),)
