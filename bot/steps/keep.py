"""Files that a knowledge keeper sends, and `/nap`: look at what was read, correct it, confirm."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bot.context import Context
from bot.desk.drafts import KEEPING, Draft, Writing
from bot.keeping.keeping import GoneError, Keeping
from bot.keeping.review import FIELDS, Review
from bot.keeping.talk import (
    BULLET,
    SHOWN,
    deadline_lines,
    field_rows,
    review_lines,
    section_lines,
    shortened,
    target_lines,
)
from bot.message import Choice, Reply, Status
from bot.one_line import one_line
from bot.roles import Role
from bot.steps.offer import offer
from bot.steps.role import refused
from index.text import fold
from knowledge.metadata import MetadataError
from knowledge.row_corrections import mark_of

COMMAND = "nap"
SEE, CONFIRM, CORRECT, TARGETS, DEADLINES, SECTIONS, DROP = (
    *("xem", "dua", "sua", "chitieu", "thoihan", "phan", "bo"),
)
DROP_TARGET = "bochitieu"
LABEL = 60  # characters of a target in a choice
CLEAR = "-"  # what is typed to clear a field

_Part = Callable[[Context, Keeping, int, str], Reply]


def keeping_of(context: Context) -> Keeping | None:
    """Return the keepers' work where the person may do it."""
    tools = context.tools
    if tools.desk is None or not tools.desk.roles.holds(context.message.user, Role.KEEPER):
        return None
    return tools.keeping


def stop_asking(context: Context) -> None:
    """Take the next message for what it says, where a value was being asked for."""
    desk, user = context.tools.desk, context.message.user
    draft = desk.drafts.of(user) if desk is not None else None
    if desk is not None and draft is not None and draft.kind in KEEPING:
        desk.drafts.drop(user)


def take_file(context: Context) -> Reply | None:
    """Keep a file that was read for a keeper, and show what was read."""
    file, texts = context.message.file, context.tools.texts.keeping
    if file is None:
        return None
    keeping = keeping_of(context)
    if keeping is None:
        return refused(context)
    stop_asking(context)
    if file.refusal:
        return Reply(Status.REFUSED, texts.refused.format(file=file.name, reason=file.refusal))
    try:
        upload = keeping.stage(context.message.user, file)
    except MetadataError as error:
        return Reply(Status.REFUSED, texts.refused.format(file=file.name, reason=error))
    if upload is None:
        return Reply(Status.REFUSED, texts.full)
    return _see(context, keeping, upload.id, "")


def keep_uploads(context: Context) -> Reply:
    """Do what stands behind `/nap`, or list the files that wait; only for keepers."""
    keeping = keeping_of(context)
    if keeping is None:
        return refused(context)
    stop_asking(context)
    word, _, rest = context.text.partition(" ")
    number, _, more = rest.strip().partition(" ")
    part = _PARTS.get(fold(word))
    if part is None or not (number.isascii() and number.isdecimal() and len(number) < 16):
        return _list(context, keeping)
    try:
        return part(context, keeping, int(number), more.strip())
    except GoneError:
        return Reply(Status.REFUSED, context.tools.texts.keeping.gone)
    except MetadataError as error:
        return Reply(Status.REFUSED, str(error))


def write_upload_field(context: Context, draft: Draft, text: str) -> Reply:
    """Take a message for the value of the field that is being corrected."""
    desk, keeping = context.tools.desk, keeping_of(context)
    if desk is None or keeping is None:
        return refused(context)
    try:
        fields = {draft.text: "" if text == CLEAR else text}
        keeping.correct(context.message.user, draft.subject, fields)
    except MetadataError as error:
        return Reply(Status.REFUSED, str(error))  # the next message is the value still
    except GoneError:
        desk.drafts.drop(context.message.user)
        return Reply(Status.REFUSED, context.tools.texts.keeping.gone)
    desk.drafts.drop(context.message.user)
    return _see(context, keeping, draft.subject, "")


def _list(context: Context, keeping: Keeping) -> Reply:
    texts = context.tools.texts.keeping
    waiting = keeping.uploads.waiting(context.message.user)
    if not waiting:
        return Reply(Status.ANSWERED, texts.how)
    choices = tuple(
        Choice(str(i), upload.name, f"/{COMMAND} {SEE} {upload.id}")
        for i, upload in enumerate(waiting, 1)
    )
    return offer(context, Status.ANSWERED, texts.waiting, choices)


def _review(context: Context, keeping: Keeping, number: int) -> Review:
    return keeping.review(context.message.user, number, context.message.on)


def _see(context: Context, keeping: Keeping, number: int, _: str) -> Reply:
    texts = context.tools.texts.keeping
    review = _review(context, keeping, number)
    parts = [(texts.confirm, CONFIRM)]
    if review.document is not None:
        parts.append((texts.correct, CORRECT))
        parts += [(texts.targets, TARGETS)] if review.extract.targets else []
        parts += [(texts.deadlines, DEADLINES)] if review.extract.deadlines else []
        parts.append((texts.sections, SECTIONS))
    parts.append((texts.drop, DROP))
    choices = tuple(
        Choice(str(i), label, f"/{COMMAND} {word} {number}")
        for i, (label, word) in enumerate(parts, 1)
    )
    said = "\n".join(review_lines(review, context.tools.texts))
    return offer(context, Status.CLARIFY, said, choices)


