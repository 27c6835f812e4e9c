"""Whether the sheets of the national procedures are asked at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import pytest

from bot.national import National
from knowledge.document import Document, Metadata, Section
from knowledge.procedures.compact import packed
from knowledge.procedures.facts import Procedure
from knowledge.procedures.rows import ProcedureRows
from knowledge.store import KnowledgeStore

CODES = ("1.000001", "1.000002")


def put(store: KnowledgeStore, code: str) -> None:
    text = "Trình tự thực hiện: nộp hồ sơ."
    metadata = Metadata(code=code)
    sections = (Section((), 0, len(text)),)
    document = Document(code, f"Thủ tục {code}", text, sections, metadata, "t")
    store.put(document, facts=Procedure(code, document.title, None, None, ()))


@pytest.fixture
def store(tmp_path: Path) -> Any:
    store = KnowledgeStore(tmp_path)
    yield store
    store.close()


def test_sheets_are_not_asked_where_the_home_holds_all_procedures(
    store: KnowledgeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = packed(Procedure(code, "Tên", None, None, ()) for code in CODES)
    monkeypatch.setattr("bot.national.shipped", lambda: sheets)

    def never(*_: Any) -> Any:
        raise AssertionError("the store of the sheets is not needed")

    national = National(tmp_path, ProcedureRows(store.db), never, never, never)
    put(store, CODES[0])
    assert national.is_needed
    assert national.holds(CODES[1])
    assert not national.holds(CODES[0])
    put(store, CODES[1])
    assert not national.is_needed
    store.remove(CODES[0])
    assert national.is_needed
    assert not (tmp_path / "national").exists()


class Keeper:
    """Gives an index that is repaired elsewhere, as the keeper of a service does."""

    def __init__(self) -> None:
        self.repaired = False

    def current(self, _: Any) -> Any:
        return self

    def comparable(self, _: Any) -> bool:
        return self.repaired


def test_sheets_are_searched_by_words_until_their_index_is_repaired(
    store: KnowledgeStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheets = packed(Procedure(code, "Tên", None, None, ()) for code in CODES)
    monkeypatch.setattr("bot.national.shipped", lambda: sheets)
    keeper = Keeper()
    made: list[tuple[bool, list[str]]] = []

    class Searching:
        """Notes how it is made."""

        def __init__(self, _: Any, index: Any, *, encoded: bool, hidden: Any) -> None:
            self.index, self.encoded = index, encoded
            made.append((encoded, sorted(hidden)))

    monkeypatch.setattr("bot.national.replace", lambda tools, **_: tools)
    national = National(
        tmp_path,
        ProcedureRows(store.db),
        cast(Any, lambda *_: keeper),
        cast(Any, Searching),
        lambda *_: None,
    )
    assert not national.degraded
    national.tools(cast(Any, None))
    assert national.degraded
    keeper.repaired = True
    national.look()
    assert not national.degraded
    national.tools(cast(Any, None))
    national.tools(cast(Any, None))  # nothing changed: the same one serves
    assert made == [(False, []), (True, [])]
    put(store, CODES[0])
    national.tools(cast(Any, None))
    assert made[2:] == [(True, [CODES[0]])]
    national.close()
