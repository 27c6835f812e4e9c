"""The officials' queue: what waits, taking a group of questions, answering it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.desk.queue import Group
from bot.offers import label_of
from bot.roles import Role
from bot.steps.list_documents import matching_documents
from bot.steps.queue import DOCUMENTS, LONGEST
from index.text import fold

PATH = "hang-cho"
SHOWN = 30  # groups on a page


@dataclass(frozen=True)
class Draft:
    """An answer as it is written.

    Attributes:
        text: the answer.
        basis: words that look for the document that it rests on.
    """

    text: str = ""
    basis: str = ""


async def _list(visit: Visit) -> Response:
    groups, count = await visit.work(_waiting)
    return visit.render("hang-cho.html", groups=groups, more=count - len(groups))


def _waiting(application: Application) -> tuple[list[Group], int]:
    desk = application.desk
    desk.queue.sort(desk.sorter(application.tools().understanding))
    return desk.queue.groups(SHOWN)


async def _group(visit: Visit, draft: Draft | None = None, problem: str = "") -> Response:
    """Show a group that the official has taken; one that is not leads back to the list."""
    questions = await visit.work(_taken, visit.user, visit.value("group"))
    if not questions:
        return await visit.go(PATH, visit.t["lost" if draft else "gone"])
    return visit.render(
        "tra-loi.html",
        422 if problem else 200,
        group=visit.value("group"),
        questions=questions,
        draft=draft or Draft(),
        problem=problem,
        longest=LONGEST,
    )


def _taken(application: Application, user: str, group: int) -> list[tuple[str, int]]:
    queue = application.desk.queue
    return queue.questions(group) if queue.holds(user, group) else []


async def _act(visit: Visit) -> Response:
    steps = {
        "take": _take,
        "look": _look,
        "write": _write_on,
        "send": _send,
        "back": _back,
        "drop": _drop,
    }
    step = steps.get(visit.text("step"))
    return visit.refuse(visit.t["gone"], 400) if step is None else await step(visit)


async def _take(visit: Visit) -> Response:
    user, group = visit.user, visit.value("group")
    if not await visit.work(lambda one: one.desk.queue.exists(group)):
        return await visit.go(PATH, visit.t["gone"])
    if not await visit.work(lambda one: one.desk.queue.take(user, group)):
        return await visit.go(PATH, visit.t["taken"])
    return await visit.go(f"{PATH}/{group}")


def _draft(visit: Visit) -> Draft:
    return Draft(visit.text("text"), " ".join(visit.text("basis", 300).split()))


async def _write_on(visit: Visit) -> Response:
    return await _group(visit, _draft(visit))


async def _look(visit: Visit) -> Response:
    """Show the answer as people will read it, with the documents that it may rest on."""
    draft, user, group = _draft(visit), visit.user, visit.value("group")
    if not draft.text:
        return await _group(visit, draft, visit.t["empty_answer"])
    if len(draft.text) > LONGEST:
        return await _group(visit, draft, visit.t["too_long"])
    documents = await visit.work(_documents, draft.basis) if draft.basis else []
    if draft.basis and not documents:
        return await _group(visit, draft, visit.t["no_document"])
    if not await visit.work(_taken, user, group):
        return await visit.go(PATH, visit.t["lost"])
    said = await visit.work(lambda one: one.desk.preview(user, group, draft.text))
    return visit.render("xem-truoc.html", group=group, draft=draft, said=said, documents=documents)


def _documents(application: Application, words: str) -> Sequence[tuple[str, str]]:
    """Return id and name of the documents that words may mean."""
    found = matching_documents(words, application.tools())[:DOCUMENTS]
    named = []
    for document in found:
        number, label = document.metadata.number, label_of(document)
        known = not number or fold(number) in fold(label)
        named.append((document.id, label if known else f"{number}, {label}"))
    return named


async def _send(visit: Visit) -> Response:
    draft, user, group = _draft(visit), visit.user, visit.value("group")
    document = visit.text("document") or None
    if not draft.text or len(draft.text) > LONGEST:
        return await _look(visit)
    title = await visit.work(_title, document) if document else ""
    if document and not title:
        return await _group(visit, draft, visit.t["no_document"])
    count = await visit.work(lambda one: one.desk.answer(user, group, draft.text, document))
    if count is None:
        return await visit.go(PATH, visit.t["lost"])
    said = visit.t["answered"].format(count=count)
    return await visit.go(PATH, f"{said} {visit.t['kept'].format(title=title)}" if title else said)


def _title(application: Application, document: str) -> str:
    try:
        return application.tools().searcher.document(document).title
    except KeyError:
        return ""


async def _back(visit: Visit) -> Response:
    user, group = visit.user, visit.value("group")
    await visit.work(lambda one: one.desk.queue.release(user, group))
    return await visit.go(PATH, visit.t["put_back"])


async def _drop(visit: Visit) -> Response:
    user, group = visit.user, visit.value("group")
    held = await visit.work(lambda one: one.desk.dismiss(user, group))
    return await visit.go(PATH, visit.t["dismissed" if held else "lost"])


PAGES = (
    Page(PATH, "queue", _list, role=Role.OFFICIAL, menu="queue"),
    Page(f"{PATH}/{{group:int}}", "queue", _group, _act, Role.OFFICIAL),
)
