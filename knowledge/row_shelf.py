"""Looking up targets and deadlines: by words, place, year, index, field, body and day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from knowledge.deadlines import Deadline
from knowledge.deadlines.occurrences import next_day
from knowledge.document import Metadata
from knowledge.folding import fold
from knowledge.lowering import lowered
from knowledge.places import Places
from knowledge.store import Entry, KnowledgeStore
from knowledge.targets import Target
from knowledge.targets.names import Names
from knowledge.validity import Standing, Validity, standing_on, successors

ENOUGH = 0.75  # share of the words that a row has to say where nothing else was asked for
_ORDER = (Validity.IN_FORCE, Validity.UNKNOWN, Validity.ENDED, Validity.REPLACED)

_BODY = re.compile(
    r"(?<!\w)(?:so|chi cuc|cuc|van phong|cong an|thanh tra|ubnd|hdnd|phong|trung tam|ban) "
    r"(?!nhan dan)\w+(?: \w+){0,4}"
)

_Row = TypeVar("_Row", Target, Deadline)


@dataclass(frozen=True)
class Wanted:
    """What is looked for; whatever is empty does not narrow.

    Attributes:
        text: the words with their diacritics, in which indices, kinds and fields are recognised.
        words: folded syllables that the rows should say.
        places: provinces and cities as asked.
        localities: districts or communes as asked.
        years: years asked about.
        document: id of the document.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    localities: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    document: str | None = None


@dataclass(frozen=True)
class Found(Generic[_Row]):
    """A row with its document.

    Attributes:
        row: the row.
        document: what it was read from.
        standing: where the document stands on the day asked about.
        day: of a deadline, the next day on which it is due.
    """

    row: _Row
    document: Entry
    standing: Standing
    day: date | None = None


@dataclass(frozen=True)
class _Known:
    """The rows of one state of the store, ready to be looked through."""

    documents: dict[str, Entry]
    successors: dict[str, tuple[str, date | None]]
    targets: list[tuple[Entry, Target, frozenset[str], frozenset[str]]]
    deadlines: list[tuple[Entry, Deadline, frozenset[str]]]

    @cached_property
    def keys(self) -> Counter[str]:
        return Counter(row.key for _, row, _, _ in self.targets if row.key)

    @cached_property
    def counts(self) -> dict[str, tuple[int, int]]:
        targets = Counter(entry.id for entry, *_ in self.targets)
        deadlines = Counter(entry.id for entry, *_ in self.deadlines)
        return {name: (targets[name], deadlines[name]) for name in targets | deadlines}

    @cached_property
    def places(self) -> Counter[str]:
        return Counter(e.metadata.place for e, _, _, _ in self.targets if e.metadata.place)


class RowShelf:
    """The targets and deadlines of a store; read again when it has changed.

    Args:
        store: the documents and their rows.
        places: which place is part of which.
        names: names of indices, kinds of targets and fields.
    """

    def __init__(self, store: KnowledgeStore, places: Places, names: Names) -> None:
        self._store = store
        self._places = places
        self.names = names
        self._state: tuple[object, ...] | None = None
        self._rows = _Known({}, {}, [], [])

    def targets(self, wanted: Wanted, on: date) -> list[Found[Target]]:
        """Return the targets that fit, best first; a summary's only where no original has them.

        Args:
            wanted: what is asked.
            on: the day on which the documents' validity is judged.
        """
        known = self._known()
        low = lowered(wanted.text)
        keys = {mention.key for mention in self.names.indices(low)}
        measure = None if keys else self.names.key_of(wanted.text)
        fields = {mention.key for mention in self.names.fields(low)}
        scored: list[tuple[float, Found[Target]]] = []
        for entry, row, said, kinds in known.targets:
            if not self._fits(entry, wanted) or (wanted.years and row.year not in wanted.years):
                continue
            if keys and row.key not in keys:
                continue
            if measure and measure not in kinds:
                continue
            share = _share(wanted.words, said)
            if not (keys or measure or self._narrowed(wanted)) and share < ENOUGH:
                continue
            own = bool(fields) and (row.field in fields or _says(row, fields))
            score = share + 2.0 * own
            scored.append((score, Found(row, entry, self._standing(entry.metadata, on))))
        if fields and any(score >= 2.0 for score, _ in scored):
            scored = [(score, found) for score, found in scored if score >= 2.0]
        return _without_repeats([found for _, found in sorted(scored, key=_rank)])

    def deadlines(self, wanted: Wanted, on: date) -> list[Found[Deadline]]:
        """Return the deadlines that fit, the next one due first.

        Args:
            wanted: what is asked; `years` counts for the days.
            on: the day from which recurring ones are counted.
        """
        known = self._known()
        found: list[tuple[date, Found[Deadline]]] = []
        body = _body_in(wanted.text)
        named = body and any(_does(row, body) for _, row, _ in known.deadlines)
        for entry, row, said in known.deadlines:
            if not self._fits(entry, wanted) or (named and not _does(row, body)):
                continue
            day = _due_on(entry.metadata, row, on)
            if day is None and row.kind == "recurring":
                continue
            if wanted.years and (day is None or day.year not in wanted.years):
                continue
            if wanted.words and _share(wanted.words, said) < 1.0:
                continue
            standing = self._standing(entry.metadata, on)
            found.append((day or date.max, Found(row, entry, standing, day)))
        return [row for _, row in sorted(found, key=lambda pair: pair[0])]

    def document(self, name: str) -> Entry:
        """Return a document.

        Raises:
            KeyError: there is none of that id.
        """
        return self._known().documents[name]

    def counts(self) -> dict[str, tuple[int, int]]:
        """Return document id → how many targets and deadlines it has, those with any."""
        return self._known().counts

    def known_keys(self) -> list[str]:
        """Return the codes of the indices and kinds that rows have, the most frequent first."""
        return [key for key, _ in self._known().keys.most_common()]

    def known_places(self) -> list[str]:
        """Return the places that have targets, those with the most first."""
        return [place for place, _ in self._known().places.most_common()]

    def within(
        self, document: str, start: int, end: int, on: date
    ) -> tuple[list[Found[Target]], list[Found[Deadline]]]:
        """Return the rows of a document whose clause lies in, or holds, `text[start:end]`."""
        known = self._known()
        entry = known.documents.get(document)
        if entry is None:
            return [], []
        standing = self._standing(entry.metadata, on)
        return (
            [
                Found(row, entry, standing)
                for e, row, _, _ in known.targets
                if e.id == document and _inside(row, start, end)
            ],
            [
                Found(row, entry, standing)
                for e, row, _ in known.deadlines
                if e.id == document and _inside(row, start, end)
            ],
        )

    def _fits(self, entry: Entry, wanted: Wanted) -> bool:
        if wanted.document is not None and entry.id != wanted.document:
            return False
        if not wanted.places:
            return True
        place = entry.metadata.place
        if place is None or not any(self._places.covers(asked, place) for asked in wanted.places):
            return False
        about = fold(f"{entry.title} {entry.metadata.issuer or ''}")
        return not wanted.localities or any(fold(name) in about for name in wanted.localities)

    @staticmethod
    def _narrowed(wanted: Wanted) -> bool:
        return bool(wanted.document or wanted.places or (wanted.years and not wanted.words))

    def _standing(self, metadata: Metadata, on: date) -> Standing:
        number, since = self._rows.successors.get(metadata.number or "", (None, None))
        return standing_on(metadata, on, number, since)

    def _known(self) -> _Known:
        state = (self._store.version, self._store.rows_version)
        if state != self._state:
            entries = {entry.id: entry for entry in self._store.entries()}
            self._rows = _Known(
                entries,
                successors({name: entry.metadata for name, entry in entries.items()}),
                [
                    (
                        entries[name],
                        row,
                        _said(entries[name], row.indicator, row.scope, row.quote),
                        self.names.kinds_of(row.indicator),
                    )
                    for name, row in self._store.extracts.targets()
                    if name in entries
                ],
                [
                    (entries[name], row, _said(entries[name], row.task, row.responsible, row.quote))
                    for name, row in self._store.extracts.deadlines()
                    if name in entries
                ],
            )
            self._state = state
        return self._rows


