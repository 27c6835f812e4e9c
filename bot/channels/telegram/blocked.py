"""Who does not want to hear from the bot: people who blocked it, groups that it was put out of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from sqlite_utils import Database, Migrations

from bot.pseudonyms import Pseudonyms
from knowledge.migrating import migrate

migrations = Migrations("telegram")


@migrations()
def create_blocked(db: Database) -> None:
    """Pseudonyms of the chats that the bot leaves in peace."""
    db.execute(
        "CREATE TABLE telegram_blocked (chat TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID"
    )


class Runs(Protocol):
    """Runs work where the home's database may be used; `Service.with_application` does."""

    async def __call__(self, work: Callable[..., Any], *args: Any) -> Any:
        """Run `work` and return what it returns."""
        ...


class Blocked:
    """The chats that are left in peace, known by nothing but their pseudonyms.

    Args:
        home: folder with the key of the pseudonyms.
        db: the home's database.
        runs: runs what uses it.
    """

    def __init__(self, home: Path, db: Database, runs: Runs) -> None:
        self._pseudonyms = Pseudonyms.load(home)
        self._db = db
        self._runs = runs
        self._chats: set[str] = set()

    async def load(self) -> None:
        """Read who is marked."""
        self._chats = await self._runs(self._stored)

    def __contains__(self, chat: int) -> bool:
        return self._name(chat) in self._chats

    async def mark(self, chat: int) -> None:
        """Leave a chat in peace from now on."""
        name = self._name(chat)
        if name not in self._chats:
            self._chats.add(name)
            await self._runs(self._keep, name)

    async def unmark(self, chat: int) -> None:
        """Take a chat back: someone there wrote to the bot or let it in again."""
        name = self._name(chat)
        if name in self._chats:
            self._chats.discard(name)
            await self._runs(self._forget, name)

    def _name(self, chat: int) -> str:
        return self._pseudonyms.of(f"telegram:{chat}")

    def _stored(self) -> set[str]:
        migrate(self._db, migrations)
        return {str(row[0]) for row in self._db.execute("SELECT chat FROM telegram_blocked")}

    def _keep(self, name: str) -> None:
        at = datetime.now(UTC).isoformat(timespec="seconds")
        with self._db.atomic():
            self._db.execute("INSERT OR REPLACE INTO telegram_blocked VALUES (?, ?)", [name, at])

    def _forget(self, name: str) -> None:
        with self._db.atomic():
            self._db.execute("DELETE FROM telegram_blocked WHERE chat = ?", [name])
