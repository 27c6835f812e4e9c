"""Officials correct rows in the conversation: look one up, say what is wrong, look at it, keep it.

`/suachitieu` corrects targets and adds those that were missed, `/suathoihan` corrects deadlines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.context import Context
from bot.correcting import RowCorrecting, mark_in
from bot.due import due_rows
from bot.message import Choice, Reply, Status
from bot.row_texts import deadline_lines, target_line, value_text
from bot.steps.offer import offer
from bot.steps.role import refused
from bot.wanted import wanted_of
from config.officials_texts import RowCorrectingTexts
from knowledge.deadlines import Deadline
from knowledge.row_shelf import Found
from knowledge.row_words import RowWordsError
from knowledge.targets import Target

RowT = TypeVar("RowT", Target, Deadline)
SHOWN = 8  # rows offered
_MARK = re.compile(r"#(?P<mark>[a-p]{10})(?P<keep>!)?\s*(?P<words>.*)", re.DOTALL)
_MISSING = re.compile(
    r"thêm\s+(?P<document>[^“\"]+?)\s*[“\"](?P<clause>[^”\"]+)[”\"]\s*(?P<keep>!)?\s*(?P<words>.+)",
    re.DOTALL | re.I,
)


@dataclass(frozen=True)
class _Kind(Generic[RowT]):
    """What correcting rows of one kind takes.

    Attributes:
        command: the command's word.
        texts: what is said.
        none: says of words that nothing was found for them.
        found: the rows that words look for.
        line: a found row in one line.
        said: a row as it is read back, in one line.
        marked: the row that a mark names, with its document's id.
        changed: a row as words correct it.
        correct: the same, kept.
    """

    command: str
    texts: RowCorrectingTexts
    none: str
    found: Callable[[Context], Sequence[Found[RowT]]]
    line: Callable[[Found[RowT], Context], str]
    said: Callable[[RowT, Context], str]
    marked: Callable[[str], tuple[str, RowT] | None]
    changed: Callable[[RowT, str], RowT | None]
    correct: Callable[[str, RowT, str, str], RowT | None]


def correct_row(context: Context) -> Reply:
    """Correct a target, or add one that was missed; only for officials."""
    correcting, actor = _official(context)
    if correcting is None:
        return refused(context)
    if match := _MISSING.fullmatch(context.text):
        try:
            return _missing(context, correcting, match, actor)
        except RowWordsError as error:
            return Reply(Status.REFUSED, str(error))
    texts = context.tools.texts
    kind = _Kind(
        "suachitieu",
        texts.correcting,
        texts.targets.none,
        _targets,
        lambda found, context: target_line(found, context.tools.texts.targets).lstrip("• "),
        _said,
        correcting.marked,
        correcting.changed,
        correcting.correct_target,
    )
    return _correct(context, kind, actor)


def correct_deadline(context: Context) -> Reply:
    """Correct a deadline; only for officials."""
    correcting, actor = _official(context)
    if correcting is None:
        return refused(context)
    texts = context.tools.texts
    kind = _Kind(
        "suathoihan",
        texts.correcting_deadlines,
        texts.deadlines.none,
        lambda context: due_rows(context.tools, context.text, context.message.on),
        _deadline_line,
        _said_deadline,
        correcting.marked_deadline,
        correcting.changed_deadline,
        correcting.correct_deadline,
    )
    return _correct(context, kind, actor)


def _official(context: Context) -> tuple[RowCorrecting | None, str]:
    """Return what corrects and the official's name; None for whoever is no official."""
    tools, user = context.tools, context.message.user
    if tools.desk is None or tools.correcting is None or not tools.desk.may_answer(user):
        return None, ""
    return tools.correcting, tools.desk.roles.name(user)


def _correct(context: Context, kind: _Kind[RowT], actor: str) -> Reply:
    """Offer rows, read a correction back, or keep it."""
    if not context.text:
        return Reply(Status.CLARIFY, kind.texts.how)
    try:
        if match := _MARK.fullmatch(context.text):
            return _of_mark(context, kind, match, actor)
    except RowWordsError as error:
        return Reply(Status.REFUSED, str(error))
    return _offered(context, kind)


