"""Reviews and changes in words, the same for the chat, the command line and the pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.audit import Action, Change
from bot.clock import written_day
from bot.keeping.review import FIELDS, Review
from bot.one_line import one_line
from bot.roles import Role
from bot.row_texts import value_text
from config.texts import Texts
from knowledge.document import Document, Metadata
from knowledge.serialise import plain

SHOWN = 12  # rows of targets, deadlines or sections in one reply
TITLES = 5  # documents of a file that are named
LONGEST = 160  # characters of a row
OF_ROLES = (Action.CODE_MADE, Action.ROLE_TAKEN, Action.ROLE_WITHDRAWN)
OF_QUESTIONS = (Action.QUESTION_ANSWERED, Action.QUESTION_DISMISSED)
BULLET = "• "


def field_text(metadata: Metadata, name: str) -> str:
    """Return a field of the metadata as people read it, "" where it is unknown."""
    value: Any = plain(getattr(metadata, name))
    if name in ("issued_on", "effective_from", "effective_to"):
        day = getattr(metadata, name)
        return f"{day.day}/{day.month}/{day.year}" if day else ""
    if name == "period":
        years = dict.fromkeys(map(str, value or ()))
        return "–".join(years)
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def field_rows(document: Document, texts: Texts) -> list[tuple[str, str, str]]:
    """Return (field, how it is called, what it says) for what a keeper looks at."""
    own = texts.keeping
    return [
        (name, own.field(name), field_text(document.metadata, name) or own.unknown)
        for name in FIELDS
    ]


def review_lines(review: Review, texts: Texts) -> list[str]:
    """Return what was read of a file."""
    own, file = texts.keeping, review.upload.name
    document = review.document
    if document is None:
        titles = [f"{BULLET}{one.title}" for one in review.documents[:TITLES]]
        more = len(review.documents) - len(titles)
        rest = [own.more.format(count=more)] if more else []
        heading = own.many.format(file=file, count=len(review.documents))
        return [heading, *titles, *rest, *_left(review, texts)]
    lines = [own.read.format(file=file), own.line.format(name=own.title, value=document.title)]
    lines += [own.line.format(name=n, value=v) for _, n, v in field_rows(document, texts)]
    lines.append(texts.validity.label(review.standing.validity.value))
    lines.append(
        own.counts.format(
            sections=len(document.sections),
            targets=len(review.extract.targets),
            deadlines=len(review.extract.deadlines),
        )
    )
    warnings = warning_lines(review, texts)
    if warnings:
        lines += ["", own.check, *(f"{BULLET}{warning}" for warning in warnings)]
    return [*lines, *_left(review, texts)]


def warning_lines(review: Review, texts: Texts) -> list[str]:
    """Return what is to be looked at."""
    return [texts.keeping.warning(one.key, one.what) for one in review.warnings]


def target_lines(review: Review, texts: Texts) -> Iterator[str]:
    """Yield the targets of a file."""
    for row in review.extract.targets:
        about = ", ".join(str(part) for part in (row.scope, row.year) if part)
        line = texts.targets.row.format(
            indicator=row.indicator, value=value_text(row, texts.targets)
        )
        line = line.removeprefix(BULLET)
        yield f"{line} ({about})" if about else line


def deadline_lines(review: Review) -> Iterator[str]:
    """Yield the deadlines of a file."""
    for row in review.extract.deadlines:
        parts = (row.task, row.due_text or row.due, row.responsible)
        yield " – ".join(part for part in parts if part)


def section_lines(review: Review) -> Iterator[str]:
    """Yield the headings of a file's parts."""
    for document in review.documents:
        for path in dict.fromkeys(section.heading for section in document.sections):
            if path:
                yield " › ".join(path)


def shortened(lines: Iterator[str], texts: Texts) -> list[str]:
    """Return the first of many lines, and how many more there are."""
    known = [one_line(line, LONGEST) for line in lines]
    more = len(known) - SHOWN
    return known[:SHOWN] + ([texts.keeping.more.format(count=more)] if more > 0 else [])


def change_line(change: Change, texts: Texts) -> str:
    """Return one change of the audit list."""
    line = texts.keeping.change.format(
        id=change.id,
        day=written_day(change.at),
        actor=change.actor,
        what=texts.audit.label(change.action),
        # The ids of roles and of questions say nothing to people.
        subject="" if change.action in (*OF_ROLES, *OF_QUESTIONS) else change.subject,
        detail=one_line(detail_of(change, texts), LONGEST // 2),
    )
    return " ".join(line.split())


def detail_of(change: Change, texts: Texts) -> str:
    """Return what is known of a change, roles by their names."""
    role, _, rest = change.detail.partition(" ")
    if change.action in OF_QUESTIONS:
        return ""  # how many had asked
    if change.action not in OF_ROLES or role not in set(Role):
        return change.detail
    return " ".join(filter(None, (texts.roles.name(role), rest)))


def _left(review: Review, texts: Texts) -> list[str]:
    said = (texts.keeping.left.format(where=where, why=why) for where, why in review.left)
    return shortened(said, texts)
