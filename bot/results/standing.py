"""How the targets of the home stand."""

from __future__ import annotations

from datetime import date

from bot.row_texts import written
from config.texts import ResultTexts
from knowledge.places import Places
from knowledge.results.result import RANKS, Progress, Result, State, progress_of
from knowledge.results.store import ResultStore
from knowledge.row_shelf import Found
from knowledge.targets import Target


class Standings:
    """Holds targets against the results that are known.

    Args:
        results: what was reached.
        places: old and new names of places.
    """

    def __init__(self, results: ResultStore, places: Places) -> None:
        self._results = results
        self._places = places

    def of(self, found: Found[Target], on: date) -> Progress:
        """Return how a target stands on a day."""
        row, place = found.row, found.document.metadata.place
        names = [place, self._places.current_of(place)] if place else []
        known = [name for name in names if name]
        result = self._results.of(row, known, row.year)
        before = self._results.of(row, known, row.year - 1) if row.year else None
        return progress_of(row, result, on, before)


def progress_line(progress: Progress, texts: ResultTexts) -> str | None:
    """Return one line on how a target stands, None where no result is known."""
    result = progress.result
    if result is None:
        return None
    return texts.line.format(
        value=figure(result, texts),
        state=state_label(progress.state, texts),
        gap=gap_text(progress, texts),
        day=f"{result.as_of.day}/{result.as_of.month}/{result.as_of.year}",
        source=result.source,
    )


def figure(result: Result, texts: ResultTexts) -> str:
    """Return the figure of a result as Vietnamese write it."""
    number = written(result.value)
    if result.unit in RANKS:
        return texts.rank.format(value=number)
    if result.unit == "%":
        return f"{number}%"
    return f"{number} {result.unit}".strip()


def gap_text(progress: Progress, texts: ResultTexts) -> str:
    """Return how far the result is from the target, in words; "" where that is unknown."""
    if progress.gap is None:
        return ""
    if abs(progress.gap) < 1e-9:
        return texts.exactly
    form = texts.better if progress.gap > 0 else texts.worse
    return form.format(gap=written(round(abs(progress.gap), 4)))


def state_label(state: State, texts: ResultTexts) -> str:
    """Return the label of a state."""
    return {
        State.REACHED: texts.reached,
        State.MISSED: texts.missed,
        State.NOT_DUE: texts.not_due,
        State.NO_FIGURE: texts.no_figure,
    }[state]
