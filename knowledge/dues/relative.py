"""Times that count from an event: "trong 05 ngày làm việc kể từ ngày nhận đủ hồ sơ"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.dues.due import Clause, Due

_RELATIVE = re.compile(
    r"(?:trong (?:thời hạn|vòng|thời gian)\s+)?"
    r"(?:(?:chậm|muộn|trễ) nhất(?: là)?(?: sau| trong)?|không quá|tối đa"
    r"|trong(?: thời hạn| vòng| thời gian)?|sau)\s+"
    r"(?P<n>\d{1,3})\s+(?P<unit>ngày làm việc|ngày|tháng|giờ)"
    r"(?:,)?\s+(?:kể\s+)?(?:từ|sau)\s+"
    r"(?P<after>(?:ngày|khi|lúc|thời điểm)\s+[^,;.:]+?)"
    r"(?=\s+(?:phải|cần|có trách nhiệm)(?!\w)|[,;.:]|$)"
)
#: "sau 06 tháng triển khai"
_AFTER_DOING = re.compile(
    r"sau\s+(?P<n>\d{1,3})\s+(?P<unit>ngày|tháng)\s+(?P<after>(?:triển khai|thực hiện|hoạt động"
    r"|vận hành|thí điểm|áp dụng)(?!\w)[^,;.:]*)"
)
#: "trong 03 ngày làm việc": from what stands before it on.
_PLAIN = re.compile(
    r"(?:trong(?: thời hạn| vòng| thời gian)?|chậm nhất(?: là)?(?: sau| trong)?)\s+"
    r"(?P<n>\d{1,3})\s+(?P<unit>ngày làm việc|ngày|giờ)(?P<after>)"
    r"(?!\s*(?:đầu|cuối|qua|gần|liên|/|tới|tiếp|trước|từ|kể|sau|tháng|\d)|\w)"
)
_UNITS = {"ngày làm việc": "wd", "ngày": "d", "tháng": "m", "giờ": "h"}


def find(clause: Clause) -> Iterator[Due]:
    """Yield the times of a clause that count from an event."""
    for pattern in (_RELATIVE, _AFTER_DOING, _PLAIN):
        for match in pattern.finditer(clause.low, clause.start, clause.end):
            due = f"+{int(match['n'])}{_UNITS[match['unit']]}"
            after = match["after"].strip() or None
            firm = after is not None
            yield Due(due, "relative", match.start(), match.end(), firm, after)