def _body_in(text: str) -> str:
    """Return the body that words name, folded: "so noi vu"; "" where they name none."""
    match = _BODY.search(" ".join(fold(text).split()))
    return match.group() if match else ""


def _does(row: Deadline, body: str) -> bool:
    """Say whether a body has to do a task: nearby syllables alone do not name it."""
    said = " ".join(fold(row.responsible or "").split())
    return re.search(rf"(?<!\w){re.escape(body)}(?!\w)", said) is not None


def _due_on(metadata: Metadata, row: Deadline, on: date) -> date | None:
    """Return the next day of a deadline; what recurs ends with its plan and begins with it."""
    if row.kind != "recurring":
        return next_day(row.due, on)
    period = metadata.period
    first = max(on, date(period.start, 1, 1)) if period else on
    day = next_day(row.due, first)
    if day is None or (period and day.year > period.end):
        return None
    return day


def _said(entry: Entry, *parts: str | None) -> frozenset[str]:
    """Return the folded syllables of a row and of its document's name."""
    texts = [*parts, entry.title, entry.metadata.number]
    words = fold(" ".join(part for part in texts if part))
    return frozenset("".join(c if c.isalnum() else " " for c in words).split())


def _share(words: Sequence[str], said: frozenset[str]) -> float:
    return sum(word in said for word in words) / len(words) if words else 1.0


def _says(row: Target, fields: Iterable[str]) -> bool:
    return any(name in lowered(row.indicator) for name in fields)


def _inside(row: Target | Deadline, start: int, end: int) -> bool:
    return (start <= row.start and row.end <= end) or (row.start <= start and end <= row.end)


def _rank(pair: tuple[float, Found[Target]]) -> tuple[float, bool, int, int, str, int]:
    score, found = pair
    return (
        -round(score, 2),
        bool(found.document.metadata.summarises),
        _ORDER.index(found.standing.validity),
        -(found.row.year or 0),
        found.document.id,
        found.row.start,
    )


def _without_repeats(rows: list[Found[Target]]) -> list[Found[Target]]:
    """Leave out what a row of another document before it says too, as summaries and news do."""
    kept: list[Found[Target]] = []
    for found in rows:
        if not any(_repeats(found, other) for other in kept):
            kept.append(found)
    return kept


def _repeats(found: Found[Target], other: Found[Target]) -> bool:
    row, known = found.row, other.row
    if found.document.id == other.document.id or row.key != known.key:
        return False
    places = found.document.metadata.place, other.document.metadata.place
    figures = [(r.year, r.comparator, r.value, r.unit, r.field) for r in (row, known)]
    if places[0] != places[1] or figures[0] != figures[1]:
        return False
    words, others = (set(fold(r.indicator).split()) for r in (row, known))
    return len(words & others) * 2 >= min(len(words), len(others))
