"""`/ketqua`: an official types a result, looks at how it was understood, stores it."""

from __future__ import annotations

import re

from bot.context import Context
from bot.message import Choice, Reply, Status
from bot.results.standing import figure
from bot.steps.offer import offer
from bot.steps.role import refused
from index.text import fold
from knowledge.results.result import Result
from knowledge.results.typed import TypedResultError

COMMAND = "ketqua"
STORE, DROP = "ghi", "bo"
#: A sentence that states a result rather than asks for one, or for its source.
_STATED = re.compile(r"(?:ghi\s+)?(?:nhận\s+)?kết quả\s.+\d.*(?<!\w)nguồn(?!\w)[^?]*$", re.I | re.S)


def record_result(context: Context) -> Reply:
    """Read a result back, or store it; only for officials."""
    tools, user = context.tools, context.message.user
    texts = tools.texts.recording
    if tools.desk is None or tools.recording is None or not tools.desk.may_answer(user):
        return refused(context)
    word, _, rest = context.text.partition(" ")
    if not context.text:
        return Reply(Status.CLARIFY, texts.how)
    if fold(word) == DROP:
        return Reply(Status.SMALLTALK, texts.dropped)
    wanted = rest if fold(word) == STORE and rest else context.text
    try:
        result = tools.recording.read(wanted, context.message.on)
    except TypedResultError as error:
        return Reply(Status.REFUSED, f"{texts.refused.format(reason=error)} {texts.how}")
    said = _read_back(result, context)
    if wanted is rest:
        tools.recording.record(result, tools.desk.roles.name(user))
        return Reply(Status.ANSWERED, texts.stored.format(result=said))
    choices = (
        Choice("1", texts.yes, f"/{COMMAND} {STORE} {wanted}"),
        Choice("2", texts.no, f"/{COMMAND} {DROP}"),
    )
    return offer(context, Status.CLARIFY, texts.read_back.format(result=said), choices)


def take_stated_result(context: Context) -> Reply | None:
    """Take an official's "kết quả PCI 2023 … hạng 10, nguồn …" as `/ketqua` does."""
    desk = context.tools.desk
    if desk is None or not _STATED.match(context.text):
        return None
    return record_result(context) if desk.may_answer(context.message.user) else None


def _read_back(result: Result, context: Context) -> str:
    texts, results = context.tools.texts.recording, context.tools.texts.results
    names = context.tools.rows.names
    known = {entry.key for entry in names.vocabulary.indices}
    name = names.vocabulary.name_of(result.key) if result.key in known else result.indicator
    return texts.result.format(
        indicator=name[:1].upper() + name[1:],
        place=result.place or texts.no_place,
        year=result.year,
        value=figure(result, results),
        day=f"{result.as_of.day}/{result.as_of.month}/{result.as_of.year}",
        source=result.source,
    )
