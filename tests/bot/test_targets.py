"""/chitieu and /thoihan: rows with their clauses, choices where words lack, pages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.message import Message, Reply, Status
from bot.spans_of_time import span_in
from tests.bot.town import Talk, Town

HEADER = """---
number: {number}
kind: Kế hoạch
issuer: UBND tỉnh {place}
place: {place}
issued_on: {year}-01-05
period: {year}-{year}
---
# Kế hoạch cải cách hành chính năm {year} của tỉnh {place}

"""
LAND = (
    "Mức độ hài lòng chung phấn đấu đạt 90%; trong đó lĩnh vực đất đai, xây dựng đạt 85% trở lên."
)
QUANG_NAM = f"""{LAND}
Phấn đấu PCI thuộc nhóm 6 tỉnh đứng đầu cả nước.
Sở Nội vụ tổng hợp, báo cáo UBND tỉnh trước ngày 15/12/2023.
Trước ngày 20 hằng tháng, các sở gửi số liệu về Sở Nội vụ.
"""
VINH_LONG = """Phấn đấu PCI thuộc nhóm 10 tỉnh đứng đầu cả nước.
Tỷ lệ hồ sơ đúng hạn phải đạt ít nhất 95%; tỷ lệ số hóa phải đạt ít nhất 80%.
Phấn đấu tỷ lệ thanh toán trực tuyến đạt 40%, hồ sơ trễ hạn dưới 2%, giảm 10% chi phí tuân thủ.
Phấn đấu PAPI đạt từ 43,5 điểm trở lên; DTI tăng 3 bậc.
"""
PAGES = {
    "quang-nam.md": HEADER.format(number="3532/QĐ-UBND", place="Quảng Nam", year=2023) + QUANG_NAM,
    "vinh-long.md": HEADER.format(number="77/KH-UBND", place="Vĩnh Long", year=2024) + VINH_LONG,
}

Say = Callable[[str], Reply]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("plans"), PAGES)


@pytest.fixture
def say(plans: Town) -> Say:
    """Return a new conversation in June 2023."""
    talk = Talk(plans)

    def asked(text: str) -> Reply:
        return plans.assistant.reply(Message("test:1", text, date(2023, 6, 1)), talk.tools)

    return asked


def test_words_without_diacritics_find_the_row_and_its_clause(say: Say, plans: Town) -> None:
    reply = say("/chitieu hai long dat dai 2023")
    assert reply.status is Status.ANSWERED
    (fact,) = reply.facts
    assert (fact["kind"], fact["field"], fact["value"], fact["year"]) == (
        "target",
        "đất đai",
        85,
        2023,
    )
    assert (fact["place"], fact["number"]) == ("Quảng Nam", "3532/QĐ-UBND")
    assert "từ 85% trở lên" in reply.text
    (quote,) = reply.quotes
    assert quote.text in plans.tools.searcher.document(quote.document).text
    assert f"“{quote.text}”" in reply.text
    assert "3532/QĐ-UBND" in reply.text


def test_rows_of_one_clause_share_its_quote(say: Say) -> None:
    reply = say("/chitieu hài lòng Quảng Nam")
    assert [fact["value"] for fact in reply.facts] == [90, 85, 85]
    assert [quote.text for quote in reply.quotes] == [LAND]


def test_rows_of_one_document_share_its_source(say: Say) -> None:
    reply = say("/chitieu Quảng Nam 2023")
    assert len(reply.quotes) > 1
    assert reply.text.count("Nguồn: ") == 1
    assert say("/chitieu PCI Quảng Nam Vĩnh Long").text.count("Nguồn: ") == 2


def test_several_places_stand_side_by_side(say: Say) -> None:
    reply = say("/chitieu PCI Quảng Nam Vĩnh Long")
    assert [(f["place"], f["value"]) for f in reply.facts] == [("Quảng Nam", 6), ("Vĩnh Long", 10)]
    assert "nhóm 6 đứng đầu" in reply.text


def test_without_words_there_are_choices_that_lead_on(say: Say) -> None:
    reply = say("/chitieu")
    assert reply.status is Status.CLARIFY
    assert "PCI" in [choice.label for choice in reply.choices]
    number = next(choice.id for choice in reply.choices if choice.label == "PCI")
    assert {fact["key"] for fact in say(number).facts} == {"pci"}


def test_many_rows_come_page_by_page(say: Say) -> None:
    first = say("/chitieu Vĩnh Long 2024")
    assert len(first.facts) == 5
    more, _ = first.choices
    assert "còn 3 dòng" in more.label
    second = say("1")
    assert len(second.facts) == 3
    seen = [fact["indicator"] for fact in (*first.facts, *second.facts)]
    assert len(set(seen)) == 8


def test_a_year_without_targets_offers_those_that_have(say: Say) -> None:
    reply = say("/chitieu PCI Quảng Nam 2019")
    assert reply.status is Status.NO_ANSWER
    assert say(reply.choices[0].id).facts[0]["year"] == 2023


def test_what_nobody_set_is_said_so(say: Say) -> None:
    assert say("/chitieu phi hành gia").status is Status.NO_ANSWER


def test_a_free_question_keeps_its_quote_and_adds_the_row(say: Say) -> None:
    reply = say("năm 2023 Quảng Nam đặt mục tiêu PCI nhóm mấy?")
    assert reply.status is Status.ANSWERED
    assert "PCI thuộc nhóm 6" in reply.quotes[0].text
    assert [(f["kind"], f["key"], f["value"]) for f in reply.facts] == [("target", "pci", 6)]


@pytest.mark.parametrize("words", ["chi tieu hai long dat dai 2023", "chỉ tiêu PCI 2023"])
def test_a_free_question_that_names_a_target_exactly_gets_its_row(say: Say, words: str) -> None:
    reply = say(words)
    assert reply.status is Status.ANSWERED
    (fact,) = reply.facts
    assert (fact["kind"], fact["year"], fact["validity"]) == ("target", 2023, "in_force")
    assert (fact["field"] or fact["key"], fact["value"]) in (("đất đai", 85), ("pci", 6))
    assert any(fact["quote"] in quote.text for quote in reply.quotes)


@pytest.mark.parametrize(
    "words",
    ["ai là tác giả bài về mục tiêu PCI 2023?", "mục tiêu PCI năm 2031", "mục tiêu PCI Huế 2023"],
)
def test_a_row_that_does_not_fit_exactly_answers_nothing(say: Say, words: str) -> None:
    assert not say(words).facts


def test_a_free_question_for_a_day_gets_its_deadline(say: Say) -> None:
    reply = say("Sở Nội vụ Quảng Nam báo cáo UBND tỉnh trước ngày nào năm 2023?")
    assert {(fact["kind"], fact["due"]) for fact in reply.facts} == {("deadline", "2023-12-15")}


def test_what_is_due_in_a_month(say: Say) -> None:
    reply = say("/thoihan tháng 12/2023")
    assert {fact["due"] for fact in reply.facts} == {"2023-12-15", "FREQ=MONTHLY;BYMONTHDAY=20"}
    assert "15/12/2023" in reply.text
    assert say("/thoihan tháng 3/2031").status is Status.NO_ANSWER


def test_what_a_body_has_to_do(say: Say) -> None:
    reply = say("/thoihan bao cao so noi vu")
    assert [fact["responsible"] for fact in reply.facts] == ["Sở Nội vụ"]


def test_without_words_deadlines_offer_months_and_bodies(say: Say) -> None:
    labels = [choice.label for choice in say("/thoihan").choices]
    assert labels[:2] == ["Tháng 6/2023", "Tháng 7/2023"]
    assert "Sở Nội vụ" in labels


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("thang nay", (date(2023, 6, 1), date(2023, 6, 30))),
        ("thang sau", (date(2023, 7, 1), date(2023, 7, 31))),
        ("thang 2/2024", (date(2024, 2, 1), date(2024, 2, 29))),
        ("quy iii", (date(2023, 7, 1), date(2023, 9, 30))),
        ("quy 4 nam 2025", (date(2025, 10, 1), date(2025, 12, 31))),
        ("nam 2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("so noi vu", None),
    ],
)
def test_times_in_words(words: str, span: tuple[date, date] | None) -> None:
    assert span_in(words, date(2023, 6, 10))[0] == span


def test_a_body_is_asked_for_by_its_whole_name(tmp_path: Path) -> None:
    lines = (
        "Sở Nội vụ tổng hợp số liệu, hoàn thành trước ngày 15/12/2023.\n\n"
        "Sở Tư pháp rà soát nhiệm vụ nội bộ của các sở, gửi Sở Nội vụ trước ngày 16/12/2023.\n"
    )
    page = HEADER.format(number="1/KH-UBND", place="Quảng Nam", year=2023) + lines
    town = Town(tmp_path, {"ke-hoach.md": page})
    talk = Talk(town)
    reply = town.assistant.reply(
        Message("test:1", "/thoihan so noi vu thang 12/2023", date(2023, 6, 1)), talk.tools
    )
    assert [fact["due"] for fact in reply.facts] == ["2023-12-15"]
    # Nothing is due this month or in the next one, so none of them is offered.
    offered = town.assistant.reply(Message("test:1", "/thoihan", date(2023, 6, 1)), talk.tools)
    assert {choice.label for choice in offered.choices} == {"Sở Nội vụ", "Sở Tư pháp"}
    december = town.assistant.reply(Message("test:1", "/thoihan", date(2023, 12, 1)), talk.tools)
    assert december.choices[0].label == "Tháng 12/2023"


def test_the_rows_of_a_document_are_counted_and_opened(say: Say) -> None:
    shown = say("/vanban Vĩnh Long 2024")
    label = next(choice for choice in shown.choices if "chỉ tiêu" in choice.label)
    rows = say(label.id)
    assert rows.text.startswith(f"Có {label.label.split()[0]} chỉ tiêu")
    assert "Kế hoạch cải cách hành chính năm 2024" in rows.text
    assert {fact["document"] for fact in rows.facts} == {"vinh-long"}


def test_rows_come_as_a_workbook(say: Say) -> None:
    from io import BytesIO

    import openpyxl

    rows = say("/chitieu Vĩnh Long 2024")
    table = next(choice for choice in rows.choices if ".xlsx" in choice.label)
    (attached,) = say(table.id).attachments
    sheet = openpyxl.load_workbook(BytesIO(attached.data)).worksheets[0]
    said = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    assert attached.name.endswith(".xlsx")
    assert "từ 95% trở lên" in said
    assert "chưa đến hạn" in said