def _confirm(context: Context, keeping: Keeping, number: int, _: str) -> Reply:
    tools, user = context.tools, context.message.user
    texts = tools.texts.keeping
    assert tools.desk is not None, "only keepers come here"
    stored = keeping.confirm(user, number, tools.desk.roles.name(user))
    titles = [keeping.title(one) for one in (*stored.added, *stored.unchanged)]
    if not stored.added:
        known = texts.unchanged if stored.change is None else texts.corrected
        said = known.format(title=titles[0])
    elif len(titles) == 1:
        said = texts.stored.format(title=titles[0])
    else:
        said = texts.stored_many.format(count=len(stored.added))
    waiting = len(keeping.uploads.waiting(user))
    closing = texts.still_waiting.format(count=waiting) if waiting else ""
    return offer(context, Status.ANSWERED, said, undoing(context, stored.change), closing)


def undoing(context: Context, change: int | None) -> tuple[Choice, ...]:
    """Return the choice that undoes a change that was just made."""
    if change is None:
        return ()
    return (Choice("1", context.tools.texts.keeping.undo, f"/sothaydoi {change}"),)


def _correct(context: Context, keeping: Keeping, number: int, field: str) -> Reply:
    texts, desk = context.tools.texts.keeping, context.tools.desk
    document = _review(context, keeping, number).document
    if document is None:
        return Reply(Status.REFUSED, texts.gone)
    rows = field_rows(document, context.tools.texts)
    if field not in FIELDS:
        return field_choices(context, rows, f"/{COMMAND} {CORRECT} {number}")
    assert desk is not None, "only keepers come here"
    desk.drafts.keep(context.message.user, Draft(Writing.UPLOAD_FIELD, number, field))
    return ask_value(context, rows, field, f"/{COMMAND} {SEE} {number}")


def field_choices(context: Context, rows: list[tuple[str, str, str]], command: str) -> Reply:
    """Offer the fields of a document, each with what it says now."""
    texts = context.tools.texts.keeping
    choices = tuple(
        Choice(str(i), texts.line.format(name=name, value=value), f"{command} {field}")
        for i, (field, name, value) in enumerate(rows, 1)
    )
    return offer(context, Status.CLARIFY, texts.which_field, choices)


def ask_value(context: Context, rows: list[tuple[str, str, str]], field: str, back: str) -> Reply:
    """Ask for the value of a field."""
    texts = context.tools.texts.keeping
    name, value = next((name, value) for known, name, value in rows if known == field)
    choices = (Choice("1", texts.back, back),)
    return offer(context, Status.CLARIFY, texts.ask_value.format(name=name, value=value), choices)


def _rows(
    context: Context, keeping: Keeping, number: int, lines: Callable[[Review], Iterator[str]]
) -> list[str]:
    return shortened(lines(_review(context, keeping, number)), context.tools.texts)


def _targets(context: Context, keeping: Keeping, number: int, _: str) -> Reply:
    texts = context.tools.texts
    review = _review(context, keeping, number)
    rows = shortened(target_lines(review, texts), texts)
    return _shown(context, number, rows, texts.keeping.no_targets, review)


def _drop_target(context: Context, keeping: Keeping, number: int, mark: str) -> Reply:
    keeping.drop_target(context.message.user, number, mark)
    return _targets(context, keeping, number, "")


def _deadlines(context: Context, keeping: Keeping, number: int, _: str) -> Reply:
    rows = _rows(context, keeping, number, deadline_lines)
    return _shown(context, number, rows, context.tools.texts.keeping.no_deadlines)


def _sections(context: Context, keeping: Keeping, number: int, _: str) -> Reply:
    rows = _rows(context, keeping, number, section_lines)
    return _shown(context, number, rows, context.tools.texts.keeping.no_sections)


def _shown(
    context: Context, number: int, rows: list[str], nothing: str, review: Review | None = None
) -> Reply:
    """Show rows; of targets each can be taken for none."""
    texts = context.tools.texts.keeping
    said = "\n".join(f"{BULLET}{row}" for row in rows) or nothing
    choices: tuple[Choice, ...] = (
        Choice("1", texts.back, f"/{COMMAND} {SEE} {number}"),
        Choice("2", texts.confirm, f"/{COMMAND} {CONFIRM} {number}"),
    )
    targets = review.extract.targets[:SHOWN] if review else ()
    choices += tuple(
        Choice(
            str(i),
            texts.drop_target.format(target=one_line(row.indicator, LABEL)),
            f"/{COMMAND} {DROP_TARGET} {number} {mark_of(row)}",
        )
        for i, row in enumerate(targets, len(choices) + 1)
    )
    return offer(context, Status.CLARIFY, said, choices)


def _drop(context: Context, keeping: Keeping, number: int, _: str) -> Reply:
    if not keeping.uploads.drop(context.message.user, number):
        raise GoneError
    return Reply(Status.ANSWERED, context.tools.texts.keeping.dropped)


_PARTS: Mapping[str, _Part] = {
    SEE: _see,
    CONFIRM: _confirm,
    CORRECT: _correct,
    TARGETS: _targets,
    DEADLINES: _deadlines,
    SECTIONS: _sections,
    DROP: _drop,
    DROP_TARGET: _drop_target,
}
