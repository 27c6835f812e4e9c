"""The day a document was issued and the day a page about it was published: two things."""

from __future__ import annotations

import re
from datetime import date

from knowledge.codes import code_mentions
from knowledge.folding import fold
from knowledge.metadata.announcement import Announcement
from knowledge.metadata.dates import day_without_year, find_dates

#: How far after its number the date of a document may stand.
_REACH = 140
#: A page's date stands on a short line.
_SHORT_LINE = 90
_VERY_SHORT_LINE = 40
_TOP = 6

_STAMP = re.compile(r"(?:thu (?:hai|ba|tu|nam|sau|bay)\b|chu nhat\b|ngay \d|cap nhat|\d)")
_STAMP_BELOW = re.compile(r"cap nhat|tin ngay|dang ngay|ngay dang")
_DATE_LINE = re.compile(r"[^.;]{0,40},?\s*ngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}\.?$")
_ISSUE_LABEL = re.compile(r"ngay (?:ban hanh|ky)\s*:\s*$")
# "có hiệu lực từ ngày", "đăng ngày" lead to other dates.
_ITS_DAY = re.compile(r"(?<!tu )(?<!den )(?<!truoc )(?<!dang )(?<!luc )(?<!nhat )\bngay\s*$")
#: A date that opens a sentence has at most this many words before it.
_LEADING_WORDS = 6


def issue_date(own: Announcement, text: str) -> date | None:
    """The day a document was issued.

    Args:
        own: the document.
        text: canonical text.

    Returns:
        The date beside its number or in its letterhead, or the one with which the sentence opens
        that announces it. None where the text gives only the day it was published on.
    """
    if own.letterhead:
        return _letterhead_date(own, text)
    for sentence, offset in own.spots:
        day = _date_beside(sentence, offset, has_number=own.code is not None)
        if day is not None:
            return day
    published = publication_date(text)
    for sentence, _ in own.spots:
        if published is not None and re.match(r"\W*ngay ", fold(sentence)):
            return day_without_year(sentence[:_VERY_SHORT_LINE], published)
    return None


def publication_date(text: str) -> date | None:
    """The day that a page says it was published on, read from short lines at its top or end."""
    lines = text.split("\n")
    for line in lines[:_TOP]:
        folded = fold(line)
        for mention in find_dates(line):
            bracketed = line[: mention.start].endswith("(") and line[mention.end :] == ")"
            stamped = len(line) <= _SHORT_LINE and _STAMP.match(folded)
            if bracketed or stamped or len(line) <= _VERY_SHORT_LINE:
                return mention.day
    for line in lines[-_TOP:]:
        dates = find_dates(line)
        if dates and len(line) <= _SHORT_LINE and _STAMP_BELOW.search(fold(line)):
            return dates[0].day
    return None


def _date_beside(sentence: str, offset: int, *, has_number: bool) -> date | None:
    folded = fold(sentence)
    dates = find_dates(sentence)
    if has_number:
        others = [m.start for m in code_mentions(sentence) if m.start > offset]
        limit = min([*others, offset + _REACH])
        for mention in dates:
            if offset < mention.start < limit and _ITS_DAY.search(folded[: mention.start]):
                return mention.day
    for mention in dates:
        if mention.start < offset and folded[: mention.start].count(" ") <= _LEADING_WORDS:
            return mention.day
    return None


def _letterhead_date(own: Announcement, text: str) -> date | None:
    for line in text.split("\n")[:25]:
        folded = fold(line)
        for mention in find_dates(line):
            labelled = _ISSUE_LABEL.search(folded[: mention.start])
            if labelled or _DATE_LINE.match(folded) or line == own.sentence:
                return mention.day
    return None
