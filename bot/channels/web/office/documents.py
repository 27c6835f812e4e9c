"""The documents: finding them; one of them, to correct, replace, end, withdraw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.clock import day_of
from bot.keeping.replacing import ReplacingError
from bot.keeping.talk import field_rows, field_text
from bot.roles import Role
from bot.row_texts import value_text
from bot.steps.list_documents import matching_documents
from config.texts import Texts
from index.text import fold
from knowledge.document import Document
from knowledge.extracting import Extract
from knowledge.metadata import MetadataError
from knowledge.metadata.dates import parse_date
from knowledge.store import Entry
from knowledge.validity import Validity

PATH = "van-ban"
SHOWN = 50  # documents on a page
SECTIONS = 200  # parts of a document that are listed


@dataclass(frozen=True)
class Row:
    """A document in the list and where it stands today."""

    entry: Entry
    validity: str


@dataclass(frozen=True)
class One:
    """A document with what was read out of it."""

    document: Document
    entry: Entry
    validity: str
    extract: Extract
    changes: int


async def _list(visit: Visit) -> Response:
    words, validity = visit.asked("q"), visit.asked("validity")
    rows = await visit.work(_rows, words, validity)
    page = visit.asked("page")
    at = SHOWN * min(int(page), 10_000) if page.isascii() and page.isdigit() else 0
    return visit.render(
        "van-ban.html",
        rows=rows[at : at + SHOWN],
        count=len(rows),
        further=at // SHOWN + 1 if len(rows) > at + SHOWN else 0,
        asked={"q": words, "validity": validity},
        labels=visit.frame.service.texts.validity,
        kinds=list(Validity),
    )


def _rows(application: Application, words: str, validity: str) -> list[Row]:
    today = day_of(application.desk.clock())
    wanted = fold(words).split()
    found = [
        Row(entry, application.standing(entry, today))
        for entry in application.entries()
        if _says(entry, wanted)
    ]
    return [row for row in found if not validity or row.validity == validity]


def _says(entry: Entry, wanted: list[str]) -> bool:
    known = entry.metadata
    parts = (entry.id, entry.title, known.number, known.place, known.issuer, known.kind, known.code)
    said = fold(" ".join(part for part in parts if part))
    return all(word in said for word in wanted)


async def _show(visit: Visit, problem: str = "") -> Response:
    try:
        one = await visit.work(_one, visit.value("document"))
    except KeyError:
        return visit.refuse(visit.t["gone"])
    texts = visit.frame.service.texts
    return visit.render(
        "van-ban-mot.html",
        422 if problem else 200,
        problem=problem,
        one=one,
        fields=form_fields(one.document, texts),
        sections=one.document.sections[:SECTIONS],
        value=lambda row: value_text(row, texts.targets),
        label=texts.validity.label(one.validity),
    )


def form_fields(document: Document, texts: Texts) -> list[tuple[str, str, str]]:
    """Return (field, how it is called, what it says or "") of a form that corrects a document."""
    return [
        (name, called, field_text(document.metadata, name))
        for name, called, _ in field_rows(document, texts)
    ]


def corrections(visit: Visit, fields: list[tuple[str, str, str]]) -> Mapping[str, str]:
    """Return the fields of such a form that say something else than was shown."""
    return {
        name: said
        for name, _, shown in fields
        if name in visit.form and (said := visit.text(name, 300)) != shown
    }


def _one(application: Application, document_id: str) -> One:
    document = application.document(document_id)
    entry = next((entry for entry in application.entries() if entry.id == document_id), None)
    if entry is None:  # another process has just taken it out
        raise KeyError(document_id)
    standing = application.standing(entry, day_of(application.desk.clock()))
    changes = application.desk.audit.count(document_id)
    extract = application.store.extracts.of(document_id)
    return One(document, entry, standing, extract, changes)


async def _act(visit: Visit) -> Response:
    document = str(visit.value("document"))
    try:
        sentence = await visit.work(_done, visit, document, visit.text("do", 20))
    except KeyError:
        return visit.refuse(visit.t["gone"])
    except MetadataError as error:
        return await _show(visit, str(error))
    except ReplacingError as error:
        texts = visit.frame.service.texts.changes
        return await _show(visit, texts.replacing(error.unfit.value))
    except _UnclearError as error:
        return await _show(visit, str(error))
    gone = visit.text("do", 20) == "withdraw"
    return await visit.go(PATH if gone else f"{PATH}/{document}", sentence)


class _UnclearError(Exception):
    """What was typed names nothing; the message says what to type."""


def _done(application: Application, visit: Visit, document: str, what: str) -> str:
    """Do what a form of the page asks for and return what is said afterwards."""
    texts, changes, actor = application.texts.keeping, application.changes, visit.person.name
    title = application.document(document).title
    if what == "correct":
        fields = form_fields(application.document(document), application.texts)
        changed = corrections(visit, fields)
        if not changed:
            return texts.left_alone
        changes.correct(document, changed, actor)
        return texts.corrected.format(title=title)
    if what == "end":
        last = _day(visit)
        changes.end(document, last, actor)
        return texts.ended.format(title=title, day=f"{last.day}/{last.month}/{last.year}")
    if what == "replace":
        new = _named(application, visit)
        changes.replace(document, new, actor)
        return texts.replaced.format(old=title, new=application.document(new).title)
    if what == "withdraw":
        changes.withdraw([document], actor)
        return texts.withdrawn.format(title=title)
    return texts.left_alone


def _day(visit: Visit) -> date:
    last = parse_date(visit.text("day", 40))
    if last is None:
        raise _UnclearError(visit.frame.service.texts.keeping.bad_day)
    return last


def _named(application: Application, visit: Visit) -> str:
    """Return the id of the one document that the field names."""
    words = " ".join(visit.text("new", 300).split())
    found = matching_documents(words, application.tools()) if words else []
    if len(found) != 1:
        raise _UnclearError(visit.t["unclear"].format(count=len(found)))
    return found[0].id


PAGES = (
    Page(PATH, "documents", _list, role=Role.KEEPER, menu="documents"),
    Page(f"{PATH}/{{document}}", "document", _show, _act, Role.KEEPER),
)
