"""Who may do what: roles are given by one-time codes and hold until they are withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from sqlite_utils import Database, Migrations

from bot.audit import COMMAND_LINE, Action, Audit
from bot.clock import Clock, stamp, utc_now
from bot.keeping.record import forget_person
from bot.keeping.states import ROLE, thing_of
from bot.pseudonyms import Pseudonyms
from bot.role_codes import new_code, split_code
from config.office import CodeSettings
from knowledge.migrating import migrate

NAME = 60  # characters of a display name
TRIED = timedelta(hours=1)  # how long a wrong code counts

migrations = Migrations("roles")


@migrations()
def create_roles(db: Database) -> None:
    """Who holds a role, the codes that were not redeemed yet, and wrong ones that were tried."""
    db.execute(
        "CREATE TABLE role_holders (id INTEGER PRIMARY KEY, person TEXT NOT NULL,"
        " role TEXT NOT NULL, name TEXT NOT NULL, address TEXT, since TEXT NOT NULL,"
        " UNIQUE (person, role))"
    )
    db.execute(
        "CREATE TABLE role_codes (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE,"
        " role TEXT NOT NULL, name TEXT NOT NULL, expires TEXT NOT NULL)"
    )
    db.execute("CREATE TABLE role_tries (person TEXT NOT NULL, at TEXT NOT NULL)")


class Role(StrEnum):
    """What somebody may do; everybody is a citizen, an administrator may do all."""

    CITIZEN = "citizen"
    OFFICIAL = "official"
    KEEPER = "keeper"
    ADMINISTRATOR = "administrator"


class Roles(Protocol):
    """Says who may do what."""

    def holds(self, user: str, role: Role) -> bool:
        """Say whether `user` ("telegram:123") may do what `role` may."""
        ...


class Redeeming(StrEnum):
    """What became of a code."""

    GIVEN = "given"
    WRONG = "wrong"
    LOCKED = "locked"
    NO_NAME = "no_name"


@dataclass(frozen=True)
class Holder:
    """Somebody with a role; `id` withdraws it."""

    id: int
    role: Role
    name: str
    since: str


@dataclass(frozen=True)
class OpenCode:
    """A code that was not redeemed yet; `id` withdraws it."""

    id: int
    role: Role
    name: str
    expires: str


class StoredRoles:
    """Roles in the home's database, under pseudonyms; every process sees a change at once.

    Args:
        db: the home's database.
        pseudonyms: of this home; codes are kept under their hashes as well.
        settings: how long codes hold.
        audit: where changes are noted.
        clock: the time.
    """

    def __init__(
        self,
        db: Database,
        pseudonyms: Pseudonyms,
        settings: CodeSettings,
        audit: Audit,
        clock: Clock = utc_now,
    ) -> None:
        self._db = db
        self._pseudonyms = pseudonyms
        self._settings = settings
        self._audit = audit
        self._clock = clock
        migrate(db, migrations)

    def holds(self, user: str, role: Role) -> bool:
        if role is Role.CITIZEN:
            return True
        row = self._db.execute(
            "SELECT 1 FROM role_holders WHERE person = ? AND role IN (?, ?)",
            [self._pseudonyms.of(user), role.value, Role.ADMINISTRATOR.value],
        ).fetchone()
        return row is not None

    def of(self, user: str) -> list[Holder]:
        """Return the roles of a person."""
        return self._holders("WHERE person = ?", self._pseudonyms.of(user))

    def name(self, user: str) -> str:
        """Return the display name of a person with a role, "" of others."""
        held = self.of(user)
        return held[0].name if held else ""

    def holders(self) -> list[Holder]:
        """Return everybody with a role."""
        return self._holders("")

    def officials(self) -> list[str]:
        """Return the addresses of the officials, who are written to when somebody asks for one."""
        rows = self._db.execute(
            "SELECT address FROM role_holders WHERE role = ? AND address IS NOT NULL ORDER BY id",
            [Role.OFFICIAL.value],
        )
        return [str(address) for (address,) in rows.fetchall()]

    def staffed(self, role: Role) -> bool:
        """Say whether anybody was given a role."""
        row = self._db.execute("SELECT 1 FROM role_holders WHERE role = ?", [role.value])
        return row.fetchone() is not None

    def grant(self, role: Role, name: str = "", actor: str = COMMAND_LINE) -> str:
        """Return a new code that gives `role` once.

        Args:
            role: which.
            name: display name; without it the person says one when redeeming.
            actor: who gives it, for the audit list.
        """
        code = new_code()
        expires = stamp(self._clock() + self._settings.valid)
        row = [self._digest(split_code(code)[0]), role.value, name[:NAME], expires]
        with self._db.atomic():
            done = self._db.execute(
                "INSERT INTO role_codes (digest, role, name, expires) VALUES (?, ?, ?, ?)", row
            )
            self._audit.note(Action.CODE_MADE, f"m{done.lastrowid}", role.value, actor)
        return code

    def codes(self) -> list[OpenCode]:
        """Return the codes that can still be redeemed."""
        rows = self._db.execute(
            "SELECT id, role, name, expires FROM role_codes WHERE expires > ? ORDER BY id",
            [stamp(self._clock())],
        )
        return [OpenCode(found, Role(role), *rest) for found, role, *rest in rows.fetchall()]

    def opens(self, typed: str) -> bool:
        """Say whether a code, as typed, can be redeemed; nothing is counted or changed."""
        row = self._db.execute(
            "SELECT 1 FROM role_codes WHERE digest = ? AND expires > ?",
            [self._digest(split_code(typed)[0]), stamp(self._clock())],
        ).fetchone()
        return row is not None

    def redeem(
        self, user: str, typed: str, *, reachable: bool = True
    ) -> tuple[Redeeming, Holder | None]:
        """Give the role of a code to a person; a code gives it to one person only.

        Args:
            user: as in `Message.user`.
            typed: the code, and behind it a display name or nothing.
            reachable: whether the person can be written to there.
        """
        person, now = self._pseudonyms.of(user), self._clock()
        code, said = split_code(typed)
        name = " ".join(said.split())[:NAME]
        with self._db.atomic():
            # The deletion comes first: it takes the lock under which all the rest is decided.
            self._db.execute("DELETE FROM role_tries WHERE at < ?", [stamp(now - TRIED)])
            if self._locked(person):
                return Redeeming.LOCKED, None
            row = self._db.execute(
                "SELECT id, role, name FROM role_codes WHERE digest = ? AND expires > ?",
                [self._digest(code), stamp(now)],
            ).fetchone()
            if row is None:
                self._db.execute("INSERT INTO role_tries VALUES (?, ?)", [person, stamp(now)])
                return Redeeming.WRONG, None
            found, role, given = row
            if not (name or given):
                return Redeeming.NO_NAME, None
            self._db.execute("DELETE FROM role_codes WHERE id = ?", [found])
            number = self._number(person, role)
            with self._audit.change(Action.ROLE_TAKEN, number, role, name or given) as change:
                change.touch(thing_of(ROLE, number))
                holder = self._give(user, number, Role(role), name or given, reachable=reachable)
        return Redeeming.GIVEN, holder

    def withdraw(self, holder_id: int, actor: str = COMMAND_LINE) -> Holder:
        """Take a role away, at once.

        Args:
            holder_id: as in `Holder.id`.
            actor: who takes it, for the audit list.

        Raises:
            KeyError: nobody holds one of that id.
        """
        with self._db.atomic():
            # Written first: whoever reads before writing may find themselves too late.
            self._db.execute("UPDATE role_holders SET name = name WHERE id = ?", [holder_id])
            found = self._holders("WHERE id = ?", holder_id)
            if not found:
                raise KeyError(holder_id)
            said = f"{found[0].role} {found[0].name}"
            with self._audit.change(Action.ROLE_WITHDRAWN, holder_id, said, actor) as change:
                change.touch(thing_of(ROLE, holder_id))
                self._db.execute("DELETE FROM role_holders WHERE id = ?", [holder_id])
        return found[0]

    def withdraw_code(self, code_id: int, actor: str = COMMAND_LINE) -> None:
        """Make a code worthless.

        Args:
            code_id: as in `OpenCode.id`.
            actor: who does, for the audit list.

        Raises:
            KeyError: there is none of that id.
        """
        with self._db.atomic():
            done = self._db.execute("DELETE FROM role_codes WHERE id = ?", [code_id])
            if not done.rowcount:
                raise KeyError(code_id)
            self._audit.note(Action.CODE_WITHDRAWN, f"m{code_id}", "", actor)

    def forget(self, user: str, actor: str = COMMAND_LINE) -> None:
        """Take all roles of a person away for good; no withdrawal of theirs can be undone.

        Args:
            user: as in `Message.user`.
            actor: who takes them, for the audit list.
        """
        for holder in self.of(user):
            self.withdraw(holder.id, actor)
        forget_person(self._db, self._pseudonyms.of(user))

    def _number(self, person: str, role: str) -> int:
        """Return the number under which a person has a role, or will have it.

        The audit list and what can be undone name holders by their numbers, so none is given to
        somebody else later on.
        """
        row = self._db.execute(
            "SELECT id FROM role_holders WHERE person = ? AND role = ?", [person, role]
        ).fetchone()
        return self._audit.highest(Action.ROLE_TAKEN) + 1 if row is None else int(row[0])

    def _give(self, user: str, number: int, role: Role, name: str, *, reachable: bool) -> Holder:
        since = stamp(self._clock())
        # Only officials are written to unasked, so only their address is kept.
        address = user if reachable and role is Role.OFFICIAL else None
        ((found, began),) = self._db.execute(
            "INSERT INTO role_holders (id, person, role, name, address, since)"
            " VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET name = excluded.name,"
            " address = excluded.address RETURNING id, since",
            [number, self._pseudonyms.of(user), role.value, name, address, since],
        ).fetchall()
        return Holder(found, role, name, began)

    def _locked(self, person: str) -> bool:
        # Codes are too long to be guessed by many together, and a limit on all people would let
        # anybody keep everybody from redeeming theirs.
        (wrong,) = self._db.execute(
            "SELECT count(*) FROM role_tries WHERE person = ?", [person]
        ).fetchone()
        return bool(wrong >= self._settings.wrong)

    def _digest(self, code: str) -> str:
        return self._pseudonyms.of(f"role code {code}")

    def _holders(self, where: str, *values: str | int) -> list[Holder]:
        rows = self._db.execute(
            f"SELECT id, role, name, since FROM role_holders {where} ORDER BY id", list(values)
        )
        return [Holder(found, Role(role), *rest) for found, role, *rest in rows.fetchall()]
