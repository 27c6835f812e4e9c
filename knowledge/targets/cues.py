"""Whether a figure is an aim: what the words around it say for and against."""

from __future__ import annotations

import re

from knowledge.targets.quantities import Kind, Quantity
from knowledge.targets.setting import Mood, Setting

_AIM = re.compile(
    r"\b(?:phấn đấu|mục tiêu|chỉ tiêu|đặt mức|đặt ra|đề ra|phải đạt|hướng tới|hướng đến|cam kết"
    r"|kỳ vọng|muốn|yêu cầu|quyết tâm|nhằm đạt|để đạt|mức cần đạt|cần đạt|quy mô|dự kiến đạt"
    r"|giao chỉ tiêu|được giao|kế hoạch giao|mức phấn đấu|nỗ lực|đặt)\b"
)
_DIRECTIVE = re.compile(
    r"\b(?:phải|giảm|cắt giảm|tăng|nâng|kéo|đưa|duy trì|bảo đảm|đảm bảo|hoàn thành|số hóa|rút ngắn"
    r"|cần|tiếp tục|giữ vững|cải thiện|xây dựng|tổ chức|thực hiện|triển khai|cung cấp|kết nối"
    r"|sẽ|tiết giảm|tiết kiệm|gồm|rút|(?:mỗi|từng) [^,;.]{2,40} có)\b"
)
_RESULT = re.compile(
    r"\b(?:đã|hiện nay|hiện|tính đến|cùng kỳ|đạt được|kết quả cho thấy|ghi nhận|công bố"
    r"|năm qua|vừa qua|trước đó|thực tế đạt|ước đạt|ước thực hiện|trung bình cả nước|chỉ đạt"
    r"|mới đạt|lần lượt xếp|được khen|tức là|tức|tương đương|chưa đạt|khi đó|lúc đó|(?:thấp"
    r"|cao) hơn (?:bình quân|trung bình|mức))\b"
)
_STRONG_RESULT = re.compile(
    r"\b(?:đã đạt|đã giải quyết|đã hoàn thành|đã có|đạt được|tính đến|mới đạt|chỉ đạt"
    r"|qua (?:theo dõi|rà soát|kiểm tra)"
    r"|theo (?:số liệu|thống kê|báo cáo của))\b"
)
#: "trong 7 tháng đầu năm", told of once they are over.
_MONTHS = re.compile(r"(?<!\w)(?P<n>\d{1,2}) tháng (?:đầu năm|qua)(?!\w)")
#: Who is to be named for something is no figure to be reached: "cử 01 đầu mối".
_APPOINTED = re.compile(r"(?<!\w)(?:cử|phân công|giới thiệu|chỉ định)\s+(?:ít nhất |tối thiểu )?$")
_RESULT_PART = re.compile(
    r"\b(?:kết quả (?:đạt được|thực hiện|năm|công tác)|thực trạng|tình hình|điểm yếu|hạn chế"
    r"|tồn tại|số liệu|ưu điểm|đánh giá chung|hiện trạng|kết quả$|bài học|nguyên nhân)"
)
#: "Để khắc phục những hạn chế nêu trên, … yêu cầu:" stands above what is to be done.
_MENDING = re.compile(r"^(?:để |nhằm )?(?:khắc phục|chấn chỉnh)(?!\w)|(?<!\w)yêu cầu$")
_AIM_PART = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|phấn đấu|mức phải đạt|yêu cầu|kế hoạch|nhiệm vụ|chương trình"
    r"|quy mô|mức cần đạt|định hướng)\b"
)
_MEASURES = re.compile(
    r"\b(?:tối đa (?:là )?\d+ điểm|thang điểm|tổng điểm|trong thang|chấm điểm|được \d+ điểm"
    r"|nhóm [a-e]\b|có thể hiểu|mức phạt|phạt tiền|lệ phí|vốn điều lệ"
    r"|cổ phần|lãi suất|chiếm tỷ lệ cổ)"
)
_GRADED = re.compile(r"(?<!\w)loại (?:tốt|khá|trung bình|xuất sắc|yếu)(?!\w)")
_COMPARED = re.compile(r"[^;.]{0,30}(?:thấp|cao) hơn (?:bình quân|trung bình|mức|cùng kỳ)")
_DURATION = re.compile(r"(?<!\w)(?:thời gian|thời hạn)(?!\w)")
_LEAST = ("ít nhất", "tối thiểu")
_SINCE = re.compile(r"[\s,]*(?:kể từ|kể|từ|sau)(?!\w)")
_LEFT = re.compile(r"(?<!\w)(?:còn|giảm|rút|là|trong|lên)(?!\w)")
_REACH = re.compile(r"(?<!\w)đạt\s*$")
_SCALE = re.compile(r"\b(?:thang (?:điểm )?|tổng điểm (?:tối đa )?(?:là )?|tối đa (?:là )?)\s*$")


