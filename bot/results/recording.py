"""Results that officials type: read, read back, stored and noted together."""

from __future__ import annotations

from datetime import date

from bot.audit import Action, Audit
from knowledge.results.result import Result
from knowledge.results.store import ResultStore
from knowledge.results.typed import TypedResults


class ResultRecording:
    """Takes results of one home.

    Args:
        reader: reads what was typed.
        results: where they are kept.
        audit: where they are noted, in the same transaction.
    """

    def __init__(self, reader: TypedResults, results: ResultStore, audit: Audit) -> None:
        self._reader = reader
        self._results = results
        self._audit = audit

    def read(self, words: str, today: date) -> Result:
        """Return the result that words state.

        Raises:
            TypedResultError: they state none.
        """
        return self._reader.read(words, today)

    def record(self, result: Result, actor: str) -> None:
        """Store a result and note who gave it; one of the same day takes its place."""
        said = f"{result.indicator}, {result.place or '-'}, {result.year}: {result.value:g}"
        with self._results.transaction():
            self._results.add([result])
            self._audit.note(
                Action.RESULT_STORED, result.key or result.indicator, f"{said} {result.unit}", actor
            )
