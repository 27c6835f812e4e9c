"""`/suachitieu`: an official looks up a target, says what is wrong, looks at it, keeps it."""

from __future__ import annotations

import re

from bot.context import Context
from bot.correcting import NONE, RowCorrecting, mark_in
from bot.message import Choice, Reply, Status
from bot.row_texts import target_line, value_text
from bot.steps.offer import offer
from bot.steps.role import refused
from bot.wanted import wanted_of
from knowledge.row_shelf import Found
from knowledge.row_words import RowWordsError
from knowledge.targets import Target

COMMAND = "suachitieu"
SHOWN = 8  # rows offered
_MARK = re.compile(r"#(?P<mark>[0-9a-f]{10})(?P<keep>!)?\s*(?P<words>.*)", re.DOTALL)
_MISSING = re.compile(
    r"thêm\s+(?P<document>[^“\"]+?)\s*[“\"](?P<clause>[^”\"]+)[”\"]\s*(?P<keep>!)?\s*(?P<words>.+)",
    re.DOTALL | re.I,
)


def correct_row(context: Context) -> Reply:
    """Offer rows, read a correction back, or keep it; only for officials."""
    tools, user = context.tools, context.message.user
    if tools.desk is None or tools.correcting is None or not tools.desk.may_answer(user):
        return refused(context)
    actor = tools.desk.roles.name(user)
    if not context.text:
        return Reply(Status.CLARIFY, tools.texts.correcting.how)
    try:
        if match := _MARK.fullmatch(context.text):
            return _of_mark(context, tools.correcting, match, actor)
        if match := _MISSING.fullmatch(context.text):
            return _missing(context, tools.correcting, match, actor)
    except RowWordsError as error:
        return Reply(Status.REFUSED, str(error))
    return _offered(context)


def _offered(context: Context) -> Reply:
    """Offer the rows that fit the words."""
    texts, tools = context.tools.texts, context.tools
    found = tools.rows.targets(
        wanted_of(tools.understanding.read(context.text)), context.message.on
    )
    if not found:
        none = texts.targets.none.format(words=context.text)
        return Reply(Status.NO_ANSWER, f"{none} {texts.correcting.how}")
    choices = tuple(
        Choice(str(i), _line(one, context), f"/{COMMAND} #{mark_in(one.document.id, one.row)}")
        for i, one in enumerate(found[:SHOWN], 1)
    )
    return offer(context, Status.CLARIFY, texts.correcting.which, choices, texts.correcting.how)


def _of_mark(
    context: Context, correcting: RowCorrecting, match: re.Match[str], actor: str
) -> Reply:
    texts = context.tools.texts.correcting
    known = correcting.marked(match["mark"])
    if known is None:
        return Reply(Status.REFUSED, texts.gone)
    document, row = known
    entry = context.tools.rows.document(document)
    words = match["words"].strip()
    if not words:
        choices = (Choice("1", texts.none_label, f"/{COMMAND} #{match['mark']} {NONE[0]}"),)
        heading = texts.row.format(row=_said(row, context), quote=row.quote, title=entry.title)
        return offer(
            context, Status.CLARIFY, heading, choices, texts.write.format(mark=match["mark"])
        )
    if match["keep"]:
        after = correcting.correct_target(document, row, words, actor)
        done = texts.kept.format(row=_said(after, context)) if after else texts.dropped
        return Reply(Status.ANSWERED, done)
    after = correcting.changed(row, words)
    said = _said(after, context) if after else texts.states_none
    return _asked(context, said, f"#{match['mark']}! {words}")


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
    command = f"thêm {named} “{match['clause']}” ! {match['words']}"
    return _asked(context, _said(row, context), command)


def _asked(context: Context, said: str, command: str) -> Reply:
    texts = context.tools.texts.correcting
    choices = (Choice("1", texts.yes, f"/{COMMAND} {command}"),)
    return offer(context, Status.CLARIFY, texts.read_back.format(row=said), choices)


def _line(found: Found[Target], context: Context) -> str:
    return target_line(found, context.tools.texts.targets).lstrip("• ")


def _said(row: Target, context: Context) -> str:
    """Return a target in one line: what, how much, for whom, when."""
    texts = context.tools.texts
    value = value_text(row, texts.targets)
    about = ", ".join(part for part in (row.scope, str(row.year) if row.year else "") if part)
    line = texts.targets.row.format(indicator=row.indicator, value=value).lstrip("• ")
    return f"{line} ({about})" if about else line
