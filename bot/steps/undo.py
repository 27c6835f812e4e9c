"""`/sothaydoi`: the last changes, and undoing one by its number."""

from __future__ import annotations

from bot.audit import Change
from bot.context import Context
from bot.desk.desk import Desk
from bot.keeping.talk import change_line
from bot.keeping.undo import UndoError
from bot.message import Choice, Reply, Status
from bot.roles import Role
from bot.steps.keep import keeping_of
from bot.steps.offer import offer
from bot.steps.role import refused

COMMAND = "sothaydoi"
SHOWN = 8
LOOKED_AT = 200  # changes among which those of documents are looked for


def change_list(context: Context) -> Reply:
    """Undo the change whose number stands behind the command, or list the last ones."""
    keeping, desk = keeping_of(context), context.tools.desk
    if keeping is None or desk is None:
        return refused(context)
    texts = context.tools.texts
    word = context.text.strip().removeprefix("#")
    if not (word.isascii() and word.isdecimal() and len(word) < 16):
        return _listed(context, desk)
    number, user = int(word), context.message.user
    if not keeping.changes.undoing.may(number, administrator=_administrates(desk, user)):
        return refused(context)
    try:
        done = keeping.changes.undo(number, desk.roles.name(user))
    except UndoError as error:
        return Reply(Status.REFUSED, texts.changes.undo(error.obstacle.value, error.other))
    choices = (Choice("1", texts.keeping.redo, f"/{COMMAND} {done.id}"),)
    return offer(context, Status.ANSWERED, texts.keeping.undone.format(id=number), choices)


def _listed(context: Context, desk: Desk) -> Reply:
    texts = context.tools.texts
    changes = _visible(context, desk)[:SHOWN]
    if not changes:
        return Reply(Status.ANSWERED, texts.keeping.no_changes)
    lines = [change_line(change, texts) for change in changes]
    said = "\n".join([texts.keeping.changes, *lines, "", texts.keeping.how_to_undo])
    return Reply(Status.ANSWERED, said)


def _visible(context: Context, desk: Desk) -> list[Change]:
    """Return the last changes that the person may undo."""
    keeping = context.tools.keeping
    assert keeping is not None, "only keepers come here"
    everything = _administrates(desk, context.message.user)
    may = keeping.changes.undoing.may
    return [
        change
        for change in desk.audit.changes(LOOKED_AT)
        if may(change.id, administrator=everything)
    ]


def _administrates(desk: Desk, user: str) -> bool:
    return desk.roles.holds(user, Role.ADMINISTRATOR)
