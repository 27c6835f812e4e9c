"""What a figure measures: the words before or behind it, without who sets it and when."""

from __future__ import annotations

import re

_MODAL = (
    r"phấn đấu|đặt (?:ra )?(?:mục tiêu|chỉ tiêu|yêu cầu)|đặt ra|đề ra|yêu cầu|muốn|bảo đảm|đảm bảo"
    r"|hướng tới|hướng đến|quyết tâm|nhằm|phải|cần|mục tiêu|chỉ tiêu|sẽ|cam kết|nỗ lực|giao"
    r"|để đạt|nhằm đạt|đưa|nâng|kéo|duy trì|giữ vững|giữ|tiếp tục|đặt|đạt được|có|để|phấn đấu để"
    r"|tăng cường|cả|gồm|bao gồm|là|rằng|tập trung|hoàn thành"
)
_HEAD = (
    r"tỷ lệ|tỉ lệ|mức độ|mức|chỉ số|các chỉ số|số lượng|số|thứ hạng|xếp hạng|vị trí|kết quả|điểm"
    r"|tổng số|tổng|thời gian|thời hạn|chi phí|tốc độ|năng suất|quy mô|thu ngân sách|giá trị|lượng"
    r"|hài lòng|par|sipas|papi|pci|dti|ddci|pgi|pii|năng lực cạnh tranh|bộ chỉ số|chất lượng"
    r"|tiến độ"
)
#: Words between what is measured and its figure.
_COPULA = re.compile(
    r"(?:(?<=\s)|^)(?:(?:phải|cần|sẽ|đều|cũng|luôn|phấn đấu|được|có thể|hằng năm|hàng năm|bình quân"
    r"|trung bình|tối thiểu|chung|này|tiếp tục|ổn định|duy trì|được duy trì|được nâng|được đưa"
    r"|đạt tỷ lệ|đạt yêu cầu|đạt mức|đạt|chiếm tỷ lệ|chiếm|là|lên mức|lên đến|lên tới|lên"
    r"|xuống mức|xuống còn|xuống|rút ngắn|rút|chỉ còn|còn|vượt|bằng|ở mức|mức|nằm|đứng|vào"
    r"|thuộc|xếp|(?<!cắt )giảm|tăng"
    r"|được|:|-)[\s,]*)+$"
)
_FROM = re.compile(r"\s+(?:(?:tăng|nâng|giảm)\s+)?từ\s+[\d.,]+\s*(?:%|điểm|bậc)?[^,;]{0,24}$")
_TIME = re.compile(
    r"(?:(?:đến|trong|vào|từ|hết|tới|cuối|trước|riêng|cho|của)\s+)*(?:hết\s+|cuối\s+|đầu\s+)?"
    r"(?:năm|quý|tháng|giai đoạn|ngày|6 tháng (?:đầu|cuối) năm)\s*"
    r"(?:[ivx]+\b|\d{4}|\d{1,2}(?:[/.-]\d{1,4})*)?(?:\s*(?:[-–/,]|và|đến|năm)\s*\d{1,4})*"
    r"(?:\s*(?:và|,)?\s*(?:định hướng|tầm nhìn|những năm tiếp theo)[^,:]*)?\s*[,:;]?\s*"
)
_LINK = re.compile(
    r"(?:trong đó|riêng|đồng thời|cụ thể|ngoài ra|còn|và|cùng với đó|theo đó|trước mắt|tiếp tục"
    r"|đặc biệt|nhất là|với|bên cạnh đó|hoặc|nhưng|mà|đối với|tại|ở|\+|[-–,:;.()“”\"])\s*[,:]?\s*"
)
_MODAL_BEFORE = re.compile(rf"(?:(?<!\w)(?:{_MODAL})|[,:(])\s*(?:các|cả|những|được|cho)?\s*$")
_HEADS = re.compile(rf"(?<!\w)(?:{_HEAD})(?!\w)")
_MODALS = re.compile(rf"(?<!\w)(?:{_MODAL})(?!\w)")
_ADVERB_END = re.compile(r"\s+(?:ngay|thêm|ít nhất|tối thiểu|được|khoảng|từ|trên)$")
_DEED = (
    r"kiểm tra|thanh tra|giám sát|khảo sát|tập huấn|bồi dưỡng|tuyên truyền|đối thoại|triển khai"
    r"|thí điểm|áp dụng|đánh giá|rà soát|tổ chức|thực hiện|lắp đặt|xây dựng|bố trí"
)
_DEEDS = re.compile(rf"(?<!\w)(?:{_DEED})(?!\w)")
_DONE_AT = re.compile(
    rf"(?:^|(?<=\s))(?P<deed>(?:{_DEED})(?!\w)(?:(?!(?:{_DEED})\s)[^,;:])*?\s(?:tại|ở|đối với|cho))"
    r"\s*(?:các)?$"
)
_AT_LEAST_END = re.compile(
    r"\s+(?:ít nhất|tối thiểu|trên|hơn|không dưới|từ|khoảng|≥|>=)(?:\s+(?:từ|là))?$"
)
_TAIL = re.compile(
    r"[\s,;]+(?:so với|so cùng kỳ|tính theo|trong đó|theo chỉ tiêu|hướng tới|vào năm"
    r"|trong năm|đến năm"
    r"|vào cuối|vào quý|trong quý|trong tháng|trước (?:ngày|năm|quý|tháng)|năm \d{4}|trừ\b"
    r"|riêng\b|qua đó|từ đó"
    r"|nhằm|góp phần|đồng thời).*$"
)
_PAREN = re.compile(r"\s*\([^)]*\)?")
#: "100 % (trừ hồ sơ mật) văn bản …"
_ASIDE = re.compile(r"^\s*\((?:trừ|ngoại trừ|không (?:kể|bao gồm))[^)]*\)")
_NOUN_AFTER = re.compile(
    r"(?!so với|so cùng|trong (?:năm|tháng|quý|tổng|đó|giai)|vào|đến|và\b|hoặc|để\b|theo|trở|mỗi"
    r"|nhưng|thì|tại\b|hằng|hàng năm|kể từ|tính|nhằm|là\b|cả nước|toàn|trên tổng|của\b|ở\b|cho\b"
    r"|với\b|đối với|năm\b|qua đó|về\b|như|do\b|khi\b|mà\b)[^\W\d_]"
)


