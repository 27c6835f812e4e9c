"""Blocks of rows with their clauses as quotes: what look-ups of targets and deadlines reply."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from bot.context import Context
from bot.conversation import Shown, Turn
from bot.message import Choice, Quote, Reply, Status
from bot.offers import numbered
from bot.quotes import quote_of, source_line
from bot.row_texts import as_fact
from knowledge.deadlines import Deadline
from knowledge.row_shelf import Found
from knowledge.targets import Target

SHOWN = 5  # rows in one reply
_FROM = re.compile(r"(?P<words>.*?)\s*§(?P<first>\d{1,9})")

_Row = TypeVar("_Row", Target, Deadline)


def page_of(text: str) -> tuple[str, int]:
    """Return the words of a look-up and the number of rows that were shown before."""
    found = _FROM.fullmatch(text)
    return (found["words"], int(found["first"])) if found else (text, 0)


def rows_reply(
    context: Context,
    command: str,
    found: Sequence[Found[_Row]],
    lines_of_row: Callable[[Found[_Row]], list[str]],
    heading: str,
    more: str,
) -> Reply:
    """Return a page of rows, each with its clause, and the choice to go on.

    Rows that follow one another out of one document share the lines that name it: on a phone
    they would take more room than the rows.

    Args:
        context: the message; its text is the look-up's words and where the page begins.
        command: name of the command that shows the next page.
        found: all rows.
        lines_of_row: the lines that tell a row.
        heading: stands above the rows.
        more: label of the choice, with {count}.
    """
    words, first = page_of(context.text)
    page = found[first : first + SHOWN]
    quotes: list[Quote] = []
    lines = [heading] if heading else []
    told: list[str] = []  # source of the blocks above, said once below the last of them
    for rows in _same_clause(page):
        widest = max(rows, key=lambda found: found.row.end - found.row.start)
        quote: Quote = _quote(context, widest)
        quotes.append(quote)
        source = ["", source_line(quote, context.tools.texts)]
        source += [quote.note] if quote.note else []
        lines += told if source != told else []
        lines += [""] if lines else []
        for row in rows:
            lines += lines_of_row(row)
        lines.append(f"“{quote.text}”")
        told = source
    lines += told
    rest = len(found) - first - len(page)
    choices: tuple[Choice, ...] = ()
    if rest > 0:
        question = f"/{command} {words} §{first + len(page)}"
        choices = (Choice("1", more.format(count=rest), question),)
        lines += ["", *numbered(choices)]
    context.keep(Turn(words, choices=choices))
    facts = tuple(as_fact(row) for row in page)
    return Reply(Status.ANSWERED, "\n".join(lines), words, tuple(quotes), facts, choices)


def _same_clause(page: Sequence[Found[_Row]]) -> Iterator[list[Found[_Row]]]:
    """Yield runs of rows that one sentence states."""
    run: list[Found[_Row]] = []
    for found in page:
        if run and not _together(run[-1], found):
            yield run
            run = []
        run.append(found)
    if run:
        yield run


def _together(one: Found[_Row], other: Found[_Row]) -> bool:
    """Say whether the clause of one of two rows holds that of the other."""
    if one.document.id != other.document.id:
        return False
    first, second = sorted((one.row, other.row), key=lambda row: row.start - row.end)
    return first.start <= second.start and second.end <= first.end


def _quote(context: Context, found: Found[Target] | Found[Deadline]) -> Quote:
    document = context.tools.searcher.document(found.document.id)
    passage = Shown(document.id, found.row.start, found.row.end, score=1.0)
    return quote_of(document, passage, context.message.on, context.tools)
