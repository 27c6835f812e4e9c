"""What a document says of its own force: from when, until when, and what it replaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from knowledge.codes import CodeMention, code_mentions
from knowledge.folding import fold
from knowledge.metadata.announcement import Announcement
from knowledge.metadata.dates import find_dates
from knowledge.sentences import sentence_spans

_RELEVANT = re.compile(r"hieu luc|thay|bai bo")
_SELF = re.compile(
    r"\b(?:luat|nghi dinh|nghi quyet|quyet dinh|thong tu|ke hoach|chi thi|chuong trinh|van ban)"
    r" nay\b"
)
_IN_FORCE = re.compile(r"(?<!het )hieu luc(?: thi hanh)?")
_UNTIL = re.compile(r"hieu luc (?:thi hanh )?(?:den|toi)(?: het)?(?: ngay)?\s*$")
_LAPSES = re.compile(r"het hieu luc")
_REPLACES = re.compile(
    r"(?<!duoc )(?<!bi )(?<!se )\b(?:thay the|thay cho|bai bo|thay)\s+(?:cho\s+)?(?:toan bo\s+)?"
    r"(?:cac\s+)?(?=nghi|quyet|thong|ke hoach|chi thi|chuong trinh|luat|\d)"
)
_REPLACED_BY = re.compile(r"(?:duoc|bi) thay (?:the )?(?:bang|boi)\s+")
_PART_ONLY = re.compile(r"\b(?:khoan|diem|dieu \d|phu luc|cum tu|mot so)\b")
_SAME_DAY = re.compile(r"(?:tu )?ngay ky|cung ngay|ngay ban hanh")
#: A date belongs to "có hiệu lực" when it follows this closely.
_NEAR = 40


@dataclass(frozen=True)
class Force:
    """Dates and numbers that a document states about its own force."""

    effective_from: date | None = None
    effective_to: date | None = None
    replaces: tuple[str, ...] = ()
    replaced_by: str | None = None


def read_force(text: str, own: Announcement, issued_on: date | None) -> Force:
    """Read the clauses on force of the document that a text is about.

    Args:
        text: canonical text.
        own: the document.
        issued_on: its day of issue, for "kể từ ngày ký".

    Returns:
        What is stated; clauses about other documents are left out.
    """
    starts: list[date] = []
    ends: list[date] = []
    replaces: list[str] = []
    replaced_by: list[str] = []
    for sentence, folded, mentions in _clauses(text, own):
        starts.extend(_starts(sentence, folded, issued_on, mentions, own))
        ends.extend(_ends(sentence, folded))
        replaces.extend(_replaced(folded, mentions, own))
        replaced_by.extend(_replacing(folded, mentions))
    return Force(
        effective_from=starts[0] if starts else None,
        effective_to=ends[0] if ends else None,
        replaces=tuple(dict.fromkeys(replaces)),
        replaced_by=replaced_by[0] if replaced_by else None,
    )


def _clauses(text: str, own: Announcement) -> Iterator[tuple[str, str, list[CodeMention]]]:
    """Sentences on force whose subject is the document."""
    for start, end in sentence_spans(text):
        sentence = text[start:end]
        folded = fold(sentence)
        if not _RELEVANT.search(folded):
            continue
        mentions = [m for m in code_mentions(sentence) if not m.code.is_procedure]
        first_is_own = bool(mentions) and _is_own(mentions[0], own)
        if _SELF.search(folded) or first_is_own or (not mentions and sentence == own.sentence):
            yield sentence, folded, mentions


def _is_own(mention: CodeMention, own: Announcement) -> bool:
    return own.code is not None and own.code.matches(mention.code)


def _starts(
    sentence: str,
    folded: str,
    issued_on: date | None,
    mentions: list[CodeMention],
    own: Announcement,
) -> Iterator[date]:
    for match in _IN_FORCE.finditer(folded):
        # "… và Nghị định số 107/2021/NĐ-CP có hiệu lực" speaks of another document.
        subjects = [m for m in mentions if m.end <= match.start()]
        if subjects and not _is_own(subjects[-1], own) and not _SELF.search(folded):
            continue
        near = folded[match.end() : match.end() + _NEAR]
        dates = [
            d
            for d in find_dates(sentence[match.end() : match.end() + _NEAR + 25])
            if d.start <= _NEAR and not _UNTIL.search(folded[: match.end() + d.start])
        ]
        if dates:
            yield dates[0].day
        elif issued_on is not None and _SAME_DAY.search(near):
            yield issued_on


def _ends(sentence: str, folded: str) -> Iterator[date]:
    for mention in find_dates(sentence):
        before = folded[: mention.start]
        lapses = _SELF.search(folded) and re.search(
            r"nay het hieu luc(?: thi hanh)?(?: ke)?(?: tu)?(?: ngay)?\s*$", before
        )
        if _UNTIL.search(before) or lapses:
            yield mention.day


def _replaced(folded: str, mentions: list[CodeMention], own: Announcement) -> Iterator[str]:
    for match in _REPLACES.finditer(folded):
        last = match.end()
        for mention in mentions:
            if mention.start < match.end() or not mention.code.complete:
                continue
            between = folded[last : mention.start]
            if _PART_ONLY.search(folded[match.start() : mention.start]) or "sua doi" in between:
                break
            last = mention.end
            if not _is_own(mention, own):
                yield str(mention.code)
    for match in _LAPSES.finditer(folded):
        begin = max(folded.rfind(mark, 0, match.start()) for mark in (";", "co hieu luc"))
        for mention in mentions:
            inside = begin < mention.start < match.start()
            if inside and mention.code.complete and not _is_own(mention, own):
                yield str(mention.code)


def _replacing(folded: str, mentions: list[CodeMention]) -> Iterator[str]:
    for match in _REPLACED_BY.finditer(folded):
        for mention in mentions:
            if match.end() <= mention.start <= match.end() + _NEAR and mention.code.complete:
                yield str(mention.code)
                break
