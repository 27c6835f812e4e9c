"""Numbers of houses in what people write: "số 12 đường Trần Phú", "12/5 ngõ 8", "hẻm 45/7".

The name of a street, a hamlet or a commune is no secret and may matter to the answer; with the
number of a house it says where a person lives. So the number goes and the names stay. Numbers of
documents, days and years look alike and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from index.text import fold

_PART = r"\d{1,4}[a-zđ]?"
_WHOLE = rf"{_PART}(?:\s?bis)?(?:[/-]{_PART})*(?![\w/])"
_SLASHED = rf"(?<![\w/.,-]){_PART}(?:/{_PART})+(?![\w/])"
_LANE = r"(?:ngõ|ngo|ngách|ngach|hẻm|hem|kiệt|kiet)"
_NUMBERED = ("ngõ", "ngo", "ngách", "ngach", "hẻm", "hem", "kiệt", "kiet", "thôn", "tổ", "xóm")
_NO_LANE = "".join(f"(?<!{word} )" for word in _NUMBERED)  # "ngõ 8 phố Huế": the lane's number
# "đường bộ", "đường sắt" are no streets; without marks "to", "ap", "pho" are too many words.
_STREET = (
    rf"(?:{_LANE}|phố|thôn|thon|xóm|xom|ấp(?!\s+dụng)|khu phố|khu pho|khối phố|khoi pho"
    r"|tổ\s+(?:\d|dân phố)|to\s+(?:\d|dan pho)"
    r"|đường(?!\s+(?:bộ|sắt|thủy|thuỷ|biển|hàng|dây|cao|bay|sông|truyền|lối))"
    r"|duong(?!\s+(?:bo|sat|thuy|bien|hang|day|cao|bay|song|truyen|loi)))\b"
)
_HOUSE = r"(?:số nhà|so nha|nhà số|nha so)"
# A name is told by its capital, also where the rest of a pattern reads both.
_NAME = f"(?-i:[{''.join(filter(str.isupper, map(chr, range(0x1F00))))}])"
_HERE = r"(?:ở|tại|trú|địa chỉ|nhà (?:tôi|em|mình|con|cháu|ông|bà))"

_PATTERNS = (
    rf"\b{_HOUSE}\s*:?\s*{_WHOLE}(?!\s*(?:tầng|tang\b|m2|m²|căn))",
    rf"(?<!ho )(?<!hồ )\b(?:số|so)\s+{_WHOLE}(?=,?\s+{_STREET})",
    rf"(?P<lane>\b{_LANE}\s+)(?:{_PART}(?:/{_PART})+(?![\w/]))",
    rf"{_SLASHED}(?=,?\s+{_STREET})",
    rf"(?<![\w/.,-]){_NO_LANE}{_PART}(?![\w/])(?=,?\s+(?:đường|phố|{_LANE})\s+(?:\d|{_NAME}))",
    rf"(?P<here>\b{_HERE}\s*:?\s+)(?:(?:số|so)\s+{_WHOLE}|{_SLASHED})(?=\s+{_NAME})",
)
_NUMBERS = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS), re.IGNORECASE)

# What stands before a number that is none of a house.
_OF_SOMETHING_ELSE = re.compile(
    r"\b(?:quyet dinh|nghi dinh|nghi quyet|thong tu|luat|phap lenh|ke hoach|cong van|chi thi"
    r"|thong bao|to trinh|van ban|dieu|khoan|diem|chuong|mau|bieu|phu luc|quoc lo|tinh lo|ngay"
    r"|thang|hang|nhom|top|tu|den|mau so|so hieu)\s*$"
)
_BEFORE = 40  # characters that are looked at
_YEAR = re.compile(r"(?:19|20)\d\d")


def without_house_numbers(text: str, mask: str) -> str:
    """Return `text` with the numbers of houses masked.

    Args:
        text: in NFC.
        mask: what stands in their place; holds no digit.
    """
    return _NUMBERS.sub(_masking(mask), text)


def _masking(mask: str) -> Callable[[re.Match[str]], str]:
    def masked(found: re.Match[str]) -> str:
        kept = found["lane"] or found["here"] or ""
        if not kept and _is_something_else(found):
            return found[0]
        return f"{kept}{mask}"

    return masked


def _is_something_else(found: re.Match[str]) -> bool:
    if _YEAR.fullmatch(found[0]):
        return True
    before = found.string[max(0, found.start() - _BEFORE) : found.start()]
    return bool(_OF_SOMETHING_ELSE.search(fold(before)))
