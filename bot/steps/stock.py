"""`/kho`: a knowledge keeper corrects, replaces, ends or withdraws a document that is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.audit import Wanted
from bot.context import Context
from bot.desk.drafts import Draft, Writing
from bot.keeping.keeping import Keeping
from bot.keeping.replacing import ReplacingError
from bot.keeping.review import FIELDS
from bot.keeping.talk import change_line, field_rows
from bot.message import Choice, Reply, Status
from bot.offers import label_of
from bot.steps.keep import CLEAR, ask_value, field_choices, keeping_of, stop_asking, undoing
from bot.steps.list_documents import matching_documents
from bot.steps.offer import offer
from bot.steps.role import refused
from index.text import fold
from knowledge.metadata import MetadataError
from knowledge.metadata.dates import parse_date

COMMAND = "kho"
SEE, CORRECT, REPLACE, END, WITHDRAW, HISTORY, LEAVE = (
    *("xem", "sua", "thay", "het", "rut", "lichsu", "thoi"),
)
SHOWN = 8  # documents in one reply
CHANGES = 8  # changes of a document in one reply
YES = "co"

_Part = Callable[[Context, Keeping, str, str], Reply]


def keep_stock(context: Context) -> Reply:
    """Do what stands behind the command, or look for documents; only for keepers."""
    keeping = keeping_of(context)
    if keeping is None:
        return refused(context)
    texts = context.tools.texts
    stop_asking(context)
    if not context.text:
        return Reply(Status.CLARIFY, texts.keeping.search)
    word, _, rest = context.text.partition(" ")
    document, _, more = rest.strip().partition(" ")
    part = _PARTS.get(fold(word))
    if part is None or not (document or fold(word) == LEAVE):
        return _find(context, context.text, SEE)
    try:
        return part(context, keeping, document, more.strip())
    except KeyError:
        return Reply(Status.REFUSED, texts.keeping.none_found)
    except MetadataError as error:
        return Reply(Status.REFUSED, str(error))
    except ReplacingError as error:
        return Reply(Status.REFUSED, texts.changes.replacing(error.unfit.value))


def write_stock(context: Context, draft: Draft, text: str) -> Reply:
    """Take a message for the value, the day or the document that was asked for."""
    desk, keeping, texts = context.tools.desk, keeping_of(context), context.tools.texts.keeping
    user = context.message.user
    if desk is None or keeping is None:
        return refused(context)
    actor, (document, _, field) = desk.roles.name(user), draft.text.partition(" ")
    if draft.kind is Writing.DOCUMENT_NEW:
        return _find(context, text, f"{REPLACE} {document}")
    try:
        if draft.kind is Writing.DOCUMENT_FIELD:
            value = "" if text == CLEAR else text
            change = keeping.changes.correct(document, {field: value}, actor)
            said = texts.corrected.format(title=keeping.title(document))
        else:
            day = parse_date(text)
            if day is None:
                return Reply(Status.REFUSED, texts.bad_day)
            change = keeping.changes.end(document, day, actor)
            written = f"{day.day}/{day.month}/{day.year}"
            said = texts.ended.format(title=keeping.title(document), day=written)
    except MetadataError as error:
        return Reply(Status.REFUSED, str(error))
    except KeyError:
        desk.drafts.drop(user)
        return Reply(Status.REFUSED, texts.none_found)
    desk.drafts.drop(user)
    return _done(context, said, change)


def _find(context: Context, words: str, then: str) -> Reply:
    texts = context.tools.texts.keeping
    found = matching_documents(words, context.tools)[:SHOWN]
    if not found:
        return Reply(Status.NO_ANSWER, texts.none_found)
    choices = tuple(
        Choice(str(i), label_of(document), f"/{COMMAND} {then} {document.id}")
        for i, document in enumerate(found, 1)
    )
    return offer(context, Status.CLARIFY, texts.find, choices)


def _see(context: Context, keeping: Keeping, document: str, _: str) -> Reply:
    texts = context.tools.texts
    known = keeping.document(document)
    own = texts.keeping
    lines = [
        known.title,
        *(own.line.format(name=n, value=v) for _, n, v in field_rows(known, texts)),
    ]
    standing = context.tools.searcher.standing(known.metadata, context.message.on)
    lines += [texts.validity.label(standing.validity.value), "", own.which]
    parts = (
        (own.correct, CORRECT),
        (own.replace, REPLACE),
        (own.end, END),
        (own.withdraw, WITHDRAW),
        (own.history, HISTORY),
    )
    choices = tuple(
        Choice(str(i), label, f"/{COMMAND} {word} {document}")
        for i, (label, word) in enumerate(parts, 1)
    )
    return offer(context, Status.CLARIFY, "\n".join(lines), choices)


def _correct(context: Context, keeping: Keeping, document: str, field: str) -> Reply:
    rows = field_rows(keeping.document(document), context.tools.texts)
    if field not in FIELDS:
        return field_choices(context, rows, f"/{COMMAND} {CORRECT} {document}")
    _ask(context, Writing.DOCUMENT_FIELD, f"{document} {field}")
    return ask_value(context, rows, field, f"/{COMMAND} {SEE} {document}")


def _replace(context: Context, keeping: Keeping, old: str, more: str) -> Reply:
    texts, desk = context.tools.texts.keeping, context.tools.desk
    new, _, sure = more.partition(" ")
    called = keeping.title(old)
    if not new:
        _ask(context, Writing.DOCUMENT_NEW, old)
        return _asked(context, texts.which_new, old)
    taking = keeping.title(new)
    if sure != YES:
        keeping.changes.check_replacing(old, new)
        return _sure(
            context, texts.sure_replace.format(old=called, new=taking), f"{REPLACE} {old} {new}"
        )
    assert desk is not None, "only keepers come here"
    user = context.message.user
    change = keeping.changes.replace(old, new, desk.roles.name(user))
    desk.drafts.drop(user)
    return _done(context, texts.replaced.format(old=called, new=taking), change)


def _end(context: Context, keeping: Keeping, document: str, _: str) -> Reply:
    keeping.document(document)
    _ask(context, Writing.DOCUMENT_END, document)
    return _asked(context, context.tools.texts.keeping.ask_day, document)


def _withdraw(context: Context, keeping: Keeping, document: str, sure: str) -> Reply:
    texts, desk = context.tools.texts.keeping, context.tools.desk
    title = keeping.title(document)
    if sure != YES:
        return _sure(context, texts.sure_withdraw.format(title=title), f"{WITHDRAW} {document}")
    assert desk is not None, "only keepers come here"
    made = keeping.changes.withdraw([document], desk.roles.name(context.message.user))
    return _done(context, texts.withdrawn.format(title=title), made[document])


def _history(context: Context, keeping: Keeping, document: str, _: str) -> Reply:
    texts, desk = context.tools.texts, context.tools.desk
    assert desk is not None, "only keepers come here"
    changes = desk.audit.changes(CHANGES, Wanted(subject=document))
    lines = [change_line(change, texts) for change in changes]
    said = "\n".join([texts.keeping.changes, *lines, "", texts.keeping.how_to_undo])
    return Reply(Status.ANSWERED, said if lines else texts.keeping.no_changes)


def _leave(context: Context, keeping: Keeping, _: str, __: str) -> Reply:
    if context.tools.desk is not None:
        context.tools.desk.drafts.drop(context.message.user)
    return Reply(Status.ANSWERED, context.tools.texts.keeping.left_alone)


def _ask(context: Context, kind: Writing, about: str) -> None:
    assert context.tools.desk is not None, "only keepers come here"
    context.tools.desk.drafts.keep(context.message.user, Draft(kind, 0, about))


def _asked(context: Context, said: str, document: str) -> Reply:
    choices = (Choice("1", context.tools.texts.keeping.back, f"/{COMMAND} {SEE} {document}"),)
    return offer(context, Status.CLARIFY, said, choices)


def _sure(context: Context, said: str, command: str) -> Reply:
    texts = context.tools.texts.keeping
    choices = (
        Choice("1", texts.yes, f"/{COMMAND} {command} {YES}"),
        Choice("2", texts.no, f"/{COMMAND} {LEAVE}"),
    )
    return offer(context, Status.CLARIFY, said, choices)


def _done(context: Context, said: str, change: int) -> Reply:
    return offer(context, Status.ANSWERED, said, undoing(context, change))


_PARTS: Mapping[str, _Part] = {
    SEE: _see,
    CORRECT: _correct,
    REPLACE: _replace,
    END: _end,
    WITHDRAW: _withdraw,
    HISTORY: _history,
    LEAVE: _leave,
}