def strip_end(words: str) -> str:
    """Return the words before a figure without "phải đạt", "xuống còn" and the like."""
    words = _FROM.sub("", words)
    return _COPULA.sub("", words.rstrip(" ,:;(")).rstrip(" ,:;(")


def strip_start(words: str) -> str:
    """Return words without time ("Đến năm 2025,") and links ("trong đó") in front."""
    while True:
        rest = words.lstrip()
        for pattern in (_TIME, _LINK):
            if (match := pattern.match(rest)) and match.end():
                after = rest[match.end() :]
                if pattern is _TIME or not match[0][-1:].isalpha() or not after:
                    rest = after
        if rest == words:
            return rest
        words = rest


def subject_start(before: str) -> int:
    """Return where in the words before a figure that follows it the measured thing begins.

    Args:
        before: from the clause's start to the figure, small letters, its end stripped.

    Returns:
        An offset; the length of `before` where nothing measured is named.
    """
    begin = len(before) - len(strip_start(before))
    chosen: int | None = None
    first: int | None = None
    for match in _HEADS.finditer(before, begin):
        leading = before[begin : match.start()].rstrip()
        if not leading:
            first = match.start()
            if chosen is None:
                chosen = match.start()
            break
        if _MODAL_BEFORE.search(leading):
            after_comma = leading[-1:] in ",:("
            if not after_comma or chosen is None:
                chosen = match.start()
            if first is None:
                first = match.start()
    if chosen is not None:
        return chosen
    modals = list(_MODALS.finditer(before, begin))
    for match in modals:
        rest = before[match.end() :].strip(" ,:")
        if len(rest.split()) >= 2 and not _MODALS.match(rest):
            return len(before) - len(strip_start(before[match.end() :]))
    if modals and not before[modals[-1].end() :].strip(" ,:"):
        return len(before)
    return begin


def verb_before(before: str) -> str:
    """Return the verb that governs a figure with its noun behind it: "số hóa", "giảm"."""
    words = strip_start(before).rstrip(" ,:;(")
    while match := _ADVERB_END.search(words):
        words = words[: match.start()]
    cut = 0
    for match in _MODALS.finditer(words):
        cut = match.end()
    words = strip_start(words[cut:]).strip(" ,:")
    if re.search(r"(?:còn|xuống|lên|đạt)$", words):
        return ""
    if "," in words and not re.search(r"giảm|hóa", words):
        words = words.rpartition(",")[2].strip()
    words = re.sub(r"^(?:đạt|là|tỷ lệ|mức|ở mức)\b\s*", "", words)
    return words if len(words.split()) <= 6 else ""


def done_at(before: str) -> str:
    """Return what is done at so many places: "kiểm tra cải cách hành chính tại (20 cơ quan)".

    Args:
        before: the words before the figure, small letters.
    """
    match = _DONE_AT.search(_AT_LEAST_END.sub("", before.rstrip()))
    return " ".join(match["deed"].split()) if match else ""


def deed_before(before: str) -> str:
    """Return what is done so many times: "tổ chức khảo sát hài lòng (02 đợt)", "" for nothing.

    Args:
        before: the words before the figure, small letters.
    """
    deeds = list(_DEEDS.finditer(before))
    words = _AT_LEAST_END.sub("", before[deeds[-1].start() :].rstrip()) if deeds else ""
    return "" if re.search(r"[,;:]", words) else " ".join(words.split())


def clean_object(words: str) -> str:
    """Return the words behind a figure as what is measured, without what only qualifies it."""
    words = _PAREN.sub("", words)
    words = re.sub(r"\s*(?<!\w)trở lên(?!\w)", "", words)
    words = _TAIL.sub("", words)
    words = re.sub(r"^\s*(?:trong (?:tổng )?số|của|các|số lượng)\s+", "", words)
    return " ".join(words.strip(" ,;:.–-").split())


def clean_subject(words: str) -> str:
    """Return the words before a figure as what is measured."""
    words = re.sub(r"\s*\((?:trừ|ngoại trừ|không)[^)]*\)?", "", words)
    words = re.sub(r"\s+so với [^,;]*", "", words)
    words = re.sub(r"[\s,]+(?:(?:đến|trong|vào|cuối|hết|của)\s+)*năm \d{4}$", "", words)
    return " ".join(words.strip(" ,;:.–-+").split())


def begins_noun(words: str) -> bool:
    """Say whether the words behind a figure go on with a thing of which it is a share."""
    return bool(_NOUN_AFTER.match(_ASIDE.sub("", words).lstrip()))
