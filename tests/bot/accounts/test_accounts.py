"""Accounts, sessions and limits over a clock that the tests set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.accounts.accounts import Accounts, CodeRefusedError, account_name
from bot.accounts.passwords import Flaw, Passwords
from bot.accounts.throttle import FREE, MOST, network
from bot.audit import Action, Audit, Wanted
from bot.clock import utc_now
from bot.roles import Role, StoredRoles
from config.office import load_office
from tests.bot.town import PSEUDONYMS

OFFICE = load_office()
PASSWORDS = Passwords(12, PasswordHasher(1, 8, 1))


def altered(text: str) -> str:
    """Return a text that differs in its last character."""
    return text[:-1] + ("1" if text.endswith("0") else "0")


class Home:
    """The accounts of an empty home."""

    def __init__(self) -> None:
        self.db = Database(memory=True)
        self.now = utc_now()
        audit = Audit(self.db, lambda: self.now)
        self.roles = StoredRoles(self.db, PSEUDONYMS, OFFICE.codes, audit, lambda: self.now)
        self.accounts = Accounts(self.db, PSEUDONYMS, self.roles, OFFICE, audit, lambda: self.now)

    def opened(self, name: str = "an.le") -> str:
        """Return the secret of a session in a new account."""
        self.accounts.open(name, "hash", self.roles.grant(Role.OFFICIAL, "Lê An"))
        token = self.accounts.log_in(name, "hash")
        assert token
        return token

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def home() -> Home:
    return Home()


def test_an_idle_session_ends_and_one_in_use_lasts_only_so_long(home: Home) -> None:
    token = home.opened()
    for _ in range(12 * 60 // 29):
        assert home.accounts.sessions.find(token)
        home.wait(minutes=29)
    home.wait(minutes=29)
    assert home.accounts.sessions.find(token) is None
    token = home.accounts.log_in("an.le", "hash") or ""
    home.wait(minutes=31)
    assert home.accounts.sessions.find(token) is None


def test_a_withdrawn_role_ends_sessions_in_the_same_transaction(home: Home) -> None:
    token, other = home.opened(), home.opened("binh.le")
    home.db.conn.execute("BEGIN")
    home.roles.withdraw(home.roles.of("account:an.le")[0].id)
    home.db.rollback()  # the power fails
    assert home.accounts.sessions.find(token)
    home.roles.withdraw(home.roles.of("account:an.le")[0].id)
    assert home.accounts.sessions.find(token) is None
    assert home.accounts.sessions.find(other)


def test_an_account_that_cannot_be_opened_leaves_nothing(home: Home) -> None:
    with pytest.raises(CodeRefusedError):
        home.accounts.open("an.le", "hash", "bcdf-ghjk-mnpq-rstv-wxyz", "Lê An")
    code = home.roles.grant(Role.OFFICIAL)
    with pytest.raises(CodeRefusedError):
        home.accounts.open("an.le", "hash", code)  # nobody said what to call them
    assert home.accounts.all() == []
    assert home.roles.opens(code)
    assert list(home.db["role_tries"].rows) == []


def test_a_new_account_of_an_old_name_gets_no_old_role(home: Home) -> None:
    home.opened()
    home.accounts.remove("an.le")
    assert not list(home.db.query("SELECT * FROM kept_states WHERE person IS NOT NULL"))
    assert home.roles.of("account:an.le") == []


def test_who_wants_to_be_forgotten_has_no_account_any_more(home: Home) -> None:
    token = home.opened()
    home.accounts.forget("telegram:an.le")
    home.accounts.forget("account:khong.co")
    assert home.accounts.sessions.find(token)
    home.accounts.forget("account:an.le")
    assert home.accounts.all() == []
    assert home.accounts.sessions.find(token) is None
    assert home.roles.holders() == []


def test_a_reset_code_is_of_its_account_and_its_time(home: Home) -> None:
    home.opened()
    home.opened("binh.le")
    code = home.accounts.resets.begin("an.le")
    assert not home.accounts.resets.redeem("binh.le", "new", code)
    assert home.accounts.log_in("an.le", "hash") is None
    assert home.accounts.log_in("an.le", "") is None
    home.wait(hours=25)
    assert not home.accounts.resets.redeem("an.le", "new", code)


def test_whoever_sets_a_password_stands_in_the_list_by_their_display_name(home: Home) -> None:
    home.opened()
    assert home.accounts.change_password("an.le", "newer", "hash")
    assert home.accounts.resets.redeem("an.le", "newest", home.accounts.resets.begin("an.le"))
    changes = Audit(home.db).changes(wanted=Wanted(action=Action.PASSWORD_CHANGED))
    assert [change.actor for change in changes] == ["Lê An", "Lê An"]


def test_failures_slow_down_and_are_forgiven(home: Home) -> None:
    throttle = home.accounts.throttle
    keys = throttle.keys("an.le", "192.0.2.1", "")
    for _ in range(FREE["account"]):
        assert throttle.begin(keys) == timedelta()
    waits = []
    for _ in range(8):
        waits.append(throttle.begin(keys))
        # Trying while one has to wait neither helps nor makes it worse.
        assert throttle.begin(keys) == waits[-1]
        home.wait(seconds=waits[-1].total_seconds())
        assert throttle.begin(keys) == timedelta()
    assert waits == sorted(waits)
    assert timedelta(seconds=29) < waits[0] <= timedelta(seconds=30)
    assert MOST - timedelta(seconds=1) < waits[-1] <= MOST
    home.wait(hours=1, seconds=1)
    assert throttle.begin(keys) == timedelta()
    assert throttle.begin(keys) == timedelta()


def test_a_known_browser_is_held_to_its_own_failures(home: Home) -> None:
    throttle = home.accounts.throttle
    mark = throttle.mark("an.le")
    strangers = throttle.keys("an.le", "192.0.2.1", "")
    while not throttle.begin(strangers):
        pass
    assert throttle.begin(throttle.keys("an.le", "192.0.2.1", mark)) == timedelta()
    for forged in ("", altered(mark), f"{mark}0", throttle.mark("binh.le"), "ê.ê"):
        assert throttle.keys("an.le", "192.0.2.1", forged) == strangers
    for _ in range(FREE["browser"]):
        throttle.begin(throttle.keys("an.le", "192.0.2.1", mark))
    assert throttle.begin(throttle.keys("an.le", "192.0.2.1", mark)) > timedelta()


def test_an_address_is_limited_over_all_accounts(home: Home) -> None:
    throttle = home.accounts.throttle
    for number in range(FREE["address"]):
        assert not throttle.begin(throttle.keys(f"nguoi.{number}", "2001:db8::1", ""))
    assert throttle.begin(throttle.keys("nguoi.khac", "2001:db8::ffff", ""))
    assert not throttle.begin(throttle.keys("nguoi.khac", "2001:db8:0:1::1", ""))


def test_logging_in_does_not_buy_guesses_at_others(home: Home) -> None:
    throttle = home.accounts.throttle
    for number in range(FREE["address"]):
        throttle.begin(throttle.keys(f"nguoi.{number}", "192.0.2.9", ""))
        own = throttle.keys("an.le", "192.0.2.9", throttle.mark("an.le"))
        throttle.begin(own)
        throttle.passed(own)
    assert throttle.begin(throttle.keys("nguoi.khac", "192.0.2.9", ""))


@given(st.text(max_size=200))
def test_any_password_is_hashed_and_told_from_others(password: str) -> None:
    kept = PASSWORDS.hashed(password[:100])
    assert PASSWORDS.right(kept, password[:100])
    assert not PASSWORDS.right(kept, f"{password[:100]}x")
    assert not PASSWORDS.right("", password)
    assert not PASSWORDS.right(None, password)
    assert PASSWORDS.flaw(password) in (None, *Flaw)


def test_diacritics_may_be_typed_in_either_form() -> None:
    kept = PASSWORDS.hashed("ba con vịt bơi ngang")
    assert PASSWORDS.right(kept, "ba con vi\u0323t bo\u031bi ngang")


@given(st.text(max_size=40))
def test_a_name_is_kept_in_one_form(typed: str) -> None:
    name = account_name(typed)
    assert name is None or (account_name(name) == name and name.isascii() and len(name) >= 3)
    assert isinstance(network(typed), str)


def test_the_shipped_cost_is_that_of_the_library() -> None:
    assert (
        Passwords(12).hashed("ba con vịt bơi ngang").startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    )
