"""Who has to do a task."""

from __future__ import annotations

import re

_BODY = (
    r"(?i:(?:các\s+|những\s+|từng\s+|mỗi\s+)?(?:"
    # what a place or the state has
    r"sở|(?<!giao )ban(?! hành)|bộ(?! (?:tiêu chí|chỉ số|thủ tục|câu hỏi|dữ liệu))|văn phòng|vp"
    r"|ubnd|ủy ban|hđnd|hội đồng|thường trực|cục|chi cục|vụ|thanh tra|kho bạc|thuế|công an"
    r"|phòng(?! (?:chống|ngừa))|trung tâm|tổ công tác|tổ(?! chức)|đoàn kiểm tra|cơ quan|đơn vị"
    r"|địa phương|(?<=các )(?:tỉnh|thành phố|thôn|ấp)|quận|thị xã|thị trấn|huyện|xã|phường"
    r"|đặc khu|tòa án|viện kiểm sát|chi nhánh|trạm|đội(?! ngũ)|hạt|cảng vụ|bảo hiểm xã hội"
    # parties and unions
    r"|huyện ủy|thành ủy|tỉnh ủy|thị ủy|quận ủy|đảng ủy|đảng bộ|mặt trận|liên đoàn|đoàn thể"
    r"|hội(?! (?:nghị|thảo|họp))|hiệp hội"
    # who heads them or works there
    r"|chủ tịch|phó chủ tịch|giám đốc|thủ trưởng|người đứng đầu|lãnh đạo|chánh văn phòng"
    r"|chánh thanh tra|trưởng|phó|công chức|cán bộ"
    # schools, hospitals, firms, papers
    r"|trường|học viện|viện|bệnh viện|ngân hàng|bưu điện|viễn thông|điện lực|công ty|tập đoàn"
    r"|doanh nghiệp|báo(?!\s+cáo)|đài"
    r"))(?!\w)"
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
    r"|nghiệm thu|góp ý|kiểm điểm|phát hành|thu hồi|chấm điểm|hoàn chỉnh|hoàn tất|kết thúc|bàn giao"
    r"|chấn chỉnh|soạn thảo|dự thảo|tiếp thu|chuyển giao|chuyển|đồng bộ"
    r"|cấp (?:đủ|phát|bổ sung|mới|đổi|giấy|tài khoản|chứng thư|kinh phí)"
    r"|thu (?:nộp|thập)|tổng kết|sơ kết|khen thưởng|kiểm kê"
    r"|cài đặt|trang bị|nâng cao|tích cực|ưu tiên|vận động|hỗ trợ|giải ngân|quyết toán|thanh toán"
    r"|phát sóng|đưa tin|tham gia|phân tích|cam kết|tham vấn|thẩm tra|xét duyệt|chi trả|sáp nhập"
    r"|giải thể|bổ nhiệm|luân chuyển|điều động|nhắc nhở|phê bình|chốt|di dời|sửa chữa|chuẩn bị"
    r"|họp|làm việc|công nhận|xếp loại|xếp hạng|dành|in|treo|nhập|khơi thông|tháo gỡ|tổ chức lại"
    r"|quy hoạch|đấu thầu|khởi công|thiết lập|tái cấu trúc|lồng ghép|phân cấp|ủy quyền|đo lường"
)
_ASSIGNED = re.compile(
    rf"(?:^|(?<=[\s,.;:]))(?i:giao|phân công|yêu cầu|đề nghị)\s+(?P<who>{_BODY}.*?)"
    rf"(?=\s*[,:]?\s*(?<!\w)(?:{VERBS})(?!\w)|[;.:]|$)"
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
#: The name of a body, told by its capitals, in front of any verb: "Văn phòng UBND tỉnh trực …".
_NAME = (
    rf"{_BODY}(?:\s+(?:[A-ZĐÀ-Ỹ][\w-]*|(?:và|-)\s+(?!{_BODY})[A-ZĐÀ-Ỹ][\w-]*|tỉnh|thành phố"
    r"|huyện|thị xã|xã|phường|đặc khu|các cấp|cấp (?:tỉnh|huyện|xã)|ban|ngành|cơ quan|đơn vị"
    r"|nhân dân|dân phố|thôn|công lập|liên quan|chuyên môn|trực thuộc))*"
)
_NAMED_BODY = re.compile(
    rf"^[\s,:-]*(?P<who>{_NAME}(?:(?:,|;|\s+và)\s*{_NAME})*)"
    r"\s+(?!(?:của|là|được|về|cho|trong|để|tại|ở|có|với|và|theo|bị|thuộc|đã|chưa|này|do|từ|đến"
    r"|nhà|giải|hành|công|chứng|số|mới|cũ|nào|khi|mà|nêu|đạt)(?!\w))[a-zđà-ỹ]"
)
_DONE_BY = re.compile(rf"(?<!\w)do\s+(?P<who>{_BODY}[^,;.:)]*?)\s+(?:{VERBS})(?!\w)")
_HEADING = re.compile(rf"(?P<who>{_BODY}.{{0,80}})$")
#: A body with what it does.
BODY_DOES = rf"[\s,:-]*{_BODY}.{{0,120}}?\s(?i:{VERBS})(?!\w)"
#: "Đối với các tiêu chí chưa đạt, người đứng đầu …"
#: "Để khắc phục, yêu cầu Chủ tịch UBND các tỉnh, thành phố": who a list is laid upon.
_LAID_UPON = re.compile(
    rf"(?:^|(?<=[\s,.;]))(?:giao|phân công|yêu cầu|đề nghị)\s+(?P<who>{_BODY}[^:;]*)$"
)
_CASE = re.compile(
    r"^[\s,:-]*(?:Đối với|Trường hợp|Trong|Khi|Căn cứ|Sau|Từ|Trên cơ sở|Theo|Để|Nhằm|Qua|Định kỳ"
    r"|Hằng|Hàng)\s[^,;]+,\s*"
)
_BODY_START = re.compile(_BODY)
_TRAILING = re.compile(
    r"[\s,]+(?:(?:chủ trì|phối hợp|và các cơ quan liên quan)?$|(?:là|giúp|(?:có tên )?nêu trên"
    r"|căn cứ|trên cơ sở|theo)(?!\w).*$"
    r"|(?<=,) (?:trong|trước|từ|đến|hằng|hàng|chậm nhất|định kỳ)(?!\w).*$)"
)


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
        (_NAMED_BODY, _CASE.sub("", text[rest:end])),
    ):
        if match := pattern.search(words):
            return _TRAILING.sub("", match["who"].strip(" ,:"))
    letterhead = _letterhead(text)
    for part in reversed(parts):
        if part in letterhead:
            continue
        match = _HEADING.match(part) or _LAID_UPON.search(part)
        if match and len(part.split()) <= 12 and "hoàn thành" not in part:
            return match["who"].strip(" ,:")
    return None


def acts(words: str) -> bool:
    """Say whether words begin with the name of a body and go on with what it does.

    Args:
        words: as written, capitals and all.
    """
    return _NAMED_BODY.match(_CASE.sub("", words)) is not None


def is_laid_upon(part: str) -> bool:
    """Say whether a heading or leading words, small letters, name who has to do what follows."""
    return bool(_HEADING.match(part) and len(part.split()) <= 12) or bool(_LAID_UPON.search(part))


def is_body(words: str) -> bool:
    """Say whether words begin with a body: "Sở Nội vụ, các huyện"."""
    return _BODY_START.match(words) is not None


def _letterhead(text: str) -> tuple[str, ...]:
    """Return the lines up to the number, small letters: who issues it, not who has to do it."""
    lines = [" ".join(line.lower().split()) for line in text.lstrip().split("\n", 5)[:5]]
    number = next((i for i, line in enumerate(lines) if line.startswith("số")), 1)
    return tuple(lines[:number])
