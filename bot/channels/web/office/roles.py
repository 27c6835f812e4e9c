"""Roles and accounts: who has which, codes for new ones, withdrawing at once."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response

from bot.accounts.accounts import Account
from bot.application import Application
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.roles import Holder, OpenCode, Role

PATH = "vai-tro"
GRANTED = (Role.OFFICIAL, Role.KEEPER, Role.ADMINISTRATOR)
NAME = 60  # characters of a display name


@dataclass(frozen=True)
class Held:
    """Who holds what: roles, codes that were not redeemed, accounts."""

    holders: list[Holder]
    codes: list[OpenCode]
    accounts: list[Account]


def _held(application: Application) -> Held:
    roles = application.desk.roles
    return Held(roles.holders(), roles.codes(), application.accounts.all())


async def _show(visit: Visit, code: str = "", what: str = "") -> Response:
    """Show everything, and a code that was made just now; it is shown this once."""
    held = await visit.work(_held)
    return visit.render("vai-tro.html", held=held, granted=GRANTED, code=code, what=what)


async def _act(visit: Visit) -> Response:
    steps = {
        "grant": _grant,
        "withdraw": _withdraw,
        "withdraw_code": _withdraw_code,
        "reset": _reset,
        "remove": _remove,
    }
    step = steps.get(visit.text("step"))
    if step is None:
        return visit.refuse(visit.t["gone"], 400)
    try:
        return await step(visit)
    except KeyError:
        return await visit.go(PATH, visit.t["gone"])


async def _grant(visit: Visit) -> Response:
    asked, actor = visit.text("role"), visit.person.name
    if asked not in GRANTED:
        return visit.refuse(visit.t["gone"], 400)
    name = " ".join(visit.text("called", NAME).split())
    code = await visit.work(lambda one: one.desk.roles.grant(Role(asked), name, actor))
    role = visit.frame.service.texts.roles.name(asked)
    valid = visit.frame.service.application.desk.office.codes.valid
    hours = int(valid.total_seconds() // 3600)
    return await _show(visit, code, visit.t["new_code"].format(role=role, hours=hours))


async def _withdraw(visit: Visit) -> Response:
    actor, number = visit.person.name, visit.number("holder")
    holder = await visit.work(lambda one: one.desk.roles.withdraw(number, actor))
    role = visit.frame.service.texts.roles.name(holder.role)
    return await visit.go(PATH, visit.t["withdrawn"].format(role=role, name=holder.name))


async def _withdraw_code(visit: Visit) -> Response:
    actor, number = visit.person.name, visit.number("code")
    await visit.work(lambda one: one.desk.roles.withdraw_code(number, actor))
    return await visit.go(PATH, visit.t["code_withdrawn"])


async def _reset(visit: Visit) -> Response:
    actor, name = visit.person.name, visit.text("account", 40)
    code = await visit.work(lambda one: one.accounts.resets.begin(name, actor))
    if name == visit.person.account:  # one's own session ended with it
        return visit.refuse(visit.t["own_reset"].format(code=code), 200)
    return await _show(visit, code, visit.t["reset_code"].format(name=name))


async def _remove(visit: Visit) -> Response:
    actor, name = visit.person.name, visit.text("account", 40)
    await visit.work(lambda one: one.accounts.remove(name, actor))
    return await visit.go(PATH, visit.t["removed"].format(name=name))


PAGES = (Page(PATH, "roles", _show, _act, Role.ADMINISTRATOR, "roles"),)
