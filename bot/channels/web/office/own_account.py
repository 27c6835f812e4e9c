"""One's own account: changing the password, taking a further role by a code."""

from __future__ import annotations

from starlette.responses import Response

from bot.accounts.accounts import user_of
from bot.accounts.throttle import Key
from bot.application import Application
from bot.channels.web.office.attempts import WrongError, begin_attempt
from bot.channels.web.office.cookies import SESSION, set_cookie
from bot.channels.web.office.new_password import flaw_of
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.roles import Holder, Redeeming

PATH = "tai-khoan"


async def _show(visit: Visit, problem: str = "", status: int = 200) -> Response:
    return visit.render("tai-khoan.html", status, problem=problem)


async def _act(visit: Visit) -> Response:
    if visit.form.get("code"):
        return await _take_role(visit)
    return await _change_password(visit)


async def _change_password(visit: Visit) -> Response:
    words, frame = visit.t, visit.frame
    account = visit.person.account
    accounts = frame.service.application.accounts
    old, new = _typed(visit, "old"), _typed(visit, "password")
    problem = await flaw_of(frame, new, _typed(visit, "again"), (account, visit.person.name))
    if problem:
        return await _show(visit, problem, 422)
    # Who found an open session must not guess at leisure.
    keys = [("browser", f"password of {account}")]
    if await visit.work(lambda one: one.accounts.throttle.begin(keys)):
        return await _show(visit, words["locked"], 429)
    kept = await visit.work(lambda one: one.accounts.password(account))
    if not kept or not await visit.aside(accounts.passwords.right, kept, old):
        return await _show(visit, words["wrong"], 403)
    hashed = await visit.aside(accounts.passwords.hashed, new)
    token = await visit.work(_changed, account, hashed, kept, keys)
    if token is None:
        return await _show(visit, words["wrong"], 403)
    return await _entered(visit, token, words["changed"])


async def _take_role(visit: Visit) -> Response:
    words, account = visit.t, visit.person.account
    try:
        # By the address as well: who has several accounts has no more guesses for it.
        keys = await begin_attempt(visit.frame, visit.request, f"role of {account}", "")
    except WrongError:
        return await _show(visit, words["locked"], 429)
    outcome, holder, token = await visit.work(
        _taken, account, visit.person.token, visit.text("code", 100), keys
    )
    if holder is None:
        said = words["locked"] if outcome is Redeeming.LOCKED else words["wrong_code"]
        return await _show(visit, said, 403)
    named = visit.frame.service.texts.roles.name(holder.role)
    return await _entered(visit, token, words["taken"].format(role=named))


async def _entered(visit: Visit, token: str, sentence: str) -> Response:
    """Go on with a new session."""
    await visit.work(lambda one: one.accounts.sessions.tell(token, sentence))
    response = await visit.go(PATH)
    set_cookie(response, SESSION, token, visit.frame.secure)
    return response


def _changed(
    application: Application, account: str, new: str, before: str, keys: list[Key]
) -> str | None:
    accounts = application.accounts
    if not accounts.change_password(account, new, before):
        return None
    accounts.throttle.passed(keys)
    return accounts.log_in(account, new)


def _taken(
    application: Application, account: str, token: str, code: str, keys: list[Key]
) -> tuple[Redeeming, Holder | None, str]:
    """Redeem a code; with the new role begins a new session."""
    accounts = application.accounts
    user = user_of(account)
    name = application.desk.roles.name(user)
    outcome, holder = application.desk.roles.redeem(user, f"{code} {name}", reachable=False)
    if holder is None:
        return outcome, None, ""
    accounts.throttle.passed(keys)
    accounts.sessions.end(token)
    kept = accounts.password(account)
    return outcome, holder, accounts.log_in(account, kept or "") or ""


def _typed(visit: Visit, name: str) -> str:
    """Return a password as it was typed."""
    said = visit.form.get(name)
    return said if isinstance(said, str) else ""


PAGES = (Page(PATH, "account", _show, _act, menu="account"),)
