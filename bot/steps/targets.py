"""`/chitieu`: targets by index, kind, field, place and year, each with its clause."""

from __future__ import annotations

from dataclasses import replace

from bot.context import Context
from bot.conversation import Turn
from bot.message import Attachment, Choice, Reply, Status
from bot.offers import numbered
from bot.results.report import lines_of, xlsx_of
from bot.results.standing import progress_line
from bot.results.views import pictures_of
from bot.row_texts import target_line
from bot.steps.offer import offer
from bot.steps.rows import page_of, rows_reply
from bot.wanted import wanted_of
from knowledge.row_shelf import Found, Wanted
from knowledge.targets import Target

TABLE = "§xlsx"  # behind the words of a look-up: its rows as a workbook
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KEYS = 6  # indices and kinds offered
PLACES = 4  # places offered
YEARS = 4  # years offered


def look_up_targets(context: Context) -> Reply:
    """Show the targets that fit the words of the command, or offer what there is."""
    texts = context.tools.texts.targets
    words, _ = page_of(context.text)
    as_table = words.endswith(TABLE)
    words = words.removesuffix(TABLE).strip()
    if not words:
        return _what_there_is(context)
    wanted = _wanted(context, words)
    found = context.tools.rows.targets(wanted, context.message.on)
    if not found:
        return _none(context, words, wanted)
    if len(wanted.places) > 1 or len(wanted.years) > 1:
        found = side_by_side(found)
    if as_table:
        return _table(context, words, found)
    heading = texts.found.format(count=len(found), words=_called(context, wanted, words))
    reply = rows_reply(
        context,
        "chitieu",
        found,
        lambda row: [target_line(row, texts), *_standing(context, row)],
        heading,
        texts.more,
    )
    reply = replace(reply, attachments=pictures_of(context, words, found))
    return _with_table_choice(context, reply, words) if len(found) > 1 else reply


def _wanted(context: Context, words: str) -> Wanted:
    """Return what is looked for: the words may be the id of a document."""
    if words in context.tools.rows.counts():
        return Wanted(document=words)
    return wanted_of(context.tools.understanding.read(words))


def _called(context: Context, wanted: Wanted, words: str) -> str:
    return context.tools.rows.document(wanted.document).title if wanted.document else words


def _with_table_choice(context: Context, reply: Reply, words: str) -> Reply:
    """Offer the rows of a reply as a workbook."""
    label = context.tools.texts.targets.table
    choice = Choice(str(len(reply.choices) + 1), label, f"/chitieu {words} {TABLE}")
    choices = (*reply.choices, choice)
    context.keep(Turn(words, choices=choices))
    gap = "\n" if reply.choices else "\n\n"
    return replace(reply, text=f"{reply.text}{gap}{numbered((choice,))[0]}", choices=choices)


def _table(context: Context, words: str, found: list[Found[Target]]) -> Reply:
    """Return the rows with results and states as a workbook."""
    texts, on = context.tools.texts, context.message.on
    called = _called(context, _wanted(context, words), words)
    caption = texts.targets.table_caption.format(count=len(found), words=called)
    lines = lines_of(found, context.tools.standings, on)
    data = xlsx_of(texts.results.report_title.format(document=called), lines, texts)
    context.keep(Turn(words))
    attachment = Attachment("chi-tieu.xlsx", XLSX, data, caption)
    return Reply(Status.ANSWERED, caption, attachments=(attachment,))


def _standing(context: Context, found: Found[Target]) -> list[str]:
    """Return the line on what was reached, nothing where that is not known."""
    progress = context.tools.standings.of(found, context.message.on)
    line = progress_line(progress, context.tools.texts.results)
    return [line] if line else []


def side_by_side(found: list[Found[Target]]) -> list[Found[Target]]:
    """Return rows ordered so that one indicator of several years or places stands together."""
    order = {(f.row.key or f.row.indicator): i for i, f in reversed(list(enumerate(found)))}
    return sorted(
        found,
        key=lambda f: (
            order[f.row.key or f.row.indicator],
            f.document.metadata.place or "",
            f.row.year or 0,
        ),
    )


def _what_there_is(context: Context) -> Reply:
    """Offer the indices, kinds and places that have targets."""
    texts, rows = context.tools.texts.targets, context.tools.rows
    name_of = rows.names.vocabulary.name_of
    named = [name_of(key) for key in rows.known_keys()[:KEYS]]
    named += rows.known_places()[:PLACES]
    choices = tuple(Choice(str(i), name, f"/chitieu {name}") for i, name in enumerate(named, 1))
    heading = texts.what if choices else texts.empty
    return offer(context, Status.CLARIFY, heading, choices, texts.how)


def _none(context: Context, words: str, wanted: Wanted) -> Reply:
    """Say that there is none, and offer the years or places that have such a target."""
    texts, rows, on = context.tools.texts.targets, context.tools.rows, context.message.on
    anywhere = Wanted(wanted.text, wanted.words, document=wanted.document)
    others = rows.targets(Wanted(wanted.text, wanted.words, wanted.places), on)
    label = {str(f.row.year): f.row.year for f in others if f.row.year} if wanted.years else {}
    plain = context.tools.understanding.read(words)
    rest = plain.typed
    for place in reversed([p for p in plain.places if p.end]):
        rest = f"{rest[: place.start]} {rest[place.end :]}" if not label else rest
    for year in plain.years:
        rest = rest.replace(str(year), " ")
    rest = " ".join(rest.split())
    names = sorted(label, reverse=True)[:YEARS]
    if not names and wanted.places:
        found = rows.targets(anywhere, on)
        own = (f.document.metadata.place for f in found)
        names = list(dict.fromkeys(place for place in own if place))[:PLACES]
    choices = tuple(
        Choice(str(i), f"{rest} {name}".strip(), f"/chitieu {rest} {name}".replace("  ", " "))
        for i, name in enumerate(names, 1)
    )
    heading = texts.none.format(words=words)
    return offer(context, Status.NO_ANSWER, heading, choices, texts.how)
