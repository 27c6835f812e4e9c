"""What an answer of each kind looks like in a text."""

from __future__ import annotations

import re

_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}(?:\s*[/.-]\s*\d{4})?"
_PATTERNS: dict[str, str] = {
    "number": r"(?<![\w/.,-])(?!(?:19|20)\d\d(?!\d))\d+(?:[.,]\d+)*(?![\d/-]|[.,]\d)"
    r"|\b(?:hai|ba|bốn|sáu|bảy|tám|chín|mười)\b|^năm |[.;:] Năm |\bnăm (?:nhóm|tỉnh|yếu|nội)",
    "percent": r"\d+(?:[.,]\d+)?\s*%|phần trăm",
    "date": rf"{_DAY}|ngày\s+\d|tháng\s+\d|quý\s+[IVX\d]|năm\s+\d{{4}}",
    "duration": r"\d+\s*(?:\(.{1,20}\)\s*)?(?:ngày|giờ|tháng|năm|phút|tuần)|\bngay\b",
    "year_period": r"\d{4}\s*[-–]\s*\d{4}|giai đoạn|đến năm \d{4}",
    "money": r"\d[\d.,]*\s*(?:đồng|VNĐ|VND|Việt Nam Đồng|USD|đ/)|miễn (?:phí|lệ phí)|không thu",
    "rank": r"thứ\s+\d|hạng|nhóm\s+\d|top\s*\d|dẫn đầu|đứng đầu|\bbậc\b"
    r"|(?<![\d/])\d{1,3}/\d{2}(?![\d/])",
    "code": r"\d+[\w/.-]*[/-][A-ZĐ]{2}|\d\.\d{6}",
    "organisation": r"UBND|HĐND|[ỦU]y ban|\bsở\b|\bbộ\b|công an|văn phòng|trung tâm|cơ quan|phòng"
    r"|\bcục\b|tòa án|\btỉnh\b|thành phố|ngân hàng|bảo hiểm|tỉnh ủy|ban\b",
    "person": r"\b(?:ông|bà|đồng chí)\s+[A-ZĐ]|chủ tịch|giám đốc"
    r"|[A-ZĐÀ-Ỹ][a-zà-ỹđ]+(?: [A-ZĐÀ-Ỹ][a-zà-ỹđ]+){1,3}$",
    "definition": r"^.{0,80}?\blà\b",
    "subject": r"\bban hành\b|\bphê duyệt\b|\bvề việc\b|\bquy định\b",
    "author": r"^(?:tác giả|người viết|bài)\s*:|^(?-i:[A-ZĐÀ-Ỹ][\w.]*(?: [A-ZĐÀ-Ỹ][\w.]*){0,3})$",
    "list": r":\s*$|;[^;]+;|,[^,]+,[^,]+,|\bgồm\b",
}
# Kinds that an answer cannot do without; a list or a definition may be worded in any way.
FIRM = frozenset({"number", "percent", "date", "duration", "year_period", "money", "rank", "code"})

# What a match begins with, where many ways to begin would be tried at every letter.
_BEGIN = {"number": r"[\dhbstcmn.;:]", "organisation": r"[uhủsbcvtpn]"}

_COMPILED = {
    kind: re.compile(f"(?={_BEGIN[kind]})(?:{pattern})" if kind in _BEGIN else pattern, re.I)
    for kind, pattern in _PATTERNS.items()
}


def looks_like(kind: str, text: str) -> bool:
    """Say whether `text` holds something of the kind asked for; True for kinds without a look."""
    pattern = _COMPILED.get(kind)
    return pattern is None or bool(pattern.search(text))
