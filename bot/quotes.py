"""From a hit to a quote: the slice, its source, and whether it still holds on the day asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.context import Tools
from bot.message import Quote
from config.texts import NoteTexts
from index.question import Question
from index.quoting import Passage
from index.searcher import Hit
from knowledge.document import Document, Period
from knowledge.validity import REORGANISED_ON, Reason, Standing


def quote_of(hit: Hit, passage: Passage, on: date, tools: Tools) -> Quote:
    """Return `passage` as a quote with its source and validity on a day.

    Args:
        hit: the document that the passage stands in.
        passage: the slice to quote.
        on: the day that the answer is to hold for.
        tools: texts and places.
    """
    document, metadata = hit.document, hit.document.metadata
    standing = tools.searcher.standing(metadata, on)
    place = place_note(metadata.place, on, tools) if metadata.place else None
    notes = [
        *_standing_notes(standing, document, tools.texts.notes),
        *([place] if place else []),
        *_summary_notes(document, tools.texts.notes),
    ]
    return Quote(
        text=document.text[passage.start : passage.end],
        document=document.id,
        title=document.title,
        number=metadata.number,
        heading=" › ".join(passage.heading) or None,
        source=metadata.url or document.source,
        validity=standing.validity.value,
        note=" ".join(notes),
        score=hit.confidence,
        answering=passage.answering,
        summary=bool(metadata.summarises),
    )


def asked_place_notes(question: Question, on: date, tools: Tools) -> list[str]:
    """Return what each place that a question names is part of now."""
    sure = dict.fromkeys(place.name for place in question.places if place.certain and place.end)
    notes = (place_note(name, on, tools) for name in sure)
    return [note for note in notes if note is not None]


def place_note(place: str, on: date, tools: Tools) -> str | None:
    """Return what a place is part of on a day, None where it still is what it is called."""
    unit = tools.places.merged_note_data(place)
    if unit is None or on < REORGANISED_ON:
        return None
    return tools.texts.notes.place_now.format(place=place, current=f"{unit.kind} {unit.name}")


def _standing_notes(standing: Standing, document: Document, texts: NoteTexts) -> Iterator[str]:
    start = document.metadata.effective_from or document.metadata.issued_on
    if standing.reason is Reason.REPLACED and standing.replaced_by:
        yield texts.replaced.format(number=standing.replaced_by)
    if standing.reason is Reason.PERIOD_OVER and standing.period:
        one = standing.period.start == standing.period.end
        text = texts.period_over_year if one else texts.period_over
        yield text.format(period=_years(standing.period))
    if standing.reason is Reason.LAPSED and standing.until:
        yield texts.ended.format(day=_written(standing.until))
    if standing.reason is Reason.NOT_YET and start:
        yield texts.not_yet.format(day=_written(start))
    if standing.issuer_gone:
        yield texts.district_ended


def _years(period: Period) -> str:
    if period.start == period.end:
        return str(period.start)
    return f"{period.start} - {period.end}"


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _summary_notes(document: Document, texts: NoteTexts) -> Iterator[str]:
    if document.metadata.summarises:
        numbers = ", ".join(document.metadata.summarises)
        yield texts.summary.format(numbers=numbers, source=document.source)
