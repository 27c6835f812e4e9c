"""Times as officials write them, each family of wordings with what is no deadline beside it."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.dues import dues
from tests.knowledge.plans import deadlines_of

ISSUED = date(2025, 10, 2)


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("trước ngày 05 tháng sau", "2025-11-05"),
        ("trước ngày 10 tháng này", "2025-10-10"),
        ("trong tháng 10 này", "2025-10-31"),
        ("trong quý iv năm nay", "2025-12-31"),
        ("trong tuần này", "2025-10-05"),
        ("xong trong 6 tháng đầu năm 2026", "2026-06-30"),
        ("từ ngày 10/10/2025 đến ngày 20/10/2025", "2025-10-20"),
        ("từ tháng 11 đến hết tháng 12/2025", "2025-12-31"),
        ("không để kéo dài quá ngày 30/11/2025", "2025-11-30"),
        ("trễ nhất ngày 15/11/2025", "2025-11-15"),
        ("trước 11h30, thứ sáu, ngày 17/10/2025", "2025-10-17"),
        ("thời hạn: 05/11/2025", "2025-11-05"),
        ("trong tuần đầu tháng 11/2025", "2025-11-07"),
        ("tuần thứ hai của tháng 11/2025", "2025-11-14"),
        ("trung tuần tháng 11/2025", "2025-11-20"),
        ("cuối tháng 11/2025", "2025-11-30"),
        ("tháng 10 - 11/2025", "2025-11-30"),
        ("quý iii - iv/2025", "2025-12-31"),
        ("trước 10 giờ thứ sáu hằng tuần", "FREQ=WEEKLY"),
        ("vào thứ hai đầu tuần", "FREQ=WEEKLY"),
        ("mỗi tuần một lần", "FREQ=WEEKLY"),
        ("trước 16h00 hằng ngày", "FREQ=DAILY"),
        ("vào ngày cuối tháng", "FREQ=MONTHLY"),
        ("02 số/tháng", "FREQ=MONTHLY"),
        ("hằng năm, trước ngày 15 tháng 01", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15"),
        ("sau 06 tháng triển khai", "+6m"),
        ("trong vòng 24 giờ kể từ khi tiếp nhận", "+24h"),
        ("trong 03 ngày làm việc", "+3wd"),
    ],
)
def test_times_say_when(words: str, due: str) -> None:
    [found] = dues(words, 0, len(words), 2025, ISSUED)
    assert (found.due, words[found.start : found.end]) == (due, words)


@pytest.mark.parametrize(
    ("line", "due", "responsible"),
    [
        ("Bưu điện tỉnh bố trí người hướng dẫn ngay trong tháng 11.", "2025-11-30",
         "Bưu điện tỉnh"),
        ("Sở Y tế, trong tháng 10 này, hoàn chỉnh phương án ủy quyền.", "2025-10-31", "Sở Y tế"),
        ("Sở Xây dựng trình thủ tục đã sửa đổi (hạn cuối 08/10/2025).", "2025-10-08",
         "Sở Xây dựng"),
        ("Sở Nội vụ phê duyệt vị trí việc làm cấp xã (Quý IV/2025).", "2025-12-31", "Sở Nội vụ"),
        ("Sở Nội vụ tổng hợp, báo cáo Chủ tịch UBND tỉnh ngày 28/10/2025.", "2025-10-28",
         "Sở Nội vụ"),
        ("Sở Tư pháp lấy ý kiến các xã từ ngày 10/10/2025 đến ngày 20/10/2025.", "2025-10-20",
         "Sở Tư pháp"),
        ("Các sở công bố lại thủ tục; đến 31/10/2025 phải hoàn thành.", "2025-10-31", "Các sở"),
        ("Sở Y tế hướng dẫn chấm điểm; thời hạn: 05/11/2025.", "2025-11-05", "Sở Y tế"),
        ("Báo tỉnh đưa tin hằng tuần về kết quả tiếp nhận.", "FREQ=WEEKLY", "Báo tỉnh"),
        ("Sở Nội vụ tham mưu họp giao ban mỗi tuần một lần đến hết tháng 11/2025.",
         "FREQ=WEEKLY", "Sở Nội vụ"),
        ("Văn phòng UBND tỉnh trực đường dây nóng đến hết ngày 31/12/2025.", "2025-12-31",
         "Văn phòng UBND tỉnh"),
        ("Căn cứ Kế hoạch này, các sở ban hành kế hoạch hằng năm trước ngày 15 tháng 01.",
         "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=15", "các sở"),
    ],
)  # fmt: skip
def test_a_task_with_such_a_time_is_a_deadline(line: str, due: str, responsible: str) -> None:
    [row] = deadlines_of(line, year=2025, issued_on=ISSUED)
    assert (row.due, row.responsible) == (due, responsible)


@pytest.mark.parametrize(
    "line",
    [
        "Sở Nội vụ thực hiện kế hoạch hằng năm về kiểm tra công vụ.",
        "Thực hiện Quyết định số 155/QĐ-UBND ngày 28/10/2025.",
        "Mô hình được áp dụng từ ngày 01/11/2025 đến ngày 31/12/2025.",
        "Bố trí người dẫn đường trong suốt thời gian điều tra (tháng 11/2025).",
        "Phần mềm mở từ ngày 01/11/2025.",
        "Cổng hiện phục vụ 24 giờ hằng ngày.",
    ],
)
def test_what_only_tells_when_is_none(line: str) -> None:
    assert deadlines_of(line, year=2025, issued_on=ISSUED) == ()


def test_what_is_sent_is_said_with_where_it_is_sent() -> None:
    [row] = deadlines_of(
        "Các sở báo cáo giải trình nguyên nhân chậm; gửi về Văn phòng trước ngày 06/10/2025.",
        year=2025,
    )
    assert row.task == "Các sở báo cáo giải trình nguyên nhân chậm; gửi về Văn phòng"


def test_each_of_two_tasks_keeps_its_rule() -> None:
    rows = deadlines_of(
        "Chủ tịch UBND các xã tự kiểm tra mỗi tháng một lần, gửi kết quả về Văn phòng"
        " trước ngày 28 hằng tháng."
    )
    assert [(row.due, row.responsible) for row in rows] == [
        ("FREQ=MONTHLY", "Chủ tịch UBND các xã"),
        ("FREQ=MONTHLY;BYMONTHDAY=28", "Chủ tịch UBND các xã"),
    ]


def test_a_list_laid_upon_a_body_holds_tasks_whatever_their_verbs() -> None:
    rows = deadlines_of(
        "1. Trung tâm Phục vụ hành chính công:",
        "a) Bình chọn công chức tiêu biểu mỗi quý.",
        "b) Thay bảng niêm yết trong tháng 11.",
        year=2025,
        issued_on=ISSUED,
    )
    assert [(row.due, row.responsible) for row in rows] == [
        ("FREQ=MONTHLY;INTERVAL=3", "Trung tâm Phục vụ hành chính công"),
        ("2025-11-30", "Trung tâm Phục vụ hành chính công"),
    ]


@pytest.mark.parametrize(("heading", "cell"), [("Tháng", "6"), ("Quý", "II"), ("Quý", "2")])
def test_a_heading_gives_bare_numbers_their_unit(heading: str, cell: str) -> None:
    rows = deadlines_of(
        f"{heading} | Việc chính | Đơn vị làm",
        f"{cell} | Họp rút kinh nghiệm giữa năm | Văn phòng",
        "",
    )
    assert [(row.due, row.responsible) for row in rows] == [("2024-06-30", "Văn phòng")]
