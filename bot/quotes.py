"""From a hit to a quote: the slice, its source, and whether it still holds on the day asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.context import Tools
from bot.message import Quote
from config.texts import NoteTexts
from index.quoting import Passage
from index.searcher import Hit
from knowledge.document import Metadata, Period
from knowledge.places import Places
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
    notes = [
        *_standing_notes(standing, tools.texts.notes),
        *_place_notes(metadata, on, tools.texts.notes, tools.places),
        *_summary_notes(metadata, tools.texts.notes),
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


def _standing_notes(standing: Standing, texts: NoteTexts) -> Iterator[str]:
    if standing.reason is Reason.REPLACED and standing.replaced_by:
        yield texts.replaced.format(number=standing.replaced_by)
    if standing.reason is Reason.PERIOD_OVER and standing.period:
        one = standing.period.start == standing.period.end
        text = texts.period_over_year if one else texts.period_over
        yield text.format(period=_years(standing.period))
    if standing.reason is Reason.LAPSED and standing.until:
        yield texts.ended.format(day=f"{standing.until:%d/%m/%Y}")
    if standing.issuer_gone:
        yield texts.district_ended


def _years(period: Period) -> str:
    if period.start == period.end:
        return str(period.start)
    return f"{period.start} - {period.end}"


def _place_notes(
    metadata: Metadata, on: date, texts: NoteTexts, places: Places
) -> Iterator[str]:
    unit = places.merged_note_data(metadata.place) if metadata.place else None
    if unit is not None and on >= REORGANISED_ON:
        yield texts.place_now.format(place=metadata.place, current=f"{unit.kind} {unit.name}")


def _summary_notes(metadata: Metadata, texts: NoteTexts) -> Iterator[str]:
    if metadata.summarises:
        yield texts.summary.format(numbers=", ".join(metadata.summarises))
