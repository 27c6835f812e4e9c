"""Whatever is changed and undone, the store is as if what was undone had never been done."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.audit import Action, Audit
from bot.correcting import RowCorrecting
from bot.keeping.changes import Changes, Stored
from bot.keeping.record import as_undone
from bot.keeping.replacing import ReplacingError, Unfit
from bot.keeping.undo import Obstacle, UndoError
from config.indicators import load_indicators
from config.texts import load_texts
from index.analyzer import Analyzer
from index.build import build
from index.keeper import IndexKeeper
from knowledge.document import Document
from knowledge.extracting import Extractor
from knowledge.ingest import Ingest
from knowledge.metadata import MetadataError
from knowledge.places import Places
from knowledge.row_corrections import mark_of
from knowledge.row_words import RowWords
from knowledge.store import KnowledgeStore
from knowledge.targets.names import Names
from knowledge.validity import standing_on, successors
from tests.made import TinyEncoder, made_document, silent

PLACES = Places.load()
ANALYZER = Analyzer({})
EXTRACTOR = Extractor(load_indicators(None))
ON = date(2026, 5, 4)
TABLES = {
    "documents": "id, title, text, source, metadata, corrections, digest, bundled",
    "sections": "*",
    "targets": "*",
    "deadlines": "*",
    "procedures": "*",
}

Work = Callable[[Changes], object]


class Home:
    """A home without the pages that ship, and what may be done in it."""

    def __init__(self, folder: Path) -> None:
        self.store = KnowledgeStore(folder, EXTRACTOR)
        self.audit = Audit(self.store.db)
        ingest = Ingest(self.store, PLACES, 1_000_000)
        encoder = TinyEncoder()
        keeper = IndexKeeper(folder, self.store, encoder, ANALYZER, PLACES)
        self.changes = Changes(folder, self.store, ingest, keeper, self.audit, silent)
        # The index follows from the store alone; it is compared at the end.
        keeper.rebuild = lambda progress: None  # type: ignore[method-assign]

    def last(self) -> int:
        newest = self.audit.changes(1)
        return newest[0].id if newest else 0

    def rows(self) -> dict[str, Any]:
        """Return what is stored of the documents, the time of adding aside."""
        return {
            table: sorted(self.store.db.execute(f"SELECT {columns} FROM {table}").fetchall())
            for table, columns in TABLES.items()
        }

    def state(self) -> dict[str, Any]:
        """Return everything that answers depend on."""
        state = self.rows()
        state["documents"] = [
            (*row[:5], json.loads(row[5]), *row[6:]) for row in state["documents"]
        ]
        metadata = {entry.id: entry.metadata for entry in self.store.entries()}
        replaced = successors(metadata)
        state["validity"] = {
            name: standing_on(known, ON, *replaced.get(known.number or "", ()))
            for name, known in metadata.items()
        }
        index = build(self.store, TinyEncoder(), ANALYZER, PLACES, silent)
        state["found"] = {
            words: index.sections.scores(ANALYZER.terms(words)).tolist()
            for words in ("nuôi ong lấy mật", "lấy phấn", "80% số hộ")
        }
        return state


def version(number: int, text: str) -> Document:
    return made_document(
        f"ke-hoach-{number}",
        f"Kế hoạch nuôi ong số {number}, {text}.",
        "Đến năm 2025 có ít nhất 80% số hộ nuôi ong lấy mật.",
        number=f"{number}/KH-UBND",
        kind="Kế hoạch",
        issued_on=date(2021, 3, number),
    )


DOCUMENTS = st.integers(1, 3)
ADDING = st.builds(
    lambda number, text: ("add", number, text), DOCUMENTS, st.sampled_from(["lấy mật", "lấy phấn"])
)
CORRECTING = st.builds(
    lambda number, change: ("correct", number, change),
    DOCUMENTS,
    st.sampled_from(
        [
            {"place": "Huế"},
            {"place": ""},
            {"number": "9/KH-UBND"},
            {"effective_from": "2022-01-01"},
            {"effective_to": "2021-06-30"},
            {"kind": "Quyết định", "period": "2021-2025"},
        ]
    ),
)
ENDING = st.builds(lambda number: ("end", number, "2021-12-31"), DOCUMENTS)
REPLACING = st.builds(lambda old, new: ("replace", old, new), DOCUMENTS, DOCUMENTS)
WITHDRAWING = st.builds(lambda number: ("withdraw", number, ""), DOCUMENTS)
UNDOING = st.builds(lambda back: ("undo", back, ""), st.integers(0, 6))
SEQUENCES = st.lists(
    st.one_of(ADDING, CORRECTING, CORRECTING, ENDING, REPLACING, WITHDRAWING, UNDOING, UNDOING),
    min_size=3,
    max_size=14,
)


def done(kind: str, which: int, more: Any, changes: Changes) -> bool:
    """Do one thing; say whether it was done."""
    name = f"ke-hoach-{which}"
    try:
        if kind == "add":
            stored = changes.store([version(which, more)], {}, "An", lambda _: None)
            return stored.change is not None
        if kind == "correct":
            changes.correct(name, more)
        elif kind == "end":
            changes.end(name, date.fromisoformat(more))
        elif kind == "replace":
            changes.replace(name, f"ke-hoach-{more}")
        else:
            return bool(changes.withdraw([name]))
    except (KeyError, MetadataError, ReplacingError):
        return False
    return True


@settings(max_examples=25)
@given(SEQUENCES)
def test_the_store_is_as_if_what_was_undone_had_never_been(
    sequence: list[tuple[str, Any, Any]],
) -> None:
    with TemporaryDirectory() as folder:
        home = Home(Path(folder) / "a")
        made: dict[int, tuple[str, Any, Any]] = {}
        for kind, which, more in sequence:
            if kind == "undo":
                before = home.rows()
                try:
                    home.changes.undo(home.last() - which)
                except UndoError:
                    assert home.rows() == before
                continue
            if done(kind, which, more, home.changes):
                made[home.last()] = (kind, which, more)
        undone = as_undone(home.store.db, 0)
        as_if = Home(Path(folder) / "b")
        for number, step in made.items():
            if number not in undone:
                assert done(*step, as_if.changes), step
        assert home.state() == as_if.state()
        home.store.close()
        as_if.store.close()


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


def refused(home: Home, number: int) -> tuple[Obstacle, int]:
    with pytest.raises(UndoError) as raised:
        home.changes.undo(number)
    return raised.value.obstacle, raised.value.other


def test_what_something_newer_rests_on_stays(home: Home) -> None:
    assert done("add", 1, "lấy mật", home.changes)
    assert done("correct", 1, {"place": "Huế"}, home.changes)
    assert refused(home, 1) == (Obstacle.RESTS, 2)
    home.changes.undo(2)
    home.changes.undo(1)
    assert home.store.entries() == []


def test_undoing_can_be_undone_once(home: Home) -> None:
    done("add", 1, "lấy mật", home.changes)
    text = home.store.get("ke-hoach-1").text
    done("withdraw", 1, "", home.changes)
    assert home.changes.undo(2).id == 3
    assert home.store.get("ke-hoach-1").text == text
    assert refused(home, 2) == (Obstacle.ALREADY, 3)
    home.changes.undo(3)
    assert home.store.entries() == []
    assert refused(home, 3) == (Obstacle.ALREADY, 4)
    home.changes.undo(2)
    assert home.store.get("ke-hoach-1").text == text


def test_what_is_not_there_or_too_old_is_told(home: Home) -> None:
    assert refused(home, 7)[0] is Obstacle.UNKNOWN
    done("add", 1, "lấy mật", home.changes)
    home.store.db.execute("DELETE FROM kept_states")
    assert refused(home, 1)[0] is Obstacle.FINAL
    assert len(home.audit.changes()) == 1  # an undo that was refused is no change


def test_a_document_replaced_by_one_that_is_not_in_force_yet_counts_until_then(
    home: Home,
) -> None:
    done("add", 1, "lấy mật", home.changes)
    done("add", 2, "lấy phấn", home.changes)
    home.changes.correct("ke-hoach-2", {"effective_from": "2030-01-01"})
    home.changes.replace("ke-hoach-1", "ke-hoach-2")
    metadata = {entry.id: entry.metadata for entry in home.store.entries()}
    by, since = successors(metadata)["1/KH-UBND"]
    assert (by, since) == ("2/KH-UBND", date(2030, 1, 1))
    assert done("replace", 1, 2, home.changes) is False  # said already
    assert done("replace", 2, 1, home.changes) is False  # the other way round
    home.changes.undo(home.last())
    assert successors({e.id: e.metadata for e in home.store.entries()}) == {}


def test_documents_do_not_replace_each_other_in_a_circle(home: Home) -> None:
    for number in (1, 2, 3):
        done("add", number, "lấy mật", home.changes)
    assert done("replace", 1, 2, home.changes)
    assert done("replace", 2, 3, home.changes)
    with pytest.raises(ReplacingError) as raised:
        home.changes.replace("ke-hoach-3", "ke-hoach-1")
    assert raised.value.unfit is Unfit.CIRCLE
    assert done("replace", 1, 3, home.changes)  # a short cut is no circle


def test_what_is_corrected_in_a_file_that_is_known_counts(home: Home) -> None:
    done("add", 1, "lấy mật", home.changes)
    again = [version(1, "lấy mật")]
    mark = mark_of(home.store.extracts.of("ke-hoach-1").targets[0])
    told: list[Stored] = []
    stored = home.changes.store(again, {"place": "Huế"}, "An", told.append, {mark})
    assert told == [stored]
    assert (stored.added, stored.unchanged) == ((), ("ke-hoach-1",))
    assert home.store.get("ke-hoach-1").metadata.place == "Huế"
    assert home.store.extracts.of("ke-hoach-1").targets == ()
    assert home.changes.store(again, {"place": "Huế"}, "An", told.append, {mark}).change is None
    assert stored.change is not None
    home.changes.undo(stored.change)
    assert home.store.get("ke-hoach-1").metadata.place is None
    assert len(home.store.extracts.of("ke-hoach-1").targets) == 1


def test_each_change_says_its_number(home: Home) -> None:
    for number in (1, 2):
        done("add", number, "lấy mật", home.changes)
    made = [
        home.changes.correct("ke-hoach-1", {"place": "Huế"}),
        home.changes.end("ke-hoach-1", date(2024, 12, 31)),
        home.changes.replace("ke-hoach-1", "ke-hoach-2"),
        *home.changes.withdraw(["ke-hoach-2", "khong-co", "ke-hoach-1"]).values(),
    ]
    noted = {change.id: change.action for change in home.audit.changes()}
    assert [noted[number] for number in made] == [
        Action.DOCUMENT_CORRECTED,
        Action.DOCUMENT_ENDED,
        Action.DOCUMENT_REPLACED,
        Action.DOCUMENT_REMOVED,
        Action.DOCUMENT_REMOVED,
    ]


def test_a_corrected_row_is_undone_and_redone(home: Home) -> None:
    done("add", 1, "lấy mật", home.changes)
    names = Names(EXTRACTOR.vocabulary)
    words = RowWords(names, names.vocabulary.units)
    correcting = RowCorrecting(home.store, words, home.audit, load_texts().correcting)

    def targets() -> list[float]:
        return [row.value for row in correcting.targets("ke-hoach-1")]

    (row,) = correcting.targets("ke-hoach-1")
    correcting.correct_target("ke-hoach-1", row, "không phải chỉ tiêu")
    assert targets() == []
    undone = home.changes.undo(home.last())
    assert targets() == [80]
    home.changes.undo(undone.id)
    assert targets() == []
