"""Dates and years as Vietnamese documents write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from knowledge.document import Period
from knowledge.folding import fold

_ISO = re.compile(r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?!\d)")
_NUMERIC = re.compile(
    r"(?<![\d/.-])(?P<d>\d{1,2})(?P<sep>[/.-])(?P<m>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\d/])"
)
_WORDS = re.compile(r"(?<!\d)(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})(?:\s*,)?\s+nam\s+(?P<y>\d{4})")
_DAY_ONLY = re.compile(r"\bngay\s+(?P<d>\d{1,2})\s*[/-]\s*(?P<m>\d{1,2})(?![\d/-]|\s*[/-]\s*\d)")

_SPAN = r"(?P<start>(?:19|20)\d\d)\s*[-–—]\s*(?P<end>(?:19|20)\d\d)(?!\d|/)"
_STAGE = re.compile(
    rf"(?:giai doan|thoi ky|nhiem ky|cac nam|nam)\s*(?:tu\s+nam\s+|tu\s+)?{_SPAN}"
    r"|(?:giai doan|thoi ky)\s+(?:tu\s+)?(?:nam\s+)?(?P<start2>(?:19|20)\d\d)\s+den\s+(?:nam\s+)?"
    r"(?P<end2>(?:19|20)\d\d)"
)
_RANGE = re.compile(_SPAN)
_YEAR = re.compile(r"\bnam\s+(?P<year>(?:19|20)\d\d)(?!\s*[-–]\s*\d|\d)")
_UNTIL = re.compile(r"(?:den(?: het)?|toi|huong toi|tam nhin|dinh huong|so voi|cuoi|truoc)\s+$")


@dataclass(frozen=True)
class DateMention:
    """A whole date and where it stands."""

    day: date
    start: int
    end: int


def find_dates(text: str) -> list[DateMention]:
    """Whole dates ("28/11/2021", "28 tháng 11 năm 2021", "2021-11-28") in reading order.

    Args:
        text: NFC text.

    Returns:
        Mentions; impossible dates such as 31/2/2021 are left out.
    """
    folded = fold(text)
    found: list[DateMention] = []
    for pattern in (_ISO, _NUMERIC, _WORDS):
        for match in pattern.finditer(folded):
            day = _date(int(match["y"]), int(match["m"]), int(match["d"]))
            if day is not None:
                found.append(DateMention(day, match.start(), match.end()))
    return sorted(found, key=lambda mention: mention.start)


def parse_date(text: str) -> date | None:
    """The date that a text is, None if it is anything else or more."""
    stripped = text.strip()
    plain = re.sub(r"^ngay\s+", "", fold(stripped))
    found = find_dates(stripped)
    whole = found and found[0].end - found[0].start == len(plain)
    return found[0].day if whole else None


def day_without_year(text: str, before: date) -> date | None:
    """The date of a "ngày 14/10" in a text that was published on a later day.

    Args:
        text: NFC text.
        before: day of publication.

    Returns:
        The last such day up to the publication if it is at most a quarter of a year back; else the
        year would be a guess.
    """
    match = _DAY_ONLY.search(fold(text))
    if match is None:
        return None
    for year in (before.year, before.year - 1):
        day = _date(year, int(match["m"]), int(match["d"]))
        if day is not None and 0 <= (before - day).days <= 92:
            return day
    return None


def find_stage(text: str) -> Period | None:
    """The first "giai đoạn 2021 - 2025" of a text."""
    match = _STAGE.search(fold(text))
    if match is None:
        return None
    return _period(match["start"] or match["start2"], match["end"] or match["end2"])


def find_plan_year(text: str) -> Period | None:
    """The year of "Kế hoạch … năm 2023": the first "năm N" that is no horizon ("đến năm 2030")."""
    folded = fold(text)
    for match in _YEAR.finditer(folded):
        if not _UNTIL.search(folded, max(0, match.start() - 20), match.start()):
            return _period(match["year"], match["year"])
    return None


def parse_period(text: str) -> Period | None:
    """The period that a value states: "2021-2025", "2021 – 2025", "2023"."""
    folded = fold(text).strip()
    folded = re.sub(r"^(?:giai doan|nam)\s+", "", folded)
    span = _RANGE.fullmatch(folded)
    if span:
        return _period(span["start"], span["end"])
    return _period(folded, folded) if re.fullmatch(r"(?:19|20)\d\d", folded) else None


def _period(start: str, end: str) -> Period | None:
    return Period(int(start), int(end)) if int(start) <= int(end) else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
