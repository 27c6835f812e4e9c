"""Deadlines out of sentences as plans write them."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge.deadlines.occurrences import next_day
from tests.knowledge.plans import deadlines_of, targets_of


@pytest.mark.parametrize(
    ("line", "due", "responsible"),
    [
        ("Sở Nội vụ báo cáo kết quả trước ngày 15/12.", "2024-12-15", "Sở Nội vụ"),
        ("Sở Tài chính bố trí kinh phí, xong trước 30/6/2025.", "2025-06-30", "Sở Tài chính"),
        ("Các xã gửi số liệu chậm nhất ngày 20/3/2024.", "2024-03-20", "Các xã"),
        ("Hoàn thành nâng cấp hệ thống trong quý III/2024.", "2024-09-30", None),
        ("Văn phòng UBND tỉnh hoàn thành rà soát trong tháng 9/2024.", "2024-09-30",
         "Văn phòng UBND tỉnh"),
        ("Trình danh mục thủ tục trong tháng 2 năm 2024.", "2024-02-29", None),
        ("Phải làm xong việc chuẩn hóa quy trình trong năm 2025.", "2025-12-31", None),
        ("Giao Sở Y tế hoàn thiện đề án trước tháng 6/2024.", "2024-05-31", "Sở Y tế"),
        ("Trước ngày 23 hằng tháng, các đơn vị gửi số liệu về Sở Nội vụ.",
         "FREQ=MONTHLY;BYMONTHDAY=23", "các đơn vị"),
        ("Định kỳ hằng tháng, các phòng báo cáo kết quả trước ngày 22.",
         "FREQ=MONTHLY;BYMONTHDAY=22", "các phòng"),
        ("Hằng năm, Sở Nội vụ tổ chức đối thoại với doanh nghiệp.", "FREQ=YEARLY", "Sở Nội vụ"),
        ("Các sở báo cáo kết quả 6 tháng một lần.", "FREQ=MONTHLY;INTERVAL=6", "Các sở"),
        ("UBND huyện báo cáo trước ngày 15/12 hằng năm.",
         "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", "UBND huyện"),
        ("Sở Nội vụ tổng hợp, báo cáo trước ngày 20 của tháng cuối quý.",
         "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", "Sở Nội vụ"),
        ("Sở Tư pháp trình công bố chậm nhất 05 ngày làm việc kể từ ngày nhận được văn bản.",
         "+5wd", "Sở Tư pháp"),
        ("Ban Quản lý khu kinh tế công khai quỹ đất trước 1/10/2024.", "2024-10-01",
         "Ban Quản lý khu kinh tế"),
        ("Lắp đặt ki-ốt trước ngày 31/02/2024.", None, None),
        ("Sở Tài chính gửi dự toán (chậm nhất ngày 15/7/2024).", "2024-07-15", "Sở Tài chính"),
        ("Hằng năm, trước ngày 20/12, các đơn vị gửi đề xuất bổ sung.",
         "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=20", "các đơn vị"),
        ("Sở Nội vụ lắp bảng chỉ dẫn tại quầy; việc này phải xong trước ngày 30 tháng 4.",
         "2024-04-30", "Sở Nội vụ"),
        ("Vụ Pháp chế tổng hợp và báo cáo Bộ trưởng hằng tuần vào thứ Sáu.", "FREQ=WEEKLY",
         "Vụ Pháp chế"),
        ("Bộ Ngoại giao công bố danh mục trong tháng 5/2024.", "2024-05-31", "Bộ Ngoại giao"),
    ],
)  # fmt: skip
def test_a_task_has_its_time_and_who_does_it(
    line: str, due: str | None, responsible: str | None
) -> None:
    (row,) = deadlines_of(line)
    assert (row.due, row.responsible) == (due, responsible)
    assert row.quote in line


def test_a_date_that_does_not_exist_is_marked() -> None:
    (row,) = deadlines_of("Lắp đặt ki-ốt trước ngày 31/02/2024.")
    assert (row.kind, row.due, row.due_text) == ("wrong", None, "trước ngày 31/02/2024")


def test_what_a_time_counts_from_is_kept() -> None:
    (row,) = deadlines_of(
        "Sở Tư pháp trả lời trong vòng 10 ngày kể từ ngày nhận đủ hồ sơ, phải ghi rõ."
    )
    assert (row.due, row.after) == ("+10d", "ngày nhận đủ hồ sơ")


def test_the_heading_says_who_does_it() -> None:
    (row,) = deadlines_of("Sở Nội vụ:", "- Hoàn thành báo cáo tự chấm điểm trước ngày 15/12/2024.")
    assert row.responsible == "Sở Nội vụ"


def test_leading_words_give_the_time() -> None:
    (row,) = deadlines_of("Trước ngày 22/9/2024: công bố danh mục thủ tục trực tuyến.")
    assert (row.task, row.due) == ("công bố danh mục thủ tục trực tuyến", "2024-09-22")
    assert row.quote.startswith("Trước ngày 22/9/2024")


@pytest.mark.parametrize(
    "line",
    [
        "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ.",
        "Hội nghị diễn ra chiều 17/3/2024 tại trụ sở UBND tỉnh.",
        "Nghị định có hiệu lực từ ngày 01/7/2024.",
        "Từ ngày 01/12/2023 đến ngày 30/11/2024, toàn tỉnh nhận 41.484 hồ sơ.",
        "Tháng 8/2024, tỉnh ban hành kế hoạch khắc phục hạn chế.",
        "Giai đoạn này kéo dài đến hết năm 2030.",
        "Từ kết quả công bố hằng năm, mỗi cơ quan tự sửa hạn chế.",
        "Sở Nội vụ đã hoàn thành báo cáo trước ngày 15/1/2024.",
    ],
)
def test_other_times_are_no_deadlines(line: str) -> None:
    assert deadlines_of(line) == ()


def test_a_figure_to_be_reached_is_a_target_with_a_day() -> None:
    line = "Trước ngày 30/6/2024, số hóa 100% hồ sơ đất đai."
    assert deadlines_of(line) == ()
    (row,) = targets_of(line)
    assert (row.value, row.deadline) == (100, date(2024, 6, 30))


@pytest.mark.parametrize(
    ("due", "on", "day"),
    [
        ("2024-09-22", date(2024, 1, 1), date(2024, 9, 22)),
        ("FREQ=MONTHLY;BYMONTHDAY=23", date(2024, 2, 24), date(2024, 3, 23)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2024, 2, 1), date(2024, 2, 29)),
        ("FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20", date(2024, 3, 21), date(2024, 6, 20)),
        ("FREQ=MONTHLY;INTERVAL=3", date(2024, 2, 1), date(2024, 3, 31)),
        ("FREQ=MONTHLY;INTERVAL=6", date(2024, 7, 1), date(2024, 12, 31)),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15", date(2024, 12, 16), date(2025, 12, 15)),
        ("FREQ=WEEKLY", date(2024, 5, 1), date(2024, 5, 5)),
        ("+5wd", date(2024, 5, 1), None),
        (None, date(2024, 5, 1), None),
    ],
)
def test_the_next_day_of_a_rule(due: str | None, on: date, day: date | None) -> None:
    assert next_day(due, on) == day


def test_who_a_list_is_laid_upon_has_to_do_its_tasks() -> None:
    [row] = deadlines_of(
        "Để khắc phục, yêu cầu Chủ tịch UBND các huyện:",
        "1. Cập nhật tài liệu lên phần mềm trước ngày 30/7/2024.",
    )
    assert row.responsible == "Chủ tịch UBND các huyện"


def test_what_rules_lay_down_is_no_task() -> None:
    line = "Các sở báo cáo kết quả trước ngày 15/12/2024."
    title = "Quyết định ban hành Quy chế phối hợp giải quyết thủ tục hành chính"
    assert not deadlines_of(line, kind="Quyết định", title=title)


def test_a_table_copied_cell_by_cell_is_read_by_its_headings() -> None:
    rows = deadlines_of(
        *("TT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Sản phẩm"),
        *("1", "Tập huấn nghiệp vụ cho công chức", "Sở Nội vụ", "Các xã", "Quý II", "Lớp học"),
        *("2", "Đăng tải thủ tục mới", "Văn phòng UBND tỉnh", "Các sở", "Thường xuyên", "Tin"),
        *("3", "Rà soát vị trí việc làm", "Sở Nội vụ", "Các cơ quan,", "đơn vị", "31/12/2024"),
        *("II", "CẢI CÁCH THỂ CHẾ"),
        *("4", "Kiểm tra văn bản", "Sở Tư pháp", "2023-2024"),
        "Nơi nhận: như trên.",
    )
    assert [(row.task, row.due, row.responsible) for row in rows] == [
        ("Tập huấn nghiệp vụ cho công chức", "2024-06-30", "Sở Nội vụ"),
        ("Rà soát vị trí việc làm", "2024-12-31", "Sở Nội vụ"),
        ("Kiểm tra văn bản", "2024-12-31", "Sở Tư pháp"),
    ]


def test_columns_of_beginnings_and_titles_of_numbered_parts_set_no_time() -> None:
    rows = deadlines_of(
        "TT | Việc cần làm | Chủ trì | Bắt đầu, thời gian | Thời gian hoàn thành",
        "1 | Cải cách thể chế",
        "1.1 | Lập danh mục văn bản | Sở Tư pháp | 01/3/2024 | 30/6/2024",
        "2 | Cải cách thủ tục hành chính",
        "2.1 | Niêm yết mã QR | Các xã | Tháng 2 | Tháng 8",
    )
    assert [(row.task, row.due) for row in rows] == [
        ("Lập danh mục văn bản", "2024-06-30"),
        ("Niêm yết mã QR", "2024-08-31"),
    ]


def test_how_things_stood_when_the_document_was_issued_is_no_deadline() -> None:
    line = "Đến hết ngày 31/7/2024, có 21 xã chưa hoàn thành kết nối."
    assert not deadlines_of(line, issued_on=date(2024, 8, 18))
    assert deadlines_of("Các xã kết nối đến hết ngày 31/7/2024.", issued_on=date(2024, 2, 1))


def test_a_letter_asks_for_what_it_names_a_day_for() -> None:
    [row] = deadlines_of(
        "Kính gửi: Các sở; UBND các huyện.",
        "Riêng UBND cấp huyện gửi kết quả của cấp xã trước 31/12/2024.",
        kind=None,
        title="Sở Nội vụ tỉnh Trà Vinh",
    )
    assert (row.due, row.responsible) == ("2024-12-31", "UBND cấp huyện")


@pytest.mark.parametrize(
    ("time", "due"),
    [
        ("Quý III - IV/2024", ["2024-12-31"]),
        ("Tháng 5, 6", ["2024-05-31", "2024-06-30"]),
        ("Tháng 4, tháng 10 hằng năm", ["FREQ=YEARLY;BYMONTH=4,10"]),
        ("Quý IV hằng năm", ["FREQ=YEARLY;BYMONTH=12"]),
        ("6 tháng/lần", ["FREQ=MONTHLY;INTERVAL=6"]),
        ("Trước 15/11 hằng năm", ["FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"]),
        ("Giai đoạn 2022 - 2024", ["2024-12-31"]),
        ("Năm 2024", ["2024-12-31"]),
        ("Thường xuyên", []),
        ("Ngay sau khi có hướng dẫn", []),
    ],
)
def test_cells_of_times(time: str, due: list[str]) -> None:
    rows = deadlines_of(
        "TT | Nhiệm vụ | Đơn vị phối hợp | Đơn vị chủ trì | Thời gian",
        f"1 | Bồi dưỡng kỹ năng số | Học viện | Sở Nội vụ | {time}",
    )
    assert [row.due for row in rows] == due
    assert {row.responsible for row in rows} <= {"Sở Nội vụ"}


def test_a_labelled_span_ends_with_its_last_day() -> None:
    [row] = deadlines_of(
        "a) Nội dung: Tiếp nhận thử tại năm xã.",
        "b) Cơ quan thực hiện: UBND các xã.",
        "c) Thời gian: Từ ngày 20/6/2024 đến ngày 30/6/2024.",
    )
    assert (row.due, row.responsible) == ("2024-06-30", "UBND các xã")
