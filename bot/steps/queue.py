"""`/hangcho`: officials see what waits, take one, write, look at it, send it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.context import Context
from bot.conversation import Turn
from bot.desk.desk import Desk
from bot.desk.drafts import Draft, Writing
from bot.desk.queue import Group
from bot.message import Choice, Reply, Status
from bot.offers import label_of
from bot.steps.list_documents import matching_documents
from bot.steps.offer import offer
from bot.steps.role import refused
from index.text import fold

SHOWN = 8  # groups in one reply
WORDINGS = 5  # questions of a group that are shown
DOCUMENTS = 6
QUESTION = 140  # characters of a question in a choice
LONGEST = 2000  # characters of an answer

COMMAND = "hangcho"
TAKE, SEND, KEEP, RESTS_ON, REWRITE, BACK, DISMISS = (
    "nhan",
    "gui",
    "giu",
    "vanban",
    "vietlai",
    "tra",
    "bo",
)

_Part = Callable[[Context, Desk, str], Reply]


def work_queue(context: Context) -> Reply:
    """Do what stands behind the command, or list what waits; only for officials."""
    desk = context.tools.desk
    if desk is None or not desk.may_answer(context.message.user):
        return refused(context)
    word, _, rest = context.text.partition(" ")
    return _PARTS.get(fold(word), _list)(context, desk, rest.strip())


def write_answer(context: Context, desk: Desk, draft: Draft, text: str) -> Reply:
    """Take a message for the answer, or for the document that it rests on.

    Args:
        context: the message.
        desk: where it is kept.
        draft: what is being written.
        text: what was typed, cleaned.
    """
    texts, user = context.tools.texts.desk, context.message.user
    if not desk.may_answer(user):
        desk.drafts.drop(user)
        return refused(context)
    if draft.kind is Writing.ANSWER_RESTS_ON:
        return _offer_documents(context, desk, text)
    if len(text) > LONGEST:
        return Reply(Status.REFUSED, texts.too_long)
    desk.drafts.keep(user, Draft(Writing.ANSWER_SEEN, draft.subject, text))
    return _preview(context, desk, draft.subject, text)


def _list(context: Context, desk: Desk, _: str) -> Reply:
    texts = context.tools.texts.desk
    desk.queue.sort(desk.sorter(context.tools.understanding))
    groups, count = desk.queue.groups(SHOWN)
    if not groups:
        return Reply(Status.ANSWERED, texts.empty)
    choices = tuple(
        Choice(str(i), _label(group, context), f"/{COMMAND} {TAKE} {group.id}")
        for i, group in enumerate(groups, 1)
    )
    closing = [texts.more.format(count=count - len(groups))] if count > len(groups) else []
    return offer(context, Status.ANSWERED, texts.heading, choices, " ".join([*closing, texts.how]))


def _label(group: Group, context: Context) -> str:
    texts = context.tools.texts.desk
    question = group.question
    if len(question) > QUESTION:
        question = f"{question[:QUESTION].rstrip()} …"
    if group.taken:
        question = texts.taken_mark.format(question=question)
    why = {"unanswered": texts.unanswered, "wrong": texts.wrong, "sent": texts.sent}
    return texts.group.format(count=group.count, question=question, why=why[group.kind.value])


def _take(context: Context, desk: Desk, number: str) -> Reply:
    texts, user = context.tools.texts.desk, context.message.user
    group = int(number) if number.isdecimal() and len(number) < 16 else 0
    if not desk.queue.exists(group):
        return Reply(Status.REFUSED, texts.gone)
    if not desk.queue.take(user, group):
        return Reply(Status.REFUSED, texts.taken)
    questions = desk.queue.questions(group)
    if not questions:
        return Reply(Status.REFUSED, texts.gone)
    desk.drafts.keep(user, Draft(Writing.ANSWER, group, ""))
    first, *others = questions[:WORDINGS]
    lines = [texts.asked.format(count=sum(n for _, n in questions), question=first[0])]
    lines += [texts.also.format(question=question) for question, _ in others]
    choices = (
        Choice("1", texts.back, f"/{COMMAND} {BACK}"),
        Choice("2", texts.dismiss, f"/{COMMAND} {DISMISS}"),
    )
    return offer(context, Status.CLARIFY, "\n".join([*lines, "", texts.write]), choices)


def _preview(context: Context, desk: Desk, group: int, text: str) -> Reply:
    texts = context.tools.texts.desk
    said = desk.preview(context.message.user, group, text)
    choices = (
        Choice("1", texts.send, f"/{COMMAND} {SEND}"),
        Choice("2", texts.keep, f"/{COMMAND} {KEEP}"),
        Choice("3", texts.rewrite, f"/{COMMAND} {REWRITE}"),
        Choice("4", texts.back, f"/{COMMAND} {BACK}"),
    )
    return offer(context, Status.CLARIFY, texts.preview.format(text=said), choices)


def _draft(context: Context, desk: Desk, *kinds: Writing) -> Draft | None:
    draft = desk.drafts.of(context.message.user)
    return draft if draft is not None and draft.kind in kinds else None


def _send(context: Context, desk: Desk, document: str = "") -> Reply:
    """Send the answer; with the id of a document keep it as well."""
    texts, user = context.tools.texts.desk, context.message.user
    draft = _draft(context, desk, Writing.ANSWER_SEEN, Writing.ANSWER_RESTS_ON)
    if draft is None or not draft.text:
        return Reply(Status.REFUSED, texts.gone)
    count = desk.answer(user, draft.subject, draft.text, document or None)
    desk.drafts.drop(user)
    if count is None:
        return Reply(Status.REFUSED, texts.lost)
    lines = [texts.answered.format(count=count)]
    if document:
        title = context.tools.searcher.document(document).title
        lines.append(texts.kept.format(title=title))
    return Reply(Status.ANSWERED, " ".join(lines))


def _send_once(context: Context, desk: Desk, _: str) -> Reply:
    return _send(context, desk)


def _ask_document(context: Context, desk: Desk, _: str) -> Reply:
    texts, user = context.tools.texts.desk, context.message.user
    draft = _draft(context, desk, Writing.ANSWER_SEEN, Writing.ANSWER_RESTS_ON)
    if draft is None:
        return Reply(Status.REFUSED, texts.gone)
    desk.drafts.keep(user, Draft(Writing.ANSWER_RESTS_ON, draft.subject, draft.text))
    choices = (Choice("1", texts.no_matter, f"/{COMMAND} {SEND}"),)
    return offer(context, Status.CLARIFY, texts.which_document, choices)


def _offer_documents(context: Context, desk: Desk, text: str) -> Reply:
    texts = context.tools.texts.desk
    found = matching_documents(text, context.tools)[:DOCUMENTS]
    choices = [
        Choice(str(i), label_of(document), f"/{COMMAND} {RESTS_ON} {document.id}")
        for i, document in enumerate(found, 1)
    ]
    choices.append(Choice(str(len(choices) + 1), texts.no_matter, f"/{COMMAND} {SEND}"))
    heading = texts.which_of if found else texts.no_document
    return offer(context, Status.CLARIFY, heading, tuple(choices))


def _keep(context: Context, desk: Desk, document: str) -> Reply:
    if _draft(context, desk, Writing.ANSWER_RESTS_ON) is None:
        return Reply(Status.REFUSED, context.tools.texts.desk.gone)
    try:
        context.tools.searcher.document(document)
    except KeyError:
        return Reply(Status.REFUSED, context.tools.texts.desk.no_document)
    return _send(context, desk, document)


def _rewrite(context: Context, desk: Desk, _: str) -> Reply:
    texts, user = context.tools.texts.desk, context.message.user
    draft = _draft(context, desk, Writing.ANSWER_SEEN, Writing.ANSWER_RESTS_ON)
    if draft is None:
        return Reply(Status.REFUSED, texts.gone)
    desk.drafts.keep(user, Draft(Writing.ANSWER, draft.subject, ""))
    context.keep(Turn(texts.write))
    return Reply(Status.CLARIFY, texts.write)


def _back(context: Context, desk: Desk, _: str) -> Reply:
    put_back(context, desk)
    return Reply(Status.ANSWERED, context.tools.texts.desk.put_back)


def put_back(context: Context, desk: Desk) -> None:
    """Stop writing and give the questions back to the queue."""
    user = context.message.user
    draft = desk.drafts.of(user)
    if draft is not None and draft.subject:
        desk.queue.release(user, draft.subject)
    desk.drafts.drop(user)


def _dismiss(context: Context, desk: Desk, _: str) -> Reply:
    texts, user = context.tools.texts.desk, context.message.user
    draft = _draft(context, desk, Writing.ANSWER, Writing.ANSWER_SEEN, Writing.ANSWER_RESTS_ON)
    if draft is None:
        return Reply(Status.REFUSED, texts.gone)
    desk.drafts.drop(user)
    held = desk.dismiss(user, draft.subject)
    return Reply(Status.ANSWERED, texts.dismissed) if held else Reply(Status.REFUSED, texts.lost)


_PARTS: Mapping[str, _Part] = {
    TAKE: _take,
    SEND: _send_once,
    KEEP: _ask_document,
    RESTS_ON: _keep,
    REWRITE: _rewrite,
    BACK: _back,
    DISMISS: _dismiss,
}
