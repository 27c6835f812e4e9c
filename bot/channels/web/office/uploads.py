"""Sending documents: what was read of them, corrected and confirmed before it answers."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.documents import PATH as DOCUMENTS
from bot.channels.web.office.documents import corrections, form_fields
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.clock import day_of
from bot.keeping.keeping import GoneError
from bot.keeping.reading import ReadFile
from bot.keeping.review import Review
from bot.keeping.talk import section_lines, shortened, warning_lines
from bot.roles import Role
from bot.row_texts import value_text
from knowledge.metadata import MetadataError
from knowledge.row_corrections import mark_of

PATH = "nap"
LARGEST = 110_000_000  # bytes of a form; each file has the limit of the settings as well


async def _list(visit: Visit, problems: tuple[str, ...] = ()) -> Response:
    waiting = await visit.work(lambda one: one.keeping.uploads.waiting(visit.user))
    status = 422 if problems else 200
    return visit.render("nap.html", status, waiting=waiting, problems=problems)


async def _send(visit: Visit) -> Response:
    """Read the files that were sent; each is kept before anything is said."""
    sent = [one for one in visit.form.getlist("file") if isinstance(one, UploadFile)]
    files = [one for one in sent if one.filename]
    if not files:
        return await _list(visit, (visit.t["none"],))
    problems, staged = [], []
    for one in files:
        service = visit.frame.service
        read = await service.read_sent(one.filename or "", await one.read())
        number, problem = await visit.work(_staged, visit.user, read)
        staged += [number] if number else []
        problems += [problem] if problem else []
    if problems:
        return await _list(visit, tuple(problems))
    return await visit.go(f"{PATH}/{staged[0]}" if len(staged) == 1 else PATH)


def _staged(application: Application, user: str, file: ReadFile) -> tuple[int, str]:
    """Keep a file that was read; return its number, 0 with why it was not kept."""
    texts = application.texts.keeping
    if file.refusal:
        return 0, texts.refused.format(file=file.name, reason=file.refusal)
    try:
        upload = application.keeping.stage(user, file)
    except MetadataError as error:
        return 0, texts.refused.format(file=file.name, reason=error)
    return (upload.id, "") if upload else (0, texts.full)


async def _show(visit: Visit, problem: str = "") -> Response:
    try:
        review = await visit.work(_review, visit.user, visit.value("number"))
    except GoneError:
        return visit.refuse(visit.frame.service.texts.keeping.gone)
    texts = visit.frame.service.texts
    return visit.render(
        "nap-mot.html",
        422 if problem else 200,
        problem=problem,
        review=review,
        fields=form_fields(review.document, texts) if review.document else [],
        warnings=warning_lines(review, texts),
        sections=shortened(section_lines(review), texts),
        left=[texts.keeping.left.format(where=where, why=why) for where, why in review.left],
        mark=mark_of,
        value=lambda row: value_text(row, texts.targets),
        label=texts.validity.label(review.standing.validity.value),
    )


def _review(application: Application, user: str, number: int) -> Review:
    return application.keeping.review(user, number, day_of(application.desk.clock()))


async def _act(visit: Visit) -> Response:
    number, what = visit.value("number"), visit.text("do", 20)
    try:
        path, sentence = await visit.work(_done, visit, number, what)
    except GoneError:
        return visit.refuse(visit.frame.service.texts.keeping.gone)
    except MetadataError as error:
        return await _show(visit, str(error))
    return await visit.go(path, sentence)


def _done(application: Application, visit: Visit, number: int, what: str) -> tuple[str, str]:
    """Do what a form of the page asks for; return where to go on and what is said there."""
    texts, keeping, user = application.texts.keeping, application.keeping, visit.user
    if what == "drop":
        if not keeping.uploads.drop(user, number):
            raise GoneError
        return PATH, texts.dropped
    if what == "drop_target":
        keeping.drop_target(user, number, visit.text("mark", 20))
        return f"{PATH}/{number}", ""
    if what == "correct":
        document = _review(application, user, number).document
        if document is None:
            raise GoneError
        fields = corrections(visit, form_fields(document, application.texts))
        keeping.correct(user, number, fields)
        return f"{PATH}/{number}", texts.corrected.format(title=document.title)
    if what != "confirm":
        return f"{PATH}/{number}", texts.left_alone
    stored = keeping.confirm(user, number, visit.person.name)
    ids = (*stored.added, *stored.unchanged)
    known = texts.unchanged if stored.change is None else texts.corrected
    said = texts.stored if stored.added else known
    if len(ids) > 1:
        return DOCUMENTS, texts.stored_many.format(count=len(stored.added))
    return f"{DOCUMENTS}/{ids[0]}", said.format(title=keeping.title(ids[0]))


PAGES = (
    Page(PATH, "uploads", _list, _send, Role.KEEPER, "uploads", LARGEST),
    Page(f"{PATH}/{{number:int}}", "upload", _show, _act, Role.KEEPER),
)
