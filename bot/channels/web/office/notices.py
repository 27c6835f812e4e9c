"""Notices: writing one, seeing how many get it, sending it, stopping it."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.desk.drafts import Draft, Writing
from bot.notices import Notice, State
from bot.roles import Role
from bot.steps.notices import LONGEST, as_sent

PATH = "thong-bao"
SHOWN = 20


@dataclass(frozen=True)
class Written:
    """A notice as it is written: its text, and the place whose people get it, "" for everybody."""

    text: str = ""
    place: str = ""


async def _show(visit: Visit, written: Written | None = None, problem: str = "") -> Response:
    notices = await visit.work(lambda one: one.desk.notices.recent(SHOWN))
    return visit.render(
        "thong-bao.html",
        422 if problem else 200,
        written=written or Written(),
        problem=problem,
        notices=notices,
        places=_places(visit),
        running=State.WAITING,
        longest=LONGEST,
    )


def _places(visit: Visit) -> list[str]:
    """Return the provinces and cities that people can have chosen, those of today first."""
    places = visit.frame.service.places
    named = [name for name in places.names() if places.resolve(name) == name]
    return sorted(named, key=lambda name: (places.current_of(name) not in (None, name), name))


async def _act(visit: Visit) -> Response:
    steps = {"look": _look, "write": _write_on, "send": _send, "stop": _stop}
    step = steps.get(visit.text("step"))
    return visit.refuse(visit.t["gone"], 400) if step is None else await step(visit)


def _written(visit: Visit) -> Written:
    place = visit.text("place", 100)
    return Written(visit.text("text"), place if place in _places(visit) else "")


async def _write_on(visit: Visit) -> Response:
    return await _show(visit, _written(visit))


async def _look(visit: Visit) -> Response:
    """Show what people will read and how many they are; what is shown is what will be sent."""
    written, user = _written(visit), visit.user
    if not written.text:
        return await _show(visit, written, visit.t["empty"])
    if len(written.text) > LONGEST:
        return await _show(visit, written, visit.t["too_long"])
    count = await visit.work(_kept, user, written)
    said = as_sent(written.text, visit.frame.service.texts.notices)
    return visit.render("gui-thong-bao.html", written=written, said=said, count=count)


def _kept(application: Application, user: str, written: Written) -> int:
    draft = Draft(Writing.NOTICE_SEEN, 0, f"{written.place}\n{written.text}")
    application.desk.drafts.keep(user, draft)
    return application.desk.notices.readers(written.place or None)


async def _send(visit: Visit) -> Response:
    notice = await visit.work(_sent, visit.user, visit.person.name, _written(visit))
    if notice is None:
        return await visit.go(PATH, visit.t["gone"])
    return await visit.go(PATH, visit.t["sending"].format(count=notice.count))


def _sent(application: Application, user: str, actor: str, written: Written) -> Notice | None:
    """Send the notice that was looked at; sent twice it goes out once."""
    desk = application.desk
    draft = desk.drafts.of(user)
    if draft is None or draft.kind is not Writing.NOTICE_SEEN:
        return None
    if draft.text != f"{written.place}\n{written.text}":
        return None
    with application.store.db.atomic():
        desk.drafts.drop(user)
        text = as_sent(written.text, application.texts.notices)
        return desk.notices.send(text, written.place or None, actor)


async def _stop(visit: Visit) -> Response:
    actor, number = visit.person.name, visit.number("notice")
    try:
        notice = await visit.work(lambda one: one.desk.notices.stop(number, actor))
    except KeyError:
        return await visit.go(PATH, visit.t["gone"])
    said = visit.t["stopped"].format(sent=notice.sent, count=notice.count)
    return await visit.go(PATH, said)


PAGES = (Page(PATH, "notices", _show, _act, Role.ADMINISTRATOR, "notices"),)
