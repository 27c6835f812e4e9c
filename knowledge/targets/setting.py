"""What a whole document says about its figures: plan or report, and of which year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from knowledge.document import Document
from knowledge.lowering import lowered
from knowledge.targets.years import year_mentions

#: Kinds that lay down rules: their figures bind everybody and are nobody's aim.
LEGAL_KINDS = frozenset(
    ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh", "Nghị định", "Thông tư", "Thông tư liên tịch",
     "Thủ tục hành chính")
)  # fmt: skip
#: Kinds that tell what is or was.
_TELLING = frozenset(("Báo cáo", "Trang giải thích"))
_PLANS = frozenset(
    ("Kế hoạch", "Chương trình", "Đề án", "Nghị quyết", "Chỉ thị", "Công văn", "Công điện",
     "Thông báo", "Chiến lược", "Phương án", "Chương trình hành động")
)  # fmt: skip

_PLAN = re.compile(
    r"\b(?:kế hoạch|chương trình|đề án|chỉ tiêu|mục tiêu|phấn đấu|yêu cầu|đặt ra|nhiệm vụ|giao|"
    r"nghị quyết|chiến lược|chỉ thị|đặt|quyết tâm|bứt phá|triển khai|công điện)\b"
)
_RESULT = re.compile(
    r"\b(?:kết quả|tổng kết|sơ kết|đứng đầu|đứng thứ|đứng nhất|dẫn đầu|thứ nhất|lần đầu|"
    r"tăng \d+ bậc|tụt|báo cáo|thứ \d+/\d+|cao nhất|thấp nhất|đạt được|đã|bảng xếp hạng"
    r"|xếp hạng|xếp thứ|xếp hạng|vinh danh|khen thưởng)\b"
)
_AIM = re.compile(r"\b(?:kế hoạch|chỉ tiêu|mục tiêu|phấn đấu|yêu cầu|đặt)\b")
#: What lays down rules under a kind that plans have too: "Quyết định ban hành Quy chế …".
_RULES = re.compile(
    r"hội đồng thẩm phán"
    r"|(?:ban hành|về)(?: kèm theo)?(?: bản)? (?:quy chế|quy định|điều lệ|nội quy)\b"
)
#: A letter asks for something; so does who orders a list of things to be done.
_ASKS = re.compile(
    r"^\s*kính gửi\s*:"
    r"|(?<!\w)(?:chủ tịch|ubnd|ủy ban|thủ tướng|bộ|sở|văn phòng|giám đốc|ban|tỉnh ủy|thành ủy)\s"
    r"[^\n:]{0,120}(?<!\w)(?:yêu cầu|đề nghị|chỉ đạo|kết luận)[^\n:]{0,60}:\s*$",
    re.MULTILINE,
)
_OPENING = 700


class Mood(StrEnum):
    """What kind of text it is."""

    PLAN = "plan"
    RESULT = "result"
    OPEN = "open"
    LEGAL = "legal"


@dataclass(frozen=True)
class Setting:
    """What figures of a document have in common.

    Attributes:
        mood: what kind of text it is.
        year: the year that holds where no nearer words name one.
        since: the first year that can still be ahead of the document; None if it is not known.
        on: when it was issued; None if it is not known.
    """

    mood: Mood
    year: int | None
    since: int | None
    on: date | None = None


_UNTIL = re.compile(r"(?<!\w)(?:đến|tới)(?: hết| cuối)? năm 20\d\d|20\d\d\s?[-–]\s?20\d\d")
_AHEAD = re.compile(
    r"(?<!\w)(?:phương hướng|nhiệm vụ(?: trọng tâm)?,? (?:giải pháp )?(?:năm|thời gian tới"
    r"|6 tháng cuối)"
    r"|mục tiêu|chỉ tiêu|kế hoạch (?:năm|công tác)|nhiệm vụ (?:và giải pháp|trọng tâm)"
    r"|thời gian tới)"
)


def under(setting: Setting, parts: tuple[str, ...]) -> Setting:
    """Return what holds below headings: a report plans where it looks ahead.

    Args:
        setting: that of the document.
        parts: headings and leading words above, small letters.
    """
    if setting.mood is not Mood.RESULT or not any(map(_AHEAD.search, parts)):
        return setting
    named = [m.year for part in parts for m in year_mentions(part, 0, len(part))]
    year = named[-1] if named else setting.year
    return replace(setting, mood=Mood.PLAN, year=year, since=year if named else setting.since)


def setting_of(document: Document) -> Setting:
    """Return what a document's title, kind and dates say about its figures."""
    metadata = document.metadata
    title = lowered(document.title)
    opening = lowered(document.text[:_OPENING])
    issued = metadata.issued_on.year if metadata.issued_on else None
    named = [m.year for m in year_mentions(title, 0, len(title))]
    told = [m.year for m in year_mentions(opening, 0, len(opening))]
    told = [year for year in told if issued is None or year >= issued]
    period = metadata.period
    year = period.end if period else None
    for found in (named, told):
        year = year or (max(found) if found is named and found else next(iter(found), None))
    year = year or issued or _dated(opening)
    # "đến năm 2025" says when it ends, not when it begins.
    ends_only = not period and _UNTIL.search(title if named else opening) is not None
    since = period.start if period else (issued or (None if ends_only else year))
    return Setting(_mood(document, title, opening), year, since, metadata.issued_on)


def _mood(document: Document, title: str, opening: str) -> Mood:
    kind = document.metadata.kind
    aims = _AIM.search(title)
    if kind in LEGAL_KINDS or (_RULES.search(title) and not aims):
        return Mood.LEGAL
    if kind in _TELLING or (_RESULT.search(title) and not aims):
        return Mood.RESULT
    if kind in _PLANS or _PLAN.search(title):
        return Mood.PLAN
    if _ASKS.search(opening):
        return Mood.PLAN
    if re.search(r"\b(?:kế hoạch|phấn đấu|chỉ tiêu|chương trình cải cách)\b", opening):
        return Mood.PLAN
    return Mood.OPEN


def _dated(opening: str) -> int | None:
    match = re.search(r"\b\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*(20\d\d)\b", opening)
    return int(match[1]) if match else None
