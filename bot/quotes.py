"""From a hit to a quote: the slice, its source, and whether it still holds on the day asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.context import Tools
from bot.conversation import Shown
from bot.message import Quote
from bot.one_line import one_line
from config.texts import NoteTexts, Texts
from index.question import Question
from index.quoting import Passage
from index.searcher import Hit
from knowledge.document import Document, Period
from knowledge.validity import REORGANISED_ON, Reason, Standing

TITLE = 160  # characters of a title below a quote


def shown(hit: Hit, passage: Passage) -> Shown:
    """Return a passage of a hit in the shape that a conversation remembers."""
    return Shown(
        hit.document.id,
        passage.start,
        passage.end,
        passage.answering,
        passage.heading,
        hit.confidence,
    )


def quote_of(document: Document, passage: Shown, on: date, tools: Tools) -> Quote:
    """Return `passage` as a quote with its source and validity on a day.

    Args:
        document: the document that the passage stands in.
        passage: the slice to quote.
        on: the day that the answer is to hold for.
        tools: texts and places.
    """
    metadata = document.metadata
    standing = tools.searcher.standing(metadata, on)
    place = place_note(metadata.place, on, tools) if metadata.place else None
    notes = [
        *standing_notes(standing, document, tools.texts.notes),
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
        score=passage.score,
        answering=passage.answering,
        summary=bool(metadata.summarises),
    )


def lines_of(quote: Quote, url: str | None, tools: Tools) -> list[str]:
    """Return the lines that show a quote: its words, its source, what is to be known about it.

    Args:
        quote: the quote.
        url: address of the page that the document came from.
        tools: texts.
    """
    lines = [f"“{quote.text}”", "", source_line(quote, tools.texts)]
    lines += [quote.note] if quote.note else []
    return [*lines, *([tools.texts.answer.link.format(url=url)] if url else [])]


def source_line(quote: Quote, texts: Texts) -> str:
    """Return the line under a quote: number, title, validity."""
    validity = texts.validity.label(quote.validity)
    title = one_line(quote.title, TITLE)
    if quote.number and quote.number not in quote.title:
        return texts.answer.source_numbered.format(
            number=quote.number, title=title, validity=validity
        )
    return texts.answer.source.format(title=title, validity=validity)


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


def standing_notes(standing: Standing, document: Document, texts: NoteTexts) -> Iterator[str]:
    """Yield the sentences that say why a document holds or does not on the day asked about."""
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