def _offered(context: Context, kind: _Kind[RowT]) -> Reply:
    """Offer the rows that fit the words."""
    found = kind.found(context)
    if not found:
        return Reply(Status.NO_ANSWER, f"{kind.none.format(words=context.text)} {kind.texts.how}")
    choices = tuple(
        Choice(
            str(i),
            kind.line(one, context),
            f"/{kind.command} #{mark_in(one.document.id, one.row)}",
        )
        for i, one in enumerate(found[:SHOWN], 1)
    )
    return offer(context, Status.CLARIFY, kind.texts.which, choices, kind.texts.how)


def _of_mark(context: Context, kind: _Kind[RowT], match: re.Match[str], actor: str) -> Reply:
    texts = kind.texts
    known = kind.marked(match["mark"])
    if known is None:
        return Reply(Status.REFUSED, texts.gone)
    document, row = known
    entry = context.tools.rows.document(document)
    words = match["words"].strip()
    if not words:
        word = context.tools.texts.correcting.none()[0]
        none = f"/{kind.command} #{match['mark']} {word}"
        choices = (Choice("1", texts.none_label, none),)
        heading = texts.row.format(row=kind.said(row, context), quote=row.quote, title=entry.title)
        return offer(
            context, Status.CLARIFY, heading, choices, texts.write.format(mark=match["mark"])
        )
    if match["keep"]:
        after = kind.correct(document, row, words, actor)
        done = texts.kept.format(row=kind.said(after, context)) if after else texts.dropped
        return Reply(Status.ANSWERED, done)
    after = kind.changed(row, words)
    said = kind.said(after, context) if after else texts.states_none
    return _asked(context, said, f"/{kind.command} #{match['mark']}! {words}", texts)


def _missing(
    context: Context, correcting: RowCorrecting, match: re.Match[str], actor: str
) -> Reply:
    texts = context.tools.texts.correcting
    named = match["document"].strip()
    try:
        if match["keep"]:
            row = correcting.add_target(named, match["clause"], match["words"], actor)
            return Reply(Status.ANSWERED, texts.kept.format(row=_said(row, context)))
        row = correcting.missing(named, match["clause"], match["words"])
    except KeyError:
        return Reply(Status.REFUSED, texts.no_document.format(document=named))
    command = f"/suachitieu thêm {named} “{match['clause']}” ! {match['words']}"
    return _asked(context, _said(row, context), command, texts)


def _asked(context: Context, said: str, command: str, texts: RowCorrectingTexts) -> Reply:
    choices = (Choice("1", texts.yes, command),)
    return offer(context, Status.CLARIFY, texts.read_back.format(row=said), choices)


def _targets(context: Context) -> Sequence[Found[Target]]:
    wanted = wanted_of(context.tools.understanding.read(context.text))
    return context.tools.rows.targets(wanted, context.message.on)


def _said(row: Target, context: Context) -> str:
    """Return a target in one line: what, how much, for whom, when."""
    texts = context.tools.texts
    value = value_text(row, texts.targets)
    about = ", ".join(part for part in (row.scope, str(row.year) if row.year else "") if part)
    line = texts.targets.row.format(indicator=row.indicator, value=value).lstrip("• ")
    return f"{line} ({about})" if about else line


def _deadline_line(found: Found[Deadline], context: Context) -> str:
    return _in_one_line(deadline_lines(found, context.tools.texts.deadlines))


def _said_deadline(row: Deadline, context: Context) -> str:
    """Return a deadline in one line: what, by when, who."""
    texts = context.tools.texts.deadlines
    lines = [texts.row.format(task=row.task), texts.when.format(when=row.due_text)]
    lines += [texts.who.format(body=row.responsible)] if row.responsible else []
    return _in_one_line(lines)


def _in_one_line(lines: Iterable[str]) -> str:
    return "; ".join(line.strip().lstrip("• ") for line in lines)
