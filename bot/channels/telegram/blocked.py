"""Who does not want to hear from the bot: people who blocked it, groups that it was put out of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlite_utils import Database, Migrations

from knowledge.migrating import migrate

migrations = Migrations("telegram")


@migrations()
def create_blocked(db: Database) -> None:
    """Chats that the bot leaves in peace."""
    db.execute("CREATE TABLE telegram_blocked (chat INTEGER PRIMARY KEY, at TEXT NOT NULL)")


class Runs(Protocol):
    """Runs work where the home's database may be used; `Service.with_application` does."""

    async def __call__(self, work: Callable[..., Any], *args: Any) -> Any:
        """Run `work` and return what it returns."""
        ...


class Blocked:
    """The chats that are left in peace.

    Args:
        db: the home's database.
        runs: runs what uses it.
    """

    def __init__(self, db: Database, runs: Runs) -> None:
        self._db = db
        self._runs = runs
        self._chats: set[int] = set()

    async def load(self) -> None:
        """Read who is marked."""
        self._chats = await self._runs(self._stored)

    def __contains__(self, chat: int) -> bool:
        return chat in self._chats

    async def mark(self, chat: int) -> None:
        """Leave a chat in peace from now on."""
        if chat not in self._chats:
            self._chats.add(chat)
            await self._runs(self._keep, chat)

    async def unmark(self, chat: int) -> None:
        """Take a chat back: someone there wrote to the bot or let it in again."""
        if chat in self._chats:
            self._chats.discard(chat)
            await self._runs(self._forget, chat)

    def _stored(self) -> set[int]:
        migrate(self._db, migrations)
        return {int(row[0]) for row in self._db.execute("SELECT chat FROM telegram_blocked")}

    def _keep(self, chat: int) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._db.atomic():
            self._db.execute("INSERT OR REPLACE INTO telegram_blocked VALUES (?, ?)", [chat, at])

    def _forget(self, chat: int) -> None:
        with self._db.atomic():
            self._db.execute("DELETE FROM telegram_blocked WHERE chat = ?", [chat])
