"""What can be changed and changed back: its state, aspect by aspect, read from the database.

    document:ke-hoach-2023   content, and one aspect for each corrected field
    rows:ke-hoach-2023       one aspect for each corrected target or deadline
    answer:12                shown
    role:3                   held

Each is named by its kind and its id. An aspect that is missing is one that is not there: a
document without `content` is not stored, a role that is not `held` is nobody's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sqlite_utils import Database

from knowledge.row_corrections import VERSION as ROWS_VERSION
from knowledge.snapshot import Snapshot

DOCUMENT, ROWS, ANSWER, ROLE = "document", "rows", "answer", "role"
CONTENT = "content"
SHOWN = "shown"
HELD = "held"

State = dict[str, Any]

_CORRECTION = ("id", "kind", "clause", "was", "row")
_HOLDER = ("person", "role", "name", "address", "since")


def thing_of(kind: str, name: object) -> str:
    """Return how something is named here."""
    return f"{kind}:{name}"


def capture(db: Database, thing: str) -> State:
    """Return the present state of something, aspect → value as JSON has it."""
    kind, _, name = thing.partition(":")
    return _CAPTURED[kind](db, name)


def snapshot_of(document_id: str, state: Mapping[str, Any]) -> Snapshot | None:
    """Return a document's state as what the store can put back, None where it is not there."""
    content = state.get(CONTENT)
    if content is None:
        return None
    rest = {name: value["is"] for name, value in state.items() if name != CONTENT}
    return Snapshot(document_id, content, rest)


def restore_rows(db: Database, name: str, state: Mapping[str, Any]) -> None:
    """Let other corrections of a document's rows stand; call within a transaction."""
    db.execute("DELETE FROM row_corrections WHERE document = ?", [name])
    for values in state.values():
        db.table("row_corrections").insert({"document": name, **values})
    db.execute("UPDATE state SET value = CAST(value AS INTEGER) + 1 WHERE name = ?", [ROWS_VERSION])


def restore_answer(db: Database, name: str, state: Mapping[str, Any], now: str) -> None:
    """Show a kept answer, or show it no more."""
    withdrawn = None if SHOWN in state else now
    db.execute("UPDATE desk_answers SET withdrawn_at = ? WHERE id = ?", [withdrawn, name])


def restore_role(db: Database, name: str, state: Mapping[str, Any]) -> None:
    """Give a role back under its old number, or take it away.

    Raises:
        sqlite3.IntegrityError: the person holds that role again, under another number.
    """
    held = state.get(HELD)
    db.execute("DELETE FROM role_holders WHERE id = ?", [name])
    if held is not None:
        row = {column: held[column] for column in _HOLDER}
        db.table("role_holders").insert({"id": int(name), **row})


def person_in(value: Any) -> str | None:
    """Return the pseudonym of the person whom the value of an aspect is about."""
    return str(value["person"]) if isinstance(value, dict) and "person" in value else None


def _document(db: Database, name: str) -> State:
    taken = Snapshot.take(db, name)
    if taken is None:
        return {}
    # A field may be corrected to nothing, which is not the same as not corrected.
    return {CONTENT: dict(taken.content)} | {
        field: {"is": value} for field, value in taken.corrections.items()
    }


def _rows(db: Database, name: str) -> State:
    found = db.execute(
        f"SELECT {', '.join(_CORRECTION)} FROM row_corrections WHERE document = ?", [name]
    )
    rows = [dict(zip(_CORRECTION, row, strict=True)) for row in found.fetchall()]
    return {f"{row['kind']} {row['was']} {row['clause']}": row for row in rows}


def _answer(db: Database, name: str) -> State:
    row = db.execute(
        "SELECT 1 FROM desk_answers WHERE id = ? AND withdrawn_at IS NULL", [name]
    ).fetchone()
    return {} if row is None else {SHOWN: True}


def _role(db: Database, name: str) -> State:
    row = db.execute(
        f"SELECT {', '.join(_HOLDER)} FROM role_holders WHERE id = ?", [name]
    ).fetchone()
    return {} if row is None else {HELD: dict(zip(_HOLDER, row, strict=True))}


_CAPTURED: Mapping[str, Callable[[Database, str], State]] = {
    DOCUMENT: _document,
    ROWS: _rows,
    ANSWER: _answer,
    ROLE: _role,
}
