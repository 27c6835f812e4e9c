"""What is done with the answer before: judged, read on, exchanged for another passage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from bot.actions import may_be_asked_later, offered
from bot.context import Context
from bot.conversation import Shown, Turn
from bot.desk.queue import Kind
from bot.message import Choice, Reply, Status
from bot.offers import numbered
from bot.reading_on import page_with, pages_of, section_around
from bot.steps.ask import examples
from bot.steps.read import choices_of_parts, quoted, read_page
from config.texts import ActionTexts
from index.text import fold
from knowledge.document import Document

HEADINGS = 4  # neighbouring headings that are offered as related questions

_Act = Callable[[Context, Turn, Document], Reply]


class Act:
    """Does what an action's word says, as long as there is an answer to do it with.

    Args:
        texts: the words.
    """

    def __init__(self, texts: ActionTexts) -> None:
        self._acts: dict[str, _Act] = {
            fold(texts.right): _judged_right,
            fold(texts.wrong): _judged_wrong,
            fold(texts.section): _section,
            fold(texts.next): _next_page,
            fold(texts.back): _show,
            fold(texts.other): _other_passage,
            fold(texts.related): _related,
            fold(texts.later): _ask_later,
        }

    def __call__(self, context: Context) -> Reply | None:
        turn = context.turn
        if context.chosen is not None or turn is None or not turn.passages:
            return None
        act = self._acts.get(fold(context.text).strip(" .!"))
        if act is None:
            return None
        try:
            document = context.tools.searcher.document(_current(turn).document)
        except KeyError:  # removed since it was quoted
            return Reply(Status.REFUSED, context.tools.texts.clarify.stale, brief=True)
        return act(context, turn, document)


def _current(turn: Turn) -> Shown:
    return turn.passages[turn.at]


def _judge(context: Context, turn: Turn, right: bool) -> None:
    shown = _current(turn)
    quoted = (shown.document, shown.start, shown.end)
    tools, user = context.tools, context.message.user
    tools.people.judge(user, turn.question, quoted, right)
    if not right and tools.desk is not None:
        tools.desk.queue.put(user, turn.question, Kind.WRONG)


def _judged_right(context: Context, turn: Turn, _: Document) -> Reply:
    _judge(context, turn, True)
    context.keep(turn)
    return Reply(Status.SMALLTALK, context.tools.texts.actions.thanks, brief=True)


def _judged_wrong(context: Context, turn: Turn, document: Document) -> Reply:
    """Note it, and go on to what else may answer."""
    _judge(context, turn, False)
    texts = context.tools.texts.actions
    if turn.at + 1 < len(turn.passages):
        reply = _other_passage(context, turn, document)
        return replace(reply, text=f"{texts.sorry}\n\n{reply.text}")
    context.keep(turn)
    return Reply(Status.SMALLTALK, texts.sorry, brief=True)


def _other_passage(context: Context, turn: Turn, document: Document) -> Reply:
    texts = context.tools.texts.actions
    if turn.at + 1 >= len(turn.passages):
        context.keep(turn)
        return Reply(Status.NO_ANSWER, texts.no_other, brief=True)
    at = turn.at + 1
    shown = turn.passages[at]
    if shown.document != document.id:
        try:
            document = context.tools.searcher.document(shown.document)
        except KeyError:
            return _other_passage(context, replace(turn, at=at), document)
    return _show(context, replace(turn, at=at, document=document.id), document)


def _section(context: Context, turn: Turn, document: Document) -> Reply:
    passage = _current(turn)
    span = section_around(document, passage)
    if span is None:
        context.keep(turn)
        return Reply(Status.NO_ANSWER, context.tools.texts.actions.no_more, brief=True)
    number = page_with(pages_of(document, span), passage.start)
    return read_page(context, replace(turn, reading=span), document, number)


def _next_page(context: Context, turn: Turn, document: Document) -> Reply:
    if turn.reading is None or turn.page >= len(pages_of(document, turn.reading)):
        context.keep(turn)
        return Reply(Status.NO_ANSWER, context.tools.texts.actions.no_more, brief=True)
    return read_page(context, turn, document, turn.page + 1)


def _show(context: Context, turn: Turn, document: Document) -> Reply:
    turn = replace(turn, choices=(), reading=None, page=0)
    acts = offered(document, turn.passages, turn.at, context)
    return quoted(context, turn, document, _current(turn), acts)


def _ask_later(context: Context, turn: Turn, document: Document) -> Reply:
    """Ask in some days how the service was; the person has just agreed to that."""
    texts, ratings = context.tools.texts.actions, context.tools.ratings
    code = document.metadata.code
    context.keep(turn)
    if ratings is None or code is None or not may_be_asked_later(context):
        return Reply(Status.REFUSED, texts.not_later, brief=True)
    noted = ratings.desk.invitations.ask_later(context.message.user, code)
    said = texts.asked_later if noted else texts.not_later
    return Reply(Status.SMALLTALK, said, brief=True)


def _related(context: Context, turn: Turn, document: Document) -> Reply:
    """Offer what else can be asked of the document that answered."""
    texts = context.tools.texts.actions
    if document.metadata.code:
        choices = _procedure_questions(context, document)
    else:
        choices = _headings(turn, document)
    if not choices:
        context.keep(turn)
        return Reply(Status.NO_ANSWER, texts.no_related, brief=True)
    context.keep(replace(turn, choices=choices))
    lines = [texts.related_to.format(title=document.title), *numbered(choices)]
    return Reply(Status.CLARIFY, "\n".join(lines), turn.question, choices=choices)


def _procedure_questions(context: Context, document: Document) -> tuple[Choice, ...]:
    asked = examples(context.tools.texts.actions.procedure_questions)
    code, name = document.metadata.code, document.title
    return tuple(
        replace(choice, question=f"{choice.question.rstrip('?')}: {name}?", code=code)
        for choice in (replace(one, document=document.id) for one in asked)
    )


def _headings(turn: Turn, document: Document) -> tuple[Choice, ...]:
    """Offer the headings around the quoted one, the nearest first."""
    shown = _current(turn)
    paths = [s.heading for s in document.sections]
    at = next((i for i, s in enumerate(document.sections) if s.start <= shown.start < s.end), 0)
    near = sorted(range(len(paths)), key=lambda i: (abs(i - at), i))
    others = dict.fromkeys(paths[i] for i in near if paths[i] and paths[i] != paths[at])
    return choices_of_parts(document, list(others)[:HEADINGS])
