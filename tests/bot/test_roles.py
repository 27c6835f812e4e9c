"""Roles: given by codes that work once, never to anybody else, gone at once when withdrawn."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from bot.audit import Audit
from bot.pseudonyms import Pseudonyms
from bot.role_codes import LENGTH, LETTERS, new_code, split_code
from bot.roles import Redeeming, Role, StoredRoles
from config.office import CodeSettings

SETTINGS = CodeSettings(timedelta(hours=24), 5)
PSEUDONYMS = Pseudonyms(b"a secret of the roles")
NOON = datetime(2026, 5, 4, 5, tzinfo=UTC)
TAKEN = (Role.OFFICIAL, Role.KEEPER, Role.ADMINISTRATOR)


class Now:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def opened(db: Database, now: Now | None = None) -> StoredRoles:
    clock = now or Now()
    return StoredRoles(db, PSEUDONYMS, SETTINGS, Audit(db, clock), clock)


@pytest.fixture
def now() -> Now:
    return Now()


@pytest.fixture
def roles(now: Now) -> StoredRoles:
    return opened(Database(memory=True), now)


def test_a_code_has_at_least_80_bits_and_survives_being_typed_off() -> None:
    assert len(LETTERS) ** LENGTH >= 2**80
    code = new_code()
    assert code != new_code()
    plain = code.replace("-", "")
    for typed in (code, code.upper(), plain, code.replace("-", " "), f"  {code} "):
        assert split_code(typed) == (plain, "")
        assert split_code(f"{typed} Nguyễn Thị An") == (plain, "Nguyễn Thị An")


def test_a_code_gives_its_role_once(roles: StoredRoles) -> None:
    code = roles.grant(Role.OFFICIAL)
    outcome, holder = roles.redeem("telegram:1", f"{code} Nguyễn  Thị An")
    assert outcome is Redeeming.GIVEN
    assert holder is not None
    assert (holder.role, holder.name) == (Role.OFFICIAL, "Nguyễn Thị An")
    assert roles.holds("telegram:1", Role.OFFICIAL)
    assert not roles.holds("telegram:1", Role.KEEPER)
    assert not roles.holds("zalo:1", Role.OFFICIAL)
    assert roles.redeem("telegram:2", f"{code} Trần B")[0] is Redeeming.WRONG
    assert roles.officials() == ["telegram:1"]


def test_a_code_without_a_name_is_not_used_up(roles: StoredRoles) -> None:
    code = roles.grant(Role.KEEPER)
    assert roles.redeem("telegram:1", code)[0] is Redeeming.NO_NAME
    assert roles.redeem("telegram:1", f"{code} An")[0] is Redeeming.GIVEN
    named = roles.grant(Role.KEEPER, "Lê Bình")
    outcome, holder = roles.redeem("telegram:2", named)
    assert outcome is Redeeming.GIVEN
    assert holder is not None
    assert holder.name == "Lê Bình"


def test_a_code_ends_after_a_day_or_when_it_is_withdrawn(roles: StoredRoles, now: Now) -> None:
    late, withdrawn = roles.grant(Role.OFFICIAL), roles.grant(Role.OFFICIAL)
    first, second = roles.codes()
    roles.withdraw_code(second.id)
    assert roles.redeem("telegram:1", f"{withdrawn} An")[0] is Redeeming.WRONG
    now.at += timedelta(hours=24)
    assert roles.redeem("telegram:1", f"{late} An")[0] is Redeeming.WRONG
    assert roles.codes() == []
    with pytest.raises(KeyError):
        roles.withdraw_code(second.id)
    assert first.role is Role.OFFICIAL


def test_who_guesses_is_locked_out_even_with_a_right_code(roles: StoredRoles, now: Now) -> None:
    code = roles.grant(Role.ADMINISTRATOR)
    for _ in range(SETTINGS.wrong):
        assert roles.redeem("telegram:1", f"{new_code()} An")[0] is Redeeming.WRONG
    assert roles.redeem("telegram:1", f"{code} An")[0] is Redeeming.LOCKED
    assert roles.redeem("telegram:2", f"{new_code()} B")[0] is Redeeming.WRONG
    now.at += timedelta(minutes=61)
    assert roles.redeem("telegram:1", f"{code} An")[0] is Redeeming.GIVEN


def test_an_administrator_may_do_everything(roles: StoredRoles) -> None:
    roles.redeem("telegram:1", f"{roles.grant(Role.ADMINISTRATOR)} An")
    assert all(roles.holds("telegram:1", role) for role in Role)
    assert roles.officials() == []  # nobody is written to who did not become an official


def test_nobody_comes_after_somebody_under_the_same_number(roles: StoredRoles) -> None:
    numbers = []
    for user in ("telegram:1", "telegram:2", "telegram:1"):
        _, holder = roles.redeem(user, f"{roles.grant(Role.KEEPER)} An")
        assert holder is not None
        numbers.append(holder.id)
        roles.withdraw(holder.id)
    # What the audit list says of a holder is about that one for good.
    assert len(set(numbers)) == len(numbers)


def test_a_withdrawn_role_is_gone_at_once_for_every_process(tmp_path: Path, now: Now) -> None:
    ours, theirs = (opened(Database(tmp_path / "a.db"), now) for _ in range(2))
    ours.redeem("telegram:1", f"{ours.grant(Role.OFFICIAL)} An")
    (holder,) = theirs.holders()
    assert theirs.holds("telegram:1", Role.OFFICIAL)
    theirs.withdraw(holder.id)
    assert not ours.holds("telegram:1", Role.OFFICIAL)
    with pytest.raises(KeyError):
        ours.withdraw(holder.id)


def test_of_many_who_redeem_one_code_at_once_one_gets_the_role(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    first = Database(path)
    first.enable_wal()
    roles = opened(first)
    code = roles.grant(Role.ADMINISTRATOR)
    outcomes: list[Redeeming] = []
    ready = threading.Barrier(6)

    def redeem(number: int) -> None:
        db = Database(path)
        db.execute("PRAGMA busy_timeout = 30000")
        own = opened(db)
        ready.wait()
        outcomes.append(own.redeem(f"telegram:{number}", f"{code} Người {number}")[0])
        db.close()

    threads = [threading.Thread(target=redeem, args=[n]) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [Redeeming.GIVEN] + [Redeeming.WRONG] * 5
    assert len(roles.holders()) == 1
    first.close()


def test_nothing_that_leads_to_a_person_or_a_code_is_in_the_file(tmp_path: Path) -> None:
    db = Database(tmp_path / "a.db")
    roles = opened(db)
    kept, redeemed = roles.grant(Role.OFFICIAL), roles.grant(Role.KEEPER)
    roles.redeem("telegram:987654321", f"{redeemed} An")
    db.close()
    data = (tmp_path / "a.db").read_bytes()
    for secret in (kept, redeemed, kept.replace("-", ""), "987654321"):
        assert secret.encode() not in data


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(TAKEN), st.booleans()), max_size=12))
def test_roles_never_leak_between_people(steps: list[tuple[int, Role, bool]]) -> None:
    """Whoever holds a role redeemed a code for it, or for that of the administrator."""
    roles = opened(Database(memory=True))
    expected: dict[int, set[Role]] = {person: set() for person in range(4)}
    for person, role, give in steps:
        user = f"telegram:{person}"
        if give:
            roles.redeem(user, f"{roles.grant(role)} An")
            expected[person].add(role)
        else:
            for holder in roles.of(user):
                if holder.role is role:
                    roles.withdraw(holder.id)
            expected[person].discard(role)
    for person, held in expected.items():
        everything = Role.ADMINISTRATOR in held
        for role in TAKEN:
            assert roles.holds(f"telegram:{person}", role) == (role in held or everything)


@given(st.text(max_size=80))
def test_no_text_gives_a_role(typed: str) -> None:
    roles = opened(Database(memory=True))
    roles.grant(Role.ADMINISTRATOR, "An")
    outcome, holder = roles.redeem("telegram:1", typed)
    assert outcome is Redeeming.WRONG
    assert holder is None
    assert not roles.of("telegram:1")
