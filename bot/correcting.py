"""Officials correct rows: found by document and clause, changed, noted, all or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from bot.audit import COMMAND_LINE, Action, Audit
from bot.keeping.states import ROWS, thing_of
from config.officials_texts import CorrectingTexts
from knowledge.deadlines import Deadline
from knowledge.row_corrections import RowCorrection, RowCorrections, RowT, mark_of
from knowledge.row_words import RowWords, RowWordsError
from knowledge.store import KnowledgeStore
from knowledge.targets import Target

_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


class RowCorrecting:
    """Corrects the rows of one home.

    Args:
        store: documents and rows.
        words: reads what officials write.
        audit: where every change is noted, in its transaction.
        texts: what is said, and the words that say that a row states nothing.
    """

    def __init__(
        self, store: KnowledgeStore, words: RowWords, audit: Audit, texts: CorrectingTexts
    ) -> None:
        self._store = store
        self._words = words
        self._audit = audit
        self._texts = texts
        self._none = texts.none()

    def targets(self, document: str, clause: str = "") -> list[Target]:
        """Return the targets of a document whose clause holds some words."""
        rows = self._store.extracts.targets()
        return [r for d, r in rows if d == document and _holds(r, clause)]

    def deadlines(self, document: str, clause: str = "") -> list[Deadline]:
        """Return the deadlines of a document whose clause holds some words."""
        rows = self._store.extracts.deadlines()
        return [r for d, r in rows if d == document and _holds(r, clause)]

    def marked(self, mark: str) -> tuple[str, Target] | None:
        """Return the target that `mark_in` names, with its document's id; None if it is gone."""
        return _marked(self._store.extracts.targets(), mark)

    def marked_deadline(self, mark: str) -> tuple[str, Deadline] | None:
        """Return the deadline that `mark_in` names, as `marked` does a target."""
        return _marked(self._store.extracts.deadlines(), mark)

    def changed(self, row: Target, words: str) -> Target | None:
        """Return a target as words correct it, None where they say that it is none.

        Raises:
            RowWordsError: the words cannot be taken.
        """
        return None if words.strip().lower() in self._none else self._words.target(row, words)

    def changed_deadline(self, row: Deadline, words: str) -> Deadline | None:
        """Return a deadline as words correct it, as `changed` does a target."""
        return None if words.strip().lower() in self._none else self._words.deadline(row, words)

    def correct_target(
        self, document: str, row: Target, words: str, actor: str = COMMAND_LINE
    ) -> Target | None:
        """Correct a target and return what stands now.

        Raises:
            RowWordsError: the words cannot be taken; nothing was changed.
        """
        after = self.changed(row, words)
        self._keep(self._store.extracts.target_corrections, document, row, after, words, actor)
        return after

    def correct_deadline(
        self, document: str, row: Deadline, words: str, actor: str = COMMAND_LINE
    ) -> Deadline | None:
        """Correct a deadline and return what stands now.

        Raises:
            RowWordsError: the words cannot be taken; nothing was changed.
        """
        after = self.changed_deadline(row, words)
        self._keep(self._store.extracts.deadline_corrections, document, row, after, words, actor)
        return after

    def missing(self, document: str, clause: str, words: str) -> Target:
        """Return the target that words describe and a document's clause states.

        Raises:
            KeyError: there is no such document.
            RowWordsError: the document does not hold the clause, or the words cannot be taken.
        """
        if not clause.strip() or clause not in self._store.get(document).text:
            raise RowWordsError(self._texts.not_verbatim)
        return self._words.missing_target(clause, words)

    def add_target(
        self, document: str, clause: str, words: str, actor: str = COMMAND_LINE
    ) -> Target:
        """Add a target that the rules missed.

        Raises:
            KeyError: there is no such document.
            RowWordsError: as `missing`; nothing was changed.
        """
        row = self.missing(document, clause, words)
        self._keep(self._store.extracts.target_corrections, document, None, row, words, actor)
        return row

    def restore(self, number: int, actor: str = COMMAND_LINE) -> bool:
        """Let what was read of a target stand again; say whether there was such a correction."""
        corrections = self._store.extracts.target_corrections
        taken = next((one for one in corrections.all() if one.id == number), None)
        if taken is None:
            return False
        said = taken.clause[:80]
        with self._audit.change(Action.ROW_RESTORED, taken.document, said, actor) as change:
            change.touch(thing_of(ROWS, taken.document))
            return corrections.withdraw(number) is not None

    def corrections(self) -> list[RowCorrection[Target]]:
        """Return all corrections of targets, the oldest first."""
        return self._store.extracts.target_corrections.all()

    def _keep(
        self,
        corrections: RowCorrections[RowT],
        document: str,
        was: RowT | None,
        row: RowT | None,
        words: str,
        actor: str,
    ) -> None:
        with self._audit.change(Action.ROW_CORRECTED, document, words, actor) as change:
            change.touch(thing_of(ROWS, document))
            corrections.keep(document, was, row)


def mark_in(document: str, row: Target | Deadline) -> str:
    """Return a short name of a document's row, which the same clause of another has not.

    Of letters alone: digits in a row would be taken for the number of a paper and left out.
    """
    mark = hashlib.sha256(f"{document} {mark_of(row)}".encode()).hexdigest()[:10]
    return mark.translate(_LETTERS)


def _marked(rows: Iterable[tuple[str, RowT]], mark: str) -> tuple[str, RowT] | None:
    return next(((d, r) for d, r in rows if mark_in(d, r) == mark), None)


def _holds(row: Target | Deadline, clause: str) -> bool:
    wanted, quote = " ".join(clause.lower().split()), " ".join(row.quote.lower().split())
    return wanted in quote or (bool(wanted) and quote in wanted)
