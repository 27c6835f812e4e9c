"""`/thongbao`, `/tatthongbao`: taking notices or not; writing, sending and stopping them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.clock import written_day
from bot.context import Context
from bot.desk.desk import Desk
from bot.desk.drafts import Draft, Writing
from bot.message import Choice, Reply, Status
from bot.notices import Notice, State
from bot.one_line import one_line
from bot.roles import Role
from bot.steps.offer import offer
from bot.steps.role import refused
from config.officials_texts import NoticeTexts
from index.text import fold

LONGEST = 2000  # characters of a notice
SHOWN = 60  # characters of a notice in the list

COMMAND = "thongbao"
TAKE, STOP, COMPOSE, LIST, PLACE, TO, SEND, HALT, DROP = (
    "nhan",
    "thoi",
    "soan",
    "xem",
    "noi",
    "cho",
    "gui",
    "dung",
    "bo",
)

_Part = Callable[[Context, Desk, str], Reply]


def notices(context: Context) -> Reply:
    """Do what stands behind the command, or offer what the person may do."""
    desk = context.tools.desk
    if desk is None:
        return Reply(Status.ANSWERED, context.tools.texts.notices.none)
    word, _, rest = context.text.partition(" ")
    part = fold(word)
    if part in _WRITING and not desk.roles.holds(context.message.user, Role.ADMINISTRATOR):
        return refused(context)
    return {**_TAKING, **_WRITING}.get(part, _offer)(context, desk, rest.strip())


def stop_notices(context: Context) -> Reply:
    """Take no notices any more."""
    desk = context.tools.desk
    if desk is None:
        return Reply(Status.ANSWERED, context.tools.texts.notices.not_taken)
    return _stop_taking(context, desk, "")


def write_notice(context: Context, desk: Desk, draft: Draft, text: str) -> Reply:
    """Take a message for the notice, or for the place that it is for.

    Args:
        context: the message.
        desk: where it is kept.
        draft: what is being written.
        text: what was typed, cleaned.
    """
    texts, user = context.tools.texts.notices, context.message.user
    if not desk.roles.holds(user, Role.ADMINISTRATOR):
        desk.drafts.drop(user)
        return refused(context)
    if draft.kind is Writing.NOTICE_PLACE:
        named = [place.name for place in context.tools.places.find(text)]
        return _to(context, desk, named[0]) if named else Reply(Status.CLARIFY, texts.no_place)
    if len(text) > LONGEST:
        return Reply(Status.REFUSED, texts.too_long)
    desk.drafts.keep(user, Draft(Writing.NOTICE_SEEN, 0, text))
    choices = (
        Choice("1", texts.everyone, f"/{COMMAND} {TO}"),
        Choice("2", texts.one_place, f"/{COMMAND} {PLACE}"),
        Choice("3", texts.rewrite, f"/{COMMAND} {COMPOSE}"),
        Choice("4", texts.drop, f"/{COMMAND} {DROP}"),
    )
    said = as_sent(text, texts)
    return offer(context, Status.CLARIFY, texts.preview.format(text=said), choices)


def as_sent(text: str, texts: NoticeTexts) -> str:
    """Return a notice as people read it: with how to stop them."""
    return f"{text}\n\n{texts.how_to_stop}"


def _offer(context: Context, desk: Desk, _: str) -> Reply:
    texts, user = context.tools.texts.notices, context.message.user
    taken = desk.notices.taken_by(user)
    offered = [(texts.stop_taking, STOP) if taken else (texts.take, TAKE)]
    if desk.roles.holds(user, Role.ADMINISTRATOR):
        offered += [(texts.compose, COMPOSE), (texts.list, LIST)]
    choices = tuple(
        Choice(str(i), label, f"/{COMMAND} {word}") for i, (label, word) in enumerate(offered, 1)
    )
    return offer(context, Status.CLARIFY, texts.offer_stop if taken else texts.offer, choices)


def _take(context: Context, desk: Desk, _: str) -> Reply:
    desk.notices.subscribe(context.message.user)
    return Reply(Status.ANSWERED, context.tools.texts.notices.taken)


def _stop_taking(context: Context, desk: Desk, _: str) -> Reply:
    texts = context.tools.texts.notices
    known = desk.notices.unsubscribe(context.message.user)
    return Reply(Status.ANSWERED, texts.stopped_taking if known else texts.not_taken)


def _compose(context: Context, desk: Desk, _: str) -> Reply:
    desk.drafts.keep(context.message.user, Draft(Writing.NOTICE, 0, ""))
    return Reply(Status.CLARIFY, context.tools.texts.notices.write)


def _ask_place(context: Context, desk: Desk, _: str) -> Reply:
    draft = _written(context, desk)
    if draft is None:
        return Reply(Status.REFUSED, context.tools.texts.notices.gone)
    desk.drafts.keep(context.message.user, Draft(Writing.NOTICE_PLACE, 0, draft.text))
    return Reply(Status.CLARIFY, context.tools.texts.notices.which_place)


def _to(context: Context, desk: Desk, place: str) -> Reply:
    """Ask for the last time: how many people in which place."""
    texts = context.tools.texts.notices
    if _written(context, desk) is None:
        return Reply(Status.REFUSED, texts.gone)
    count = desk.notices.readers(place or None)
    heading = texts.to_whom.format(count=count, place=place or texts.everyone.lower())
    choices = (
        Choice("1", texts.send, f"/{COMMAND} {SEND} {place}".strip()),
        Choice("2", texts.drop, f"/{COMMAND} {DROP}"),
    )
    return offer(context, Status.CLARIFY, heading, choices)


def _send(context: Context, desk: Desk, place: str) -> Reply:
    texts, user = context.tools.texts.notices, context.message.user
    draft = _written(context, desk)
    if draft is None:
        return Reply(Status.REFUSED, texts.gone)
    desk.drafts.drop(user)
    actor = desk.roles.name(user)
    notice = desk.notices.send(as_sent(draft.text, texts), place or None, actor)
    return Reply(Status.ANSWERED, texts.sending.format(count=notice.count))


def _written(context: Context, desk: Desk) -> Draft | None:
    draft = desk.drafts.of(context.message.user)
    kinds = (Writing.NOTICE_SEEN, Writing.NOTICE_PLACE)
    return draft if draft is not None and draft.kind in kinds else None


def _list(context: Context, desk: Desk, _: str) -> Reply:
    texts = context.tools.texts.notices
    recent = desk.notices.recent()
    if not recent:
        return Reply(Status.ANSWERED, texts.none)
    lines = [texts.recent, *(row_of(notice, texts) for notice in recent)]
    running = [notice.id for notice in recent if notice.state is State.WAITING]
    choices = tuple(
        Choice(str(i), texts.stop_one.format(id=found), f"/{COMMAND} {HALT} {found}")
        for i, found in enumerate(running, 1)
    )
    return offer(context, Status.ANSWERED, "\n".join(lines), choices)


def row_of(notice: Notice, texts: NoticeTexts) -> str:
    """Return the line that shows a notice in a list."""
    states = {
        State.WAITING: texts.waiting,
        State.DONE: texts.done,
        State.HALTED: texts.halted,
    }
    return texts.row.format(
        id=notice.id,
        day=written_day(notice.at),
        state=states[notice.state],
        sent=notice.sent,
        count=notice.count,
        text=one_line(notice.text, SHOWN),
    )


def _halt(context: Context, desk: Desk, number: str) -> Reply:
    texts = context.tools.texts.notices
    try:
        notice = desk.notices.stop(int(number[:15]), desk.roles.name(context.message.user))
    except (KeyError, ValueError):
        return Reply(Status.REFUSED, texts.gone)
    return Reply(Status.ANSWERED, texts.stopped.format(sent=notice.sent, count=notice.count))


def _drop(context: Context, desk: Desk, _: str) -> Reply:
    desk.drafts.drop(context.message.user)
    return Reply(Status.ANSWERED, context.tools.texts.notices.dropped)


_TAKING: Mapping[str, _Part] = {TAKE: _take, STOP: _stop_taking}
_WRITING: Mapping[str, _Part] = {
    COMPOSE: _compose,
    LIST: _list,
    PLACE: _ask_place,
    TO: _to,
    SEND: _send,
    HALT: _halt,
    DROP: _drop,
}
