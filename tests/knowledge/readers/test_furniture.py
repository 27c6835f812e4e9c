"""Page furniture goes, content stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import Block, BlockKind
from knowledge.readers.furniture import is_furniture, without_furniture

ARTICLE = [
    "Xã Bình An đặt mục tiêu giải quyết đúng hạn 98% hồ sơ trong năm nay",
    "09:15, 03/02/2022",
    "UBND xã vừa thông qua kế hoạch, trong đó có các việc sau đây cần làm ngay từ quý I.",
    "1. Niêm yết đủ thủ tục tại bộ phận một cửa và trên trang của xã.",
    "Nguồn: Báo Bình An.",
    "Lê Minh",
    "L.M.T",
]


def kept(lines: list[str], kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    return [block.text for block in without_furniture([Block(line, kind) for line in lines])]


@pytest.mark.parametrize(
    "line",
    [
        "Lượt xem: 318",
        "Lượt xem: 1.204 | In bài viết",
        "Lượt truy cập: 12.345.678",
        "Thống kê: 1.234.567",
        "Online: 12",
        "Bản in Quay lại",
        "A+ A A- | Cỡ chữ | In bài viết",
        "Multimedia Đọc Báo in",
        "Mã xác thực không đúng.",
        "Trang 2 / 5 1 2 3 4 5",
        "Go To",
        "Xem theo ngày :",
        "POWERED BY SOMECMS - A PRODUCT OF SOMEONE",
        "Trang chủ | Giới thiệu | Tin tức | Liên hệ",
        "Cổng thông tin xã Bình An | Tin tức | Chuyển đổi số",
    ],
)
def test_furniture_lines_go(line: str) -> None:
    assert kept([*ARTICLE[:4], line, *ARTICLE[4:]]) == ARTICLE


@pytest.mark.parametrize(
    "line",
    [
        "Lượt xem hồ sơ tăng 12% so với năm trước.",
        "Đánh giá:",
        "Bình luận",
        "Giới thiệu",
        "Trong năm: 320 hồ sơ đúng hạn",
        "Trung bình: 4,5",
        "Cấp xã | Cấp tỉnh | Cấp bộ",
        "Trang chủ | 02/2024/TT-BNV | Tin tức",
        "17/03/2022 - Chuyên mục Chuyển đổi số",
        "Ngày 06/03/2017 08:42:55",
        "(Tin ngày 12/02/2026)",
        "Quay lại nộp hồ sơ trong 3 ngày",
    ],
)
def test_content_lines_stay(line: str) -> None:
    assert line in kept([*ARTICLE[:4], line, *ARTICLE[4:]])


@pytest.mark.parametrize(
    "mark", ["Ý kiến bạn đọc", "Các tin khác", "Tin đã đưa", "(0) Bình luận", "Tệp đính kèm"]
)
def test_all_behind_the_end_of_an_article_goes(mark: str) -> None:
    promotion = "(E-magazine) Chuyện làng nghề và những người giữ lửa bên sông"
    assert kept([*ARTICLE, mark, promotion, "Bản đồ hành chính"]) == ARTICLE


def test_end_mark_before_most_of_the_text_ends_nothing() -> None:
    assert kept([ARTICLE[0], "Tin liên quan", *ARTICLE[1:]]) == ARTICLE


def test_words_of_menus_go_in_company_only() -> None:
    assert kept([*ARTICLE, "Đánh giá:", "lượt đánh giá: , trung bình: Bình luận"]) == ARTICLE
    assert kept([*ARTICLE[:3], "Lượt xem: 5", "Trong tuần: 48.789", *ARTICLE[3:]]) == ARTICLE


def test_repeated_caption_stays_once_but_repeated_rows_stay() -> None:
    caption = "Người dân làm thủ tục tại bộ phận một cửa. (Ảnh minh họa)"
    assert kept([ARTICLE[0], caption, caption, ARTICLE[2]]) == [ARTICLE[0], caption, ARTICLE[2]]
    assert kept([caption, caption], BlockKind.ROW) == [caption, caption]


def test_page_clock_goes_where_the_article_has_its_own_date() -> None:
    clock, date = "Thứ Tư, 24/01/2018 12:45:21 CH", "Ngày 06/03/2017 08:42:55"
    assert kept([clock, date, *ARTICLE]) == [date, *ARTICLE]
    assert kept([clock, ARTICLE[0]]) == [clock, ARTICLE[0]]


def test_table_rows_are_never_furniture() -> None:
    assert kept(["Lượt xem: 318", "Trang chủ | Tin tức | Liên hệ"], BlockKind.ROW) == [
        "Lượt xem: 318",
        "Trang chủ | Tin tức | Liên hệ",
    ]


@given(st.lists(st.text(alphabet="aăbcđeghiklmnươ .,:|0123456789", min_size=1), max_size=8))
def test_what_is_kept_is_in_order_and_unchanged(lines: list[str]) -> None:
    rest = iter(lines)
    assert all(line in rest for line in kept(lines))


def test_long_lines_cost_nothing() -> None:
    assert not is_furniture("a in " * 20_000)
