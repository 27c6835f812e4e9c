"""The table of the ways to hand in: whatever was run together comes apart again."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.procedures.facts import MODES, Mode
from knowledge.procedures.modes import read_modes
from knowledge.procedures.reading import read_facts
from tests.knowledge.procedures.made import document

TIMES: dict[str, tuple[Any, Any]] = {
    "3 Ngày làm việc": (3, True),
    "10 Ngày": (10, False),
    "0.5 Ngày làm việc": (0.5, True),
    "1 Giờ": (None, None),
    "4 Tháng": (None, None),
}
FEES: dict[str, tuple[Any, Any]] = {
    "Miễn phí": ("Miễn phí", 0),
    "Không có thông tin": (None, None),
    "50,000 Việt Nam Đồng": ("50,000 Việt Nam Đồng", 50000),
    "20,000 VNĐ(20.000 đồng/tổ ong)": ("20,000 VNĐ(20.000 đồng/tổ ong)", 20000),
    "Miễn phí(Lệ phí: 15.000 đồng/lần; nộp qua mạng 5.000 đồng/lần)": (
        "Lệ phí: 15.000 đồng/lần; nộp qua mạng 5.000 đồng/lần",
        [15000, 5000],
    ),
    "135 VNĐ(135.000 đồng/lần (một lần))": ("135 VNĐ(135.000 đồng/lần (một lần))", 135000),
    "Miễn phí(Theo quy định của Hội đồng nhân dân)": (
        "Theo quy định của Hội đồng nhân dân",
        None,
    ),
    "Miễn phí(Không thu phí)": ("Không thu phí", 0),
    "10 USD(/giấy)": ("10 USD(/giấy)", None),
}
NOTES = ["", "- Nộp tại trụ sở xã.", "Trường hợp có trên 50 tổ ong.", "(1) Trường hợp thứ nhất"]


def rows(text: str) -> list[dict[str, Any]]:
    return [mode.as_json() for mode in read_modes(text, (0, len(text)))]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(MODES),
            st.sampled_from(sorted(TIMES)),
            st.sampled_from(sorted(FEES)),
            st.sampled_from(NOTES),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_rows_that_were_run_together_come_apart(given_rows: list[tuple[str, ...]]) -> None:
    text = "".join("".join(row) for row in given_rows)
    assert rows(text) == [
        {
            "mode": mode,
            "time": time,
            "time_days": TIMES[time][0],
            "working_days": TIMES[time][1],
            "fee": FEES[fee][0],
            "fee_vnd": FEES[fee][1],
            "note": note or None,
        }
        for mode, time, fee, note in given_rows
    ]


@pytest.mark.parametrize(
    ("text", "time", "fee", "vnd"),
    [
        ("Trực tuyến1Miễn phí", "1", "Miễn phí", 0),
        ("Trực tiếp125 VNĐ", "1", "25 VNĐ", None),  # thousands, perhaps: no sum to rely on
        ("Trực tiếp120,000 VNĐ(20.000 đồng)", "1", "20,000 VNĐ(20.000 đồng)", 20000),
        ("Trực tiếpKhông quy địnhMiễn phí", "Không quy định", "Miễn phí", 0),
        ("Trực tiếpKhông có thông tin30,000 VNĐ", None, "30,000 VNĐ", 30000),
    ],
)
def test_numbers_without_units_are_told_from_sums(
    text: str, time: str | None, fee: str, vnd: int | None
) -> None:
    (row,) = rows(text)
    assert (row["time"], row["fee"], row["fee_vnd"]) == (time, fee, vnd)
    assert row["time_days"] is None


def test_the_steps_name_the_unit_that_the_table_leaves_out() -> None:
    steps = "Trong thời hạn 02 ngày làm việc, xã cấp giấy."
    for number, days in (("2", 2), ("7", None)):
        text = f"Trực tiếp{number}Miễn phí"
        (mode,) = read_modes(text, (0, len(text)), steps)
        assert (mode.duration.days, mode.duration.working) == (days, days and True)


def test_ways_that_are_only_spoken_of_begin_no_row() -> None:
    text = "Trực tiếp5 NgàyMiễn phíTrực tiếp nộp hồ sơ tại xã hoặc Dịch vụ bưu chính công ích."
    (row,) = rows(text)
    assert row["note"] == "Trực tiếp nộp hồ sơ tại xã hoặc Dịch vụ bưu chính công ích."


def test_rows_point_to_where_they_stand_in_the_stored_text() -> None:
    stored = document(
        "Trực tuyến3 Ngày làm việcMiễn phí(Không)Gửi ảnh tổ ong.Trực tiếp9 NgàyMiễn phí"
    )
    facts = read_facts(stored)
    assert facts is not None

    def said(mode: Mode) -> tuple[str, str]:
        return stored.text[slice(*mode.head)], stored.text[slice(*mode.span)]

    assert [said(mode) for mode in facts.modes] == [
        (
            "Trực tuyến3 Ngày làm việcMiễn phí(Không)",
            "Trực tuyến3 Ngày làm việcMiễn phí(Không)Gửi ảnh tổ ong.",
        ),
        ("Trực tiếp9 NgàyMiễn phí", "Trực tiếp9 NgàyMiễn phí"),
    ]
