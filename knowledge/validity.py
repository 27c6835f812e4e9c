"""Whether a document is in force on a day, and why.

The words for it stand in config/; here are the decision and the values that the words need.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from knowledge.document import Metadata, Period
from knowledge.metadata.issuer import is_district_body

#: From this day on there is no district level.
REORGANISED_ON: Final = date(2025, 7, 1)

#: Kinds that stay in force until something ends them.
_LEGAL_NORMS = frozenset(
    {"Luật", "Nghị định", "Thông tư", "Thông tư liên tịch", "Nghị quyết", "Thủ tục hành chính"}
)
#: Kinds that order nothing.
_NEWS = frozenset({"Tin", "Báo cáo"})


class Validity(StrEnum):
    """The four answers."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    REPLACED = "replaced"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """What an answer rests on."""

    STATED_RANGE = "stated_range"
    PERIOD_RUNS = "period_runs"
    NO_END_STATED = "no_end_stated"
    PERIOD_OVER = "period_over"
    LAPSED = "lapsed"
    REPLACED = "replaced"
    ISSUER_GONE = "issuer_gone"
    NOT_YET = "not_yet"
    NO_NORM = "no_norm"
    NOTHING_STATED = "nothing_stated"


@dataclass(frozen=True)
class Standing:
    """Where a document stands on a day.

    Attributes:
        validity: the answer.
        reason: what it rests on.
        until: last day in force, of a document that ended or will end.
        replaced_by: number of the document that replaced it, if known, whatever the answer.
        period: the years it plans for.
        issuer_gone: whether its issuer was of the district level and has ceased by that day.
    """

    validity: Validity
    reason: Reason
    until: date | None = None
    replaced_by: str | None = None
    period: Period | None = None
    issuer_gone: bool = False


def standing_on(
    metadata: Metadata,
    day: date,
    replaced_by_in_store: str | None = None,
    replaced_on: date | None = None,
) -> Standing:
    """Judge a document on a day.

    A replacement counts from the day the new document is in force; where that is not known, at
    once. Then an end that is over counts, then a beginning that is still to come (`UNKNOWN`, for
    what held before it is another document's matter), then what runs.

    Args:
        metadata: what is known of the document.
        day: the day asked about.
        replaced_by_in_store: number of a stored document that says it replaces this one.
        replaced_on: day on which that replacement took effect, if known.

    Returns:
        The standing.
    """
    successor = metadata.replaced_by or replaced_by_in_store
    until = _last_day(metadata)
    gone = day >= REORGANISED_ON and is_district_body(metadata.issuer)
    validity, reason = _judged(metadata, day, until)
    if validity is Validity.IN_FORCE and gone:
        # Its successor bodies may have kept it or not; the store cannot tell.
        validity, reason = Validity.UNKNOWN, Reason.ISSUER_GONE
    if successor is not None and (replaced_on is None or replaced_on <= day):
        validity, reason = Validity.REPLACED, Reason.REPLACED
        until = replaced_on - timedelta(days=1) if replaced_on else until
    return Standing(validity, reason, until, successor, metadata.period, gone)


def successors(documents: Mapping[str, Metadata]) -> dict[str, tuple[str, date | None]]:
    """Which stored document replaces which number, by their own words.

    Args:
        documents: metadata by document id.

    Returns:
        For every replaced number the number of its (latest) successor and the day from which it
        counts, None if that is not known.
    """
    found: dict[str, tuple[str, date | None]] = {}
    for metadata in documents.values():
        if metadata.number is None:
            continue
        since = metadata.effective_from or metadata.issued_on
        for number in metadata.replaces:
            known = found.get(number)
            if known is None or (since is not None and (known[1] or date.min) < since):
                found[number] = (metadata.number, since)
    return found


def _last_day(metadata: Metadata) -> date | None:
    if metadata.effective_to is not None:
        return metadata.effective_to
    return date(metadata.period.end, 12, 31) if metadata.period is not None else None


def _first_day(metadata: Metadata) -> date | None:
    if metadata.effective_from is not None:
        return metadata.effective_from
    return metadata.issued_on


def _judged(metadata: Metadata, day: date, until: date | None) -> tuple[Validity, Reason]:
    if metadata.kind in _NEWS:
        return Validity.UNKNOWN, Reason.NO_NORM
    if until is not None and until < day:
        lapsed = metadata.effective_to is not None
        return Validity.ENDED, Reason.LAPSED if lapsed else Reason.PERIOD_OVER
    start = _first_day(metadata)
    if start is not None and day < start:
        return Validity.UNKNOWN, Reason.NOT_YET
    if metadata.effective_to is not None and start is not None:
        return Validity.IN_FORCE, Reason.STATED_RANGE
    if metadata.period is not None:
        # A plan is issued before or in its first year: without a date, that year is its start.
        if start is None and day.year < metadata.period.start:
            return Validity.UNKNOWN, Reason.NOT_YET
        return Validity.IN_FORCE, Reason.PERIOD_RUNS
    if start is not None and metadata.kind in _LEGAL_NORMS:
        return Validity.IN_FORCE, Reason.NO_END_STATED
    return Validity.UNKNOWN, Reason.NOTHING_STATED
