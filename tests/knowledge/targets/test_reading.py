"""Targets out of sentences as plans write them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.document import Period
from tests.knowledge.plans import TARGETS, brief, plan, targets_of
from tests.made import made_document, vietnamese


@pytest.mark.parametrize(
    ("line", "indicator", "comparator", "value", "unit"),
    [
        ("Tỷ lệ hồ sơ đúng hạn đạt từ 95% trở lên.", "Tỷ lệ hồ sơ đúng hạn", ">=", 95, "%"),
        ("Tỷ lệ hồ sơ trễ hạn không quá 2%.", "Tỷ lệ hồ sơ trễ hạn", "<=", 2, "%"),
        (
            "Phấn đấu kéo tỷ lệ hồ sơ trễ hạn xuống dưới 1,5%.",
            "tỷ lệ hồ sơ trễ hạn",
            "<=",
            1.5,
            "%",
        ),
        ("Mức độ hài lòng của người dân ≥ 90 %.", "Mức độ hài lòng của người dân", ">=", 90, "%"),
        ("Số hóa 60% hồ sơ đất đai.", "Số hóa hồ sơ đất đai", "=", 60, "%"),
        ("Không quá 2% hồ sơ trễ hạn.", "hồ sơ trễ hạn", "<=", 2, "%"),
        ("Cắt giảm ít nhất 15% cuộc họp.", "Cắt giảm cuộc họp", ">=", 15, "%"),
        (
            "Bảo đảm không để phát sinh quá 1% hồ sơ quá hạn.",
            "phát sinh hồ sơ quá hạn",
            "<=",
            1,
            "%",
        ),
        (
            "Tối thiểu chín mươi phần trăm báo cáo được gửi điện tử.",
            "báo cáo được gửi điện tử",
            ">=",
            90,
            "%",
        ),
        ("Phấn đấu SIPAS đạt trên 85%.", "SIPAS", ">=", 85, "%"),
        ("Phấn đấu PCI nằm trong tốp 15 cả nước.", "PCI", "top_n", 15, "hạng"),
        ("Phấn đấu PAPI thuộc nhóm mười tỉnh đứng đầu.", "PAPI", "top_n", 10, "hạng"),
        ("Phấn đấu PCI xếp thứ 5 trở lên.", "PCI", "top_n", 5, "hạng"),
        ("Phấn đấu DTI tăng từ 3 - 5 bậc so với năm 2023.", "DTI", "increase_by", "3-5", "bậc"),
        ("Phấn đấu DTI tăng ít nhất 02 bậc.", "DTI", "increase_by", 2, "bậc"),
        (
            "Phấn đấu 12%-15% doanh nghiệp dùng hợp đồng điện tử.",
            "doanh nghiệp dùng hợp đồng điện tử",
            "=",
            "12-15",
            "%",
        ),
        (
            "Tỷ lệ người dân có tài khoản định danh tăng từ 70% lên 85%.",
            "Tỷ lệ người dân có tài khoản định danh",
            "=",
            85,
            "%",
        ),
        ("Phấn đấu PAPI đạt từ 43,5 điểm trở lên.", "PAPI", ">=", 43.5, "điểm"),
        ("Mục tiêu phát khoảng 1.600 phiếu khảo sát.", "phát phiếu khảo sát", "=", 1600, "phiếu"),
        (
            "Thời gian đăng ký doanh nghiệp rút xuống còn 2 ngày làm việc.",
            "Thời gian đăng ký doanh nghiệp",
            "=",
            2,
            "ngày làm việc",
        ),
    ],
)
def test_one_figure_is_one_row(
    line: str, indicator: str, comparator: str, value: Any, unit: str
) -> None:
    rows = targets_of(line)
    assert brief(rows) == [(indicator, comparator, value, unit)]
    assert rows[0].year == 2024


def test_indices_side_by_side_are_a_row_each() -> None:
    rows = targets_of("Phấn đấu Chỉ số PAR Index, SIPAS thuộc nhóm 15 tỉnh dẫn đầu; PCI tốp 20.")
    assert [(r.key, r.value) for r in rows] == [("par_index", 15), ("sipas", 15), ("pci", 20)]


def test_the_other_indices_are_those_named_before() -> None:
    rows = targets_of(
        "Tỉnh muốn cải thiện PAR Index, PCI và SIPAS.",
        "Đặt mục tiêu PCI trong nhóm 6 tỉnh đứng đầu, các chỉ số còn lại trong nhóm 20 tỉnh.",
    )
    assert [(r.key, r.value) for r in rows] == [("pci", 6), ("par_index", 20), ("sipas", 20)]


def test_fields_side_by_side_are_a_row_each() -> None:
    rows = targets_of(
        "Mức độ hài lòng chung đạt 90%; riêng lĩnh vực đất đai, xây dựng từ 86% trở lên."
    )
    assert [(r.field, r.comparator.value, r.value) for r in rows] == [
        (None, "=", 90),
        ("đất đai", ">=", 86),
        ("xây dựng", ">=", 86),
    ]
    assert all("hài lòng" in r.indicator for r in rows)


def test_levels_inherit_what_is_measured() -> None:
    rows = targets_of(
        "Ít nhất 90% hồ sơ nộp trực tuyến, trong đó: cấp tỉnh đạt 95%, cấp xã đạt 85%."
    )
    assert [(r.scope, r.value, r.key) for r in rows] == [
        (None, 90, "ho_so_truc_tuyen"),
        ("cấp tỉnh", 95, "ho_so_truc_tuyen"),
        ("cấp xã", 85, "ho_so_truc_tuyen"),
    ]


def test_whom_a_figure_is_for_may_stand_behind_it() -> None:
    rows = targets_of(
        "Tỷ lệ thanh toán trực tuyến đạt trên 70% đối với cấp tỉnh và trên 60% đối với cấp xã."
    )
    assert [(r.scope, r.value) for r in rows] == [("cấp tỉnh", 70), ("cấp xã", 60)]


def test_figures_in_order_belong_to_things_in_order() -> None:
    rows = targets_of("Tỷ lệ số hóa tại cấp tỉnh, cấp huyện, cấp xã lần lượt đạt 100%, 95% và 90%.")
    assert brief(rows) == [
        ("Tỷ lệ số hóa tại cấp tỉnh", "=", 100, "%"),
        ("Tỷ lệ số hóa tại cấp huyện", "=", 95, "%"),
        ("Tỷ lệ số hóa tại cấp xã", "=", 90, "%"),
    ]


def test_figures_in_order_belong_to_years_in_order() -> None:
    rows = targets_of(
        "Tỷ lệ hồ sơ trực tuyến các năm 2024, 2025 và 2026 lần lượt đạt 60%, 70%, 80%."
    )
    assert [(r.year, r.value) for r in rows] == [(2024, 60), (2025, 70), (2026, 80)]


def test_a_verb_holds_for_the_figures_behind_it() -> None:
    rows = targets_of("Giảm ít nhất 30% thời gian giải quyết, 20% chi phí tuân thủ.")
    assert brief(rows) == [
        ("Giảm thời gian giải quyết", ">=", 30, "%"),
        ("Giảm chi phí tuân thủ", ">=", 20, "%"),
    ]


def test_all_of_them_is_a_hundred_percent() -> None:
    (row,) = targets_of("Tất cả văn bản giữa các cơ quan được ký số (trừ văn bản mật).")
    assert (row.value, row.unit, row.scope) == (100, "%", "trừ văn bản mật")


def test_what_is_left_out_goes_into_the_scope() -> None:
    (row,) = targets_of("100 % hồ sơ công việc (trừ hồ sơ mật) được xử lý điện tử.")
    assert (row.indicator, row.scope) == (
        "hồ sơ công việc được xử lý điện tử",
        "trừ hồ sơ mật",
    )


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (("Đến năm 2030, tỷ lệ hồ sơ trực tuyến đạt 90%.",), 2030),
        (("Đến năm 2028:", "- Tỷ lệ hồ sơ trực tuyến đạt 90%."), 2028),
        (("Tỷ lệ hồ sơ trực tuyến đạt 90% vào năm 2027.",), 2027),
        (("Phấn đấu tỷ lệ hồ sơ trực tuyến đạt 90%, tăng so với năm 2023.",), 2024),
        (("Năm 2026, tỉnh đẩy mạnh số hóa. Tỷ lệ hồ sơ trực tuyến phải đạt 90%.",), 2026),
        (("Theo Kế hoạch số 5/KH-UBND ngày 3/2/2021, tỷ lệ hồ sơ trực tuyến phải đạt 90%.",), 2024),
    ],
)
def test_the_nearest_year_counts(lines: tuple[str, ...], year: int) -> None:
    (row,) = targets_of(*lines)
    assert (row.value, row.year) == (90, year)


def test_two_years_are_two_rows() -> None:
    rows = targets_of("Tỷ lệ thanh toán trực tuyến năm 2024 đạt 45%, năm 2025 đạt 60%.")
    assert [(r.indicator, r.value, r.year) for r in rows] == [
        ("Tỷ lệ thanh toán trực tuyến", 45, 2024),
        ("Tỷ lệ thanh toán trực tuyến", 60, 2025),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Năm 2023, toàn tỉnh giải quyết đúng hạn 97,4% hồ sơ; mức độ hài lòng đạt 91%.",
        "Trong năm, tỉnh đã đạt 84,08% và đứng thứ 8/63.",
        "Kết quả năm 2023: chỉ số CCHC tăng 3,3 điểm và 8 bậc so với năm 2022, đứng thứ 9/63.",
        "Tổng điểm tối đa là 100 điểm, trong đó công khai tối đa 18 điểm.",
        "Nhân dịp này, 7 tập thể và 12 cá nhân được khen thưởng.",
        "Cung cấp dịch vụ công mức độ 3, 4 theo Nghị định số 61/2018/NĐ-CP.",
        "Phấn đấu nâng cao các chỉ số PAR INDEX, PAPI, SIPAS.",
        "Cải cách toàn diện trong mọi cơ quan, đơn vị.",
        "Tin đăng lúc 12:45 ngày 15/12/2024, lượt xem 4.120.",
    ],
)
def test_results_rules_and_wishes_are_no_targets(line: str) -> None:
    assert targets_of(line) == ()


def test_a_heading_over_results_turns_figures_into_results() -> None:
    assert targets_of("Kết quả đạt được:", "- Tỷ lệ hồ sơ đúng hạn từ 98% trở lên.") == ()


@pytest.mark.parametrize("kind", ["Luật", "Nghị định", "Thông tư", "Thủ tục hành chính"])
def test_laws_set_no_targets(kind: str) -> None:
    assert targets_of("Tỷ lệ hồ sơ đúng hạn phải đạt ít nhất 95%.", kind=kind) == ()


def test_a_past_target_stays_a_target() -> None:
    rows = targets_of(
        "Mục tiêu đến năm 2015 là tỷ lệ hồ sơ đúng hạn đạt 80%.", period=Period(2011, 2015)
    )
    assert [(r.value, r.year) for r in rows] == [(80, 2015)]


def test_a_headline_does_not_double_its_target() -> None:
    rows = targets_of(
        "Phấn đấu đến năm 2025 PCI trong nhóm 20 tỉnh dẫn đầu",
        "Quyết định đặt mục tiêu: đến năm 2025, chỉ số PCI nằm trong nhóm 20 tỉnh dẫn đầu.",
    )
    assert len(rows) == 1


def test_a_json_row_has_the_fields_of_the_contract() -> None:
    (row,) = targets_of("Phấn đấu DTI tăng từ 3 đến 5 bậc.")
    shown = row.as_json()
    assert {
        "indicator",
        "comparator",
        "value",
        "unit",
        "scope",
        "year",
        "deadline",
        "quote",
    } <= set(shown)
    assert (shown["value"], shown["value_from"], shown["value_to"]) == ("3-5", 3, 5)


_PIECES = st.sampled_from(
    (
        "Phấn đấu ", "tỷ lệ hồ sơ ", "đạt ", "từ ", "85% ", "trở lên", "; ", ", ", "và ", "PCI ",
        "lĩnh vực đất đai, xây dựng ", "lần lượt ", "năm 2025 ", "(trừ hồ sơ mật) ", "tăng ",
        "nhóm 10 tỉnh ", "3 bậc ", ": ", ". ", "\n- ", "| ", "trước ngày 31/2/2024 ",
        "chín mươi phần trăm ",
    )
)  # fmt: skip


@given(st.lists(_PIECES | vietnamese, max_size=14))
def test_every_quote_is_a_slice_of_the_text(pieces: list[str]) -> None:
    document = made_document("x", *"".join(pieces).split("\n"), kind="Kế hoạch")
    for row in TARGETS.read(document):
        assert document.text[row.start : row.end] == row.quote
        assert row.quote.strip()


def test_reading_a_long_line_is_quick() -> None:
    line = "Phấn đấu tỷ lệ hồ sơ, kết quả, giấy tờ và dữ liệu " * 400 + "đạt 90%; " * 200
    assert TARGETS.read(plan(line))


def test_an_exception_in_brackets_may_part_a_figure_from_its_noun() -> None:
    [row] = targets_of("100 % (trừ hồ sơ mật) văn bản được ký số.")
    assert (row.indicator, row.value, row.scope) == ("văn bản được ký số", 100, "trừ hồ sơ mật")
