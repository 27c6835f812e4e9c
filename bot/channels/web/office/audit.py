"""The audit list: who changed what and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from bot.application import Application
from bot.audit import Action, Change, Wanted
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.clock import stamp
from bot.roles import Role
from config.office import VIETNAM

PATH = "so-thay-doi"
SHOWN = 50  # changes on a page


async def _show(visit: Visit) -> Response:
    wanted, problem = _wanted(visit)
    changes, actors = await visit.work(_found, wanted)
    more = len(changes) > SHOWN
    labels = visit.frame.service.texts.audit
    return visit.render(
        "so-thay-doi.html",
        422 if problem else 200,
        problem=problem,
        changes=changes[:SHOWN],
        actors=actors,
        label=labels.label,
        actions=sorted(((one.value, labels.label(one)) for one in Action), key=lambda c: c[1]),
        asked={name: visit.asked(name) for name in ("action", "actor", "from", "to")},
        further=_further(visit, changes[SHOWN - 1].id) if more else "",
    )


def _wanted(visit: Visit) -> tuple[Wanted, str]:
    """Return what is looked for, and what is wrong with it."""
    before = visit.asked("before")
    wanted = Wanted(
        visit.asked("action"),
        visit.asked("actor"),
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


def _found(application: Application, wanted: Wanted) -> tuple[list[Change], list[str]]:
    audit = application.desk.audit
    return audit.changes(SHOWN + 1, wanted=wanted), audit.actors()


def _further(visit: Visit, before: int) -> str:
    asked = {name: visit.asked(name) for name in ("action", "actor", "from", "to")}
    return urlencode({**{name: said for name, said in asked.items() if said}, "before": before})


PAGES = (Page(PATH, "audit", _show, role=Role.KEEPER, menu="audit"),)
