"""`/vaitro`: redeeming a code for a role, and which roles one has."""

from __future__ import annotations

from bot.context import Context
from bot.desk.desk import Desk
from bot.desk.queue import Kind
from bot.message import Reply, Status
from bot.roles import Holder, Redeeming, Role


def take_role(context: Context) -> Reply:
    """Give the role of a code, or say which roles the person has."""
    texts, desk = context.tools.texts.roles, context.tools.desk
    if desk is None:
        return Reply(Status.REFUSED, texts.none)
    user = context.message.user
    if not context.text:
        return Reply(Status.SMALLTALK, _own(desk.roles.of(user), context))
    outcome, holder = desk.roles.redeem(user, context.text)
    if holder is not None:
        return Reply(Status.SMALLTALK, _welcome(holder, desk, context))
    refusals = {
        Redeeming.LOCKED: texts.locked,
        Redeeming.NO_NAME: texts.no_name,
        Redeeming.WRONG: texts.wrong,
    }
    return Reply(Status.REFUSED, refusals[outcome])


def refused(context: Context) -> Reply:
    """Return the reply to a command that the person's roles do not allow."""
    return Reply(Status.REFUSED, context.tools.texts.roles.refused)


def _own(holders: list[Holder], context: Context) -> str:
    texts = context.tools.texts.roles
    if not holders:
        return f"{texts.none} {texts.how}"
    named = ", ".join(texts.name(holder.role) for holder in holders)
    return f"{texts.yours.format(roles=named)} {texts.how}"


def _welcome(holder: Holder, desk: Desk, context: Context) -> str:
    texts = context.tools.texts.roles
    given = texts.given.format(role=texts.name(holder.role), name=holder.name)
    waiting = sum(desk.queue.waiting()[kind] for kind in Kind)
    hints = {
        Role.OFFICIAL: texts.official_can.format(count=waiting),
        Role.KEEPER: texts.keeper_can,
        Role.ADMINISTRATOR: texts.administrator_can,
    }
    return f"{given} {hints.get(holder.role, '')}".strip()
