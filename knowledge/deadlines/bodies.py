"""Who has to do a task."""

from __future__ import annotations

import re

_BODY = (
    r"(?i:(?:các\s+|những\s+|từng\s+|mỗi\s+)?(?:sở|ban|bộ|văn phòng|vp|ubnd|ủy ban nhân dân"
    r"|hđnd|cục"
    r"|chi cục|công an|chủ tịch|phó chủ tịch|giám đốc|thủ trưởng|người đứng đầu|trung tâm|phòng"
    r"|cơ quan|đơn vị|địa phương|thanh tra|kho bạc|bảo hiểm xã hội|thuế|tổ công tác|hội đồng"
    r"|huyện ủy|thành ủy|tỉnh ủy|thị ủy|quận ủy|đảng ủy|đảng bộ|mặt trận|ủy ban mttq|liên đoàn"
    r"|đoàn thể|báo(?!\s+cáo)"
    r"|đài|tòa án|viện kiểm sát|ngân hàng|trường|bệnh viện|hội|hiệp hội|quận|thị xã|thị trấn"
    r"|lãnh đạo|bưu điện|viễn thông|xã|phường|huyện|đặc khu|vụ))(?!\w)"
)
#: What bodies do in plans, alternatives of a pattern.
VERBS = (
    r"chủ trì|phối hợp|tham mưu|có trách nhiệm|chịu trách nhiệm|gửi|báo cáo|hoàn thành|xây dựng"
    r"|tổ chức|phải|rà soát|thực hiện|triển khai|trình|ban hành|lập|công bố|tổng hợp|cập nhật"
    r"|hướng dẫn|tiếp tục|chủ động|khẩn trương|đôn đốc|kiểm tra|theo dõi|nghiên cứu|đề xuất"
    r"|đăng ký|giải trình"
    r"|đánh giá|khảo sát|bố trí|cung cấp|công khai|chỉ đạo|tự|làm|đưa|kết nối|số hóa|hoàn thiện"
    r"|quán triệt|lãnh đạo|đăng tải|phổ biến|bố trí|trả lời|khai thác"
    r"|(?<![Nn]goại )giao"
    r"|nâng cấp|tích hợp|vận hành|quản lý|giám sát|khắc phục|thành lập|tuyên truyền|niêm yết"
    r"|xử lý|giải quyết|tiếp nhận|thẩm định|phê duyệt|điều chỉnh|sửa đổi|bổ sung|thống kê|nộp"
    r"|tăng cường|duy trì|mở|phát động|ký|thông báo|tiến hành|bảo đảm|đảm bảo|cử|rút|chuẩn hóa|lấy"
    r"|lắp|lắp đặt|viết|biên soạn|mua sắm|cắt giảm|đơn giản hóa|thu thập|tập huấn|đào tạo|bồi dưỡng"
    r"|tuyển dụng|sắp xếp|đối thoại|xác định|kiện toàn|thí điểm|nhân rộng|chia sẻ|lựa chọn|phân bổ"
    r"|nghiệm thu|góp ý|kiểm điểm|phát hành|thu hồi|chấm điểm"
)
_ASSIGNED = re.compile(
    rf"(?:^|(?<=[\s,.;:]))(?i:giao|phân công|yêu cầu|đề nghị)\s+(?P<who>{_BODY}.*?)"
    rf"(?=\s*[,:]?\s*(?:{VERBS})(?!\w)|[;.:]|$)"
)
_LEADS = re.compile(
    rf"(?:^|do\s+|(?<=[;:,.]\s))(?P<who>{_BODY}[^,;:.]*(?:,\s*[^;:.]*?)?)\s+(?:là cơ quan\s+)?"
    r"(?:chủ trì|phụ trách|chịu trách nhiệm)(?!\w)"
)
_NAMED = re.compile(
    r"(?i:cơ quan|đơn vị|phòng|bộ phận)\s+(?:chủ trì(?: thực hiện)?|thực hiện|phụ trách"
    r"|chịu trách nhiệm)"
    r"\s*(?::|là)\s*(?P<who>[^;.|]+)"
)
_SUBJECT = re.compile(
    rf"^[\s,:-]*(?i:riêng\s+)?(?P<who>{_BODY}(?!\s*(?:được|thuộc diện))[^;.:]{{0,120}}?)\s+"
    rf"(?:{VERBS})(?!\w)"
)
_DONE_BY = re.compile(rf"(?<!\w)do\s+(?P<who>{_BODY}[^,;.:)]*?)\s+(?:{VERBS})(?!\w)")
_HEADING = re.compile(rf"(?:\d+\.\s*)?(?P<who>{_BODY}.{{0,80}})$")
#: A body with what it does.
BODY_DOES = rf"[\s,:-]*{_BODY}.{{0,120}}?\s(?i:{VERBS})(?!\w)"
#: "Đối với các tiêu chí chưa đạt, người đứng đầu …"
#: "Để khắc phục, yêu cầu Chủ tịch UBND các tỉnh, thành phố": who a list is laid upon.
_LAID_UPON = re.compile(
    rf"(?:^|(?<=[\s,.;]))(?:giao|phân công|yêu cầu|đề nghị)\s+(?P<who>{_BODY}[^:;]*)$"
)
_CASE = re.compile(r"^[\s,:-]*(?:Đối với|Trường hợp|Trong|Khi|Căn cứ)\s[^,;]+,\s*")
_BODY_START = re.compile(_BODY)
_TRAILING = re.compile(r"[\s,]+(?:chủ trì|phối hợp|và các cơ quan liên quan)?$")


def responsible(text: str, start: int, end: int, rest: int, parts: tuple[str, ...]) -> str | None:
    """Return who has to do the task of a clause, None if it is not said.

    Verbs are told from names ("Ban Quản lý …") by their small letters.

    Args:
        text: the document's text.
        start, end: the clause.
        rest: where the words after the time in front ("Trước ngày 15/12,") begin.
        parts: headings and leading words above.
    """
    clause = text[start:end]
    for pattern, words in (
        (_NAMED, clause),
        (_ASSIGNED, clause),
        (_LEADS, clause),
        (_DONE_BY, clause),
        (_SUBJECT, _CASE.sub("", text[rest:end])),
    ):
        if match := pattern.search(words):
            return _TRAILING.sub("", match["who"].strip(" ,:"))
    for part in reversed(parts):
        match = _HEADING.match(part) or _LAID_UPON.search(part)
        if part == _letterhead(text):
            continue
        if match and len(part.split()) <= 12 and "hoàn thành" not in part:
            return match["who"].strip(" ,:")
    return None


def is_body(words: str) -> bool:
    """Say whether words begin with a body: "Sở Nội vụ, các huyện"."""
    return _BODY_START.match(words) is not None


def _letterhead(text: str) -> str:
    """Return the first line of a document, small letters: who issues it, not who has to do it."""
    return " ".join(text.lstrip().split("\n", 1)[0].lower().split())
