"""The answer out of a procedure: the rows that are asked for, each with its quote."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.actions import offered
from bot.context import Context
from bot.conversation import Shown
from bot.message import Choice, Quote, Reply, Status
from bot.offers import choice_of, numbered
from bot.one_line import one_line
from bot.procedures.asked import Asked
from bot.procedures.parts import OF_TABLE, Part, parts_of, rest_of
from bot.procedures.rows import authority_lines, due_lines, row_lines
from bot.procedures.stated import TABLE
from bot.procedures.telling_apart import plain_name, told_apart
from bot.quotes import asked_place_notes, lines_of, quote_of, shown
from bot.steps.compose import read_anew
from bot.steps.offer import offer
from bot.steps.remember import remember
from bot.steps.sheets import WHOLE
from config.procedures import ProcedurePhrases
from config.words import Intent
from index.searcher import Hit
from knowledge.procedures.facts import Procedure

QUOTES = 3  # parts of a question that are answered at a time
NAME = 160  # characters of a procedure's name
PASSAGES = 6  # passages that one can go on to
# What is stated where a procedure was only named.
OVERVIEW = tuple(Intent(name, (), (TABLE,)) for name in OF_TABLE)
# What a sheet of facts of the portal says nothing about.
NOT_ON_SHEETS = ("documents", "forms", "conditions", "act_by", "steps", "result")
NAMED = 0.2  # share of its name from which a procedure counts as named
LIKELIEST = 8  # procedures that a mere name is held against
ALIKE = 0.25  # difference of score under which a mere name may stand for either
EQUAL = 0.004  # difference of score under which two procedures fit a question equally


class AnswerProcedure:
    """Answers where the best hit is a procedure.

    Args:
        phrases: how people ask about procedures.
    """

    def __init__(self, phrases: ProcedurePhrases) -> None:
        self._asked = Asked(phrases)

    def __call__(self, context: Context) -> Reply | None:
        best = context.hits[0]
        if not best.indexed.metadata.code:
            return None
        facts = context.tools.procedures.of_document(best.document.id)
        if facts is None:
            return None
        return _asking_back(context) or self._answer(context, best, facts)

    def _answer(self, context: Context, best: Hit, facts: Procedure) -> Reply | None:
        question, tools = context.asked, context.tools
        rows = self._asked.rows(facts.modes, question.understood)
        intents = OVERVIEW if _is_named(context) else question.intents
        parts = parts_of(best, facts, intents, rows, question)[:QUOTES]
        parts = parts or [Part("", shown(best, best.passages[0]))]
        names = [intent.name for intent in intents]
        start = self._asked.handed_in(question.understood, context.message.on)
        stated = [*row_lines(facts, rows, names, context.message.on, tools.texts)]
        if start is not None:
            stated += due_lines(rows, start, tools.working_days, tools.texts)
        if best.indexed.metadata.summarises and any(name in NOT_ON_SHEETS for name in names):
            stated.append(tools.texts.procedures.not_on_sheet)
        passages = [part.passage for part in parts] + list(rest_of(best, parts))
        passages += _of_others(context)
        quotes = tuple(
            quote_of(best.document, passage, context.message.on, tools)
            for passage in [*passages[: max(len(parts), 2)], *_of_others(context)][:QUOTES]
        )
        heading, choices = _others(context)
        remember(context, best, choices, passages[:PASSAGES])
        lines = [
            *_opening(context, facts),
            *stated,
            *_quoted(context, facts, parts, quotes, bool({"authority", "hand_in"} & {*names})),
            *(["", heading, *numbered(choices)] if choices else []),
        ]
        return Reply(
            Status.ANSWERED,
            "\n".join(lines),
            context.bare,
            quotes,
            ({"kind": "procedure", **facts.as_json()},),
            choices,
            offered(best.document, passages, 0, context),
        )


def _asking_back(context: Context) -> Reply | None:
    """Ask which one is meant where several procedures fit equally."""
    if context.chosen or context.about or context.favoured or context.asked.codes:
        return None
    equal = _named_alike(context) if _is_named(context) else _equal(context, context.hits)
    if len(equal) < 2:
        return None
    texts = context.tools.texts
    heading, choices = told_apart(equal, context.text, texts.procedures)
    return offer(context, Status.CLARIFY, heading, choices, texts.clarify.how)


def _is_named(context: Context) -> bool:
    """Say whether a question is nothing but the name of the best hit, or nothing but chose it."""
    named = context.hits[0].features["named"] >= WHOLE or bool(context.asked.codes)
    named = named or context.chosen is not None
    return named and not (context.asked.intents or context.asked.answers)


def _named_alike(context: Context) -> list[Hit]:
    """Return what a mere name may stand for: the best, if it is far above, or those beside it."""
    question, settings = context.asked, context.tools.settings
    if context.hits[0].features["precision"] >= NAMED:
        return []
    hits = context.tools.searcher.search(question, procedures_only=True, read=LIKELIEST)
    distinct: dict[str, Hit] = {}
    best = context.hits[0]
    for hit in _equal(context, hits, best.score - ALIKE):
        if hit.features["named"] >= best.features["named"]:
            distinct.setdefault(plain_name(hit.document.title), hit)
    return list(distinct.values())[: settings.choices]


def _equal(context: Context, hits: Sequence[Hit], least: float | None = None) -> list[Hit]:
    """Return the procedures among hits that are sure enough and no worse than a score."""
    least = hits[0].score - EQUAL if least is None else least
    threshold = context.tools.settings.threshold
    return [
        hit
        for hit in hits
        if hit.indexed.metadata.code and hit.score >= least and hit.confidence >= threshold
    ]


def _opening(context: Context, facts: Procedure) -> Iterator[str]:
    texts = context.tools.texts.answer
    if context.chosen is None and read_anew(context):
        understood = one_line(context.bare, NAME)
        yield from (texts.understood.format(understood=understood), "")
    name = one_line(facts.name.removeprefix("Thủ tục "), NAME)
    yield texts.procedure.format(name=name[:1].upper() + name[1:], code=facts.code)


def _quoted(
    context: Context,
    facts: Procedure,
    parts: Sequence[Part],
    quotes: Sequence[Quote],
    said_where: bool,
) -> Iterator[str]:
    """Yield the quotes, each with its field, and below the last one where all of it comes from."""
    texts = context.tools.texts
    for quote in quotes[: len(parts) - 1]:
        yield from ("", f"“{quote.text}”", "", texts.procedures.part.format(part=quote.heading))
    quote = quotes[len(parts) - 1]
    words, gap, _, *rest = lines_of(quote, facts.url, context.tools)
    # Its name, which is often a long one, stands above.
    validity = texts.validity.label(quote.validity)
    yield from ("", words, gap, texts.procedures.source.format(code=facts.code, validity=validity))
    if not said_where:
        yield from authority_lines(facts, context.message.on, texts.procedures)
    for note in asked_place_notes(context.asked, context.message.on, context.tools):
        if note not in quotes[0].note:
            yield note
    yield from rest


def _of_others(context: Context) -> list[Shown]:
    threshold = context.tools.settings.threshold
    others = (h for h in context.hits[1:] if h.confidence >= threshold)
    return [shown(hit, hit.passages[0]) for hit in others]


def _others(context: Context) -> tuple[str, tuple[Choice, ...]]:
    """Procedures that may be meant instead; after a choice there is nothing more to choose."""
    texts, settings = context.tools.texts, context.tools.settings
    best = context.hits[0]
    if context.settled:
        return "", ()
    near = [h for h in context.hits[1:] if h.score >= best.score - settings.close]
    near = near[: settings.choices]
    own = [h for h in near if h.indexed.metadata.code]
    if len(own) < len(near) or not own:
        choices = tuple(choice_of(i, hit, context.text) for i, hit in enumerate(near, 1))
        return texts.answer.more, choices
    _, choices = told_apart([best, *own], context.text, texts.procedures)
    return texts.procedures.other_case, tuple(
        Choice(str(i), c.label, c.question, c.code, c.document)
        for i, c in enumerate(choices[1:], 1)
    )