def tells_results(part: str) -> bool:
    """Say whether a heading, small letters, stands above results."""
    return bool(_RESULT_PART.search(part)) and not _MENDING.search(part)


def is_aim(
    quantity: Quantity,
    sentence: str,
    before: str,
    parts: list[str],
    setting: Setting,
    year: int | None,
    going: bool,
) -> bool:
    """Say whether a figure is something to be reached.

    Args:
        quantity: the figure.
        sentence: the sentence that it stands in, small letters.
        before: the sentence up to the figure.
        parts: headings and leading words above the sentence, outermost first, small letters.
        setting: what the document is.
        year: the year that its clause names, None if it names none.
        going: whether the sentence before it stated aims.
    """
    if quantity.kind is Kind.SCORE and _GRADED.search(sentence):
        return False
    if quantity.kind is Kind.COUNT and _APPOINTED.search(before):
        return False
    if _MEASURES.search(sentence) or (quantity.kind is Kind.SCORE and _SCALE.search(before)):
        return False
    if quantity.unit == "lần" and quantity.change is None:
        return False
    after = sentence[len(before) + quantity.end - quantity.start :]
    if quantity.kind is Kind.TIME and (not _shortens(quantity, before) or _SINCE.match(after)):
        return False
    aimed = bool(_AIM.search(before)) or any(_AIM_PART.search(part) for part in parts[-3:])
    weight = _weight(quantity, sentence, before, parts, setting, year) + 2 * aimed
    weight += setting.mood is Mood.PLAN and quantity.value % 1 == 0 and bool(_REACH.search(before))
    if going and setting.mood is Mood.PLAN and quantity.kind is Kind.SHARE:
        weight += 1
    least = sentence[len(before) :].startswith(_LEAST)
    return weight >= _needed(quantity, setting) - (least and setting.mood is Mood.PLAN)


def _shortens(quantity: Quantity, before: str) -> bool:
    """Say whether a time is one to be kept to, "thời gian chờ còn tối đa 15 phút"."""
    if quantity.change is not None or "xuống" in before[-20:]:
        return True
    return bool(_DURATION.search(before)) and (quantity.stated or bool(_LEFT.search(before[-20:])))


def _needed(quantity: Quantity, setting: Setting) -> int:
    if quantity.kind not in (Kind.COUNT, Kind.MONEY):
        return 2
    # Counts are everywhere; outside plans only clear words make aims of them.
    return 3 if setting.mood is Mood.PLAN else 5


def _weight(
    quantity: Quantity,
    sentence: str,
    before: str,
    parts: list[str],
    setting: Setting,
    year: int | None,
) -> int:
    after = sentence[len(before) + quantity.end - quantity.start :]
    weight = int(quantity.stated and quantity.kind is not Kind.RANK)
    weight += bool(_DIRECTIVE.search(before)) or quantity.change is not None
    weight += {Mood.PLAN: 1, Mood.OPEN: 0, Mood.RESULT: -1, Mood.LEGAL: -2}[setting.mood]
    weight += quantity.kind is Kind.SHARE and quantity.value == 100
    weight += quantity.kind is Kind.RANK and quantity.comparator.value == "top_n"
    if _STRONG_RESULT.search(before) or _elapsed(before, setting):
        weight -= 4
    elif _RESULT.search(before[-80:]) or _COMPARED.match(after):
        weight -= 2
    weight -= 3 * any(map(tells_results, parts[-2:]))
    if year is not None and setting.since is not None:
        weight += 1 if year >= setting.since else (0 if _AIM.search(before) else -3)
    if quantity.value != round(quantity.value, 1) and not quantity.stated:
        weight -= 1  # 84,08 % is measured, not set
    return weight


def _elapsed(before: str, setting: Setting) -> bool:
    """Say whether words tell of months that were over when the document was issued."""
    match = _MONTHS.search(before)
    if match is None or setting.on is None or _AIM.search(before):
        return False
    return int(match["n"]) <= setting.on.month
