"""`/vanban`: which documents are known, by words, place, kind and year; and one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.context import Context, Tools
from bot.conversation import Turn
from bot.message import Choice, Reply, Status
from bot.offers import label_of, numbered
from bot.quotes import standing_notes
from bot.steps.offer import offer
from bot.steps.read import choices_of_parts, read_part
from index.documents import IndexedDocument
from index.question import Question
from index.text import fold, syllables

SHOWN = 6  # documents in one reply
KINDS = 4  # kinds of documents that are counted by name


def list_documents(context: Context) -> Reply:
    """List the documents that have the words of the command, or say what there is."""
    texts = context.tools.texts.documents
    if not context.text:
        return _what_there_is(context)
    part = read_part(context)
    if part is not None:
        return part
    matching = matching_documents(context.text, context.tools)
    if not matching:
        return Reply(Status.NO_ANSWER, texts.none.format(words=context.text))
    if len(matching) == 1:
        return document_reply(context, matching[0])
    choices = tuple(
        Choice(
            str(i),
            f"{label_of(document)}{_counted(context, document)}",
            f"/vanban {document.id}",
            document=document.id,
        )
        for i, document in enumerate(matching[:SHOWN], 1)
    )
    more = len(matching) - len(choices)
    closing = texts.more.format(count=more) if more else ""
    heading = texts.found.format(count=len(matching))
    return offer(context, Status.ANSWERED, heading, choices, closing)


def document_reply(context: Context, document: IndexedDocument) -> Reply:
    """Say what is known of one document and offer its parts as questions."""
    tools, metadata = context.tools, document.metadata
    texts = tools.texts.documents
    standing = tools.searcher.standing(metadata, context.message.on)
    whole = tools.searcher.document(document.id)
    lines = [document.title]
    if metadata.number and metadata.number not in document.title:
        lines.append(texts.number.format(number=metadata.number))
    if metadata.code:
        lines.append(texts.code.format(code=metadata.code))
    if metadata.issuer:
        lines.append(texts.issuer.format(issuer=metadata.issuer))
    if metadata.issued_on:
        day = metadata.issued_on
        lines.append(texts.issued_on.format(day=f"{day.day}/{day.month}/{day.year}"))
    lines.append(tools.texts.validity.label(standing.validity.value))
    lines += standing_notes(standing, whole, tools.texts.notes)
    if metadata.url:
        lines.append(tools.texts.answer.link.format(url=metadata.url))
    headings = dict.fromkeys(section.heading[:1] for section in whole.sections if section.heading)
    choices = choices_of_parts(whole, list(headings)[:SHOWN])
    choices += _choices_of_rows(context, document, len(choices))
    if choices:
        lines += ["", texts.parts, *numbered(choices)]
    name = f"{document.title} ({metadata.number})" if metadata.number else document.title
    context.keep(Turn(document.title, (), (), document.id, metadata.code, choices, name))
    return Reply(Status.ANSWERED, "\n".join(lines), choices=choices)


def _counted(context: Context, document: IndexedDocument) -> str:
    """Return " · 9 chỉ tiêu, 26 thời hạn" for the rows of a document, nothing for none."""
    texts = context.tools.texts.documents
    targets, deadlines = context.tools.rows.counts().get(document.id, (0, 0))
    said = [texts.targets.format(count=targets)] if targets else []
    said += [texts.deadlines.format(count=deadlines)] if deadlines else []
    return f" · {', '.join(said)}" if said else ""


def _choices_of_rows(
    context: Context, document: IndexedDocument, before: int
) -> tuple[Choice, ...]:
    """Return the choices that show a document's targets and its deadlines."""
    texts = context.tools.texts.documents
    targets, deadlines = context.tools.rows.counts().get(document.id, (0, 0))
    wanted = [(targets, texts.targets, "chitieu"), (deadlines, texts.deadlines, "thoihan")]
    return tuple(
        Choice(str(before + i), label.format(count=count), f"/{command} {document.id}")
        for i, (count, label, command) in enumerate((w for w in wanted if w[0]), 1)
    )


def _what_there_is(context: Context) -> Reply:
    texts = context.tools.texts.documents
    documents = list(context.tools.searcher.index.documents)
    kinds = Counter(document.metadata.kind or texts.other_kind for document in documents)
    named = [texts.kind.format(kind=kind, count=n) for kind, n in kinds.most_common(KINDS)]
    rest = len(documents) - sum(n for _, n in kinds.most_common(KINDS))
    if rest:
        named.append(texts.kind.format(kind=texts.rest, count=rest))
    places = Counter(d.metadata.place for d in documents if d.metadata.place)
    choices = tuple(
        Choice(str(i), place, f"/vanban {place}")
        for i, (place, _) in enumerate(places.most_common(SHOWN), 1)
    )
    if context.tools.national is not None:
        named.append(texts.national)
    heading = "\n".join([texts.known.format(count=len(documents)), *named])
    return offer(context, Status.CLARIFY, heading, choices, texts.how)


def matching_documents(text: str, tools: Tools) -> Sequence[IndexedDocument]:
    """Return the documents that fit the places, years, numbers and other words of a text.

    Args:
        text: what to look for; the id of a document finds that one alone.
        tools: where to look.
    """
    documents = list(tools.searcher.index.documents)
    named = [document for document in documents if document.id == text]
    if named:
        return named
    question = tools.understanding.read(text)
    words = _words(question)
    return [d for d in documents if _fits(d, question, words, tools)]


def _words(question: Question) -> list[str]:
    """Return the syllables of a question beside its places and years, without diacritics."""
    rest = question.understood
    for place in question.places:
        rest = rest.replace(question.understood[place.start : place.end], " ")
    years = {str(year) for year in question.years}
    return [word for word in syllables(fold(rest)) if word not in years]


def _fits(
    document: IndexedDocument, question: Question, words: Sequence[str], tools: Tools
) -> bool:
    metadata = document.metadata
    place_fits = not question.places or any(
        metadata.place and tools.places.covers(place.name, metadata.place)
        for place in question.places
    )
    period = metadata.period
    issued = metadata.issued_on.year if metadata.issued_on else None
    years_fit = not question.years or any(
        year == issued or (period and period.start <= year <= period.end) for year in question.years
    )
    said = (document.title, metadata.number, metadata.kind, metadata.issuer, metadata.field)
    known = set(syllables(fold(" ".join(filter(None, said)))))
    return place_fits and years_fit and all(word in known for word in words)
