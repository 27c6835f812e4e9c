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
