"""What procedures state in sentences: how long, by when, where; and which papers answer."""

from __future__ import annotations

import pytest

from bot.conversation import Shown
from bot.procedures.papers import list_of
from bot.procedures.stated import acting_time, processing_time, where
from index.documents import IndexedDocument
from index.question import Question
from index.quoting import LIST_LENGTH
from index.searcher import Hit
from knowledge.document import Document
from knowledge.procedures.reading import read_facts
from tests.bot.town import Town
from tests.knowledge.procedures.made import document

STEPS = (
    "Bước 1: Người nuôi ong nộp hồ sơ tại Trung tâm Phục vụ hành chính công. Bước 2: Trường hợp hồ"
    " sơ chưa hợp lệ thì trong thời hạn 02 ngày kể từ ngày nhận hồ sơ phải thông báo bổ sung."
    " Bước 3: Trong thời hạn 07 ngày làm việc kể từ ngày nhận đủ hồ sơ, Ủy ban nhân dân xã cấp"
    " giấy. Bước 4: Người nuôi ong đến nhận kết quả tại nơi đã nộp."
)
CONDITIONS = (
    "Trong thời hạn 30 ngày kể từ ngày đặt đàn ong, người nuôi có trách nhiệm đăng ký nuôi ong."
    " Trường hợp chuyển đàn ong thì phải đăng ký chậm nhất 05 ngày trước ngày chuyển."
)


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Town:
    return Town(tmp_path_factory.mktemp("town"))


def hit(made: Document) -> Hit:
    indexed = IndexedDocument(made.id, made.title, made.metadata, bundled=False)
    return Hit(made, indexed, (), 1.0, 1.0, {})


def said(made: Document, shown: Shown | None) -> str:
    return "" if shown is None else made.text[shown.start : shown.end]


ONG = document("Trực tiếp7Miễn phí", trinh_tu_thuc_hien=STEPS, yeu_cau_dieu_kien=CONDITIONS)
FACTS = read_facts(ONG)
ROWS = FACTS.modes if FACTS else ()


def test_the_time_to_decide_is_not_that_to_complain_of_missing_papers() -> None:
    assert "07 ngày làm việc" in said(ONG, processing_time(hit(ONG), ROWS))


def test_words_that_contradict_the_number_of_the_table_are_not_its_unit() -> None:
    made = document("Trực tiếp9Miễn phí", trinh_tu_thuc_hien=STEPS)
    facts = read_facts(made)
    assert facts is not None
    assert processing_time(hit(made), facts.modes) is None


def test_who_has_to_act_is_told_by_when_and_not_how_long_it_takes() -> None:
    shown = acting_time(hit(ONG), "nuôi ong thì phải đăng ký trong bao nhiêu ngày")
    assert said(ONG, shown).startswith("Trong thời hạn 30 ngày kể từ ngày đặt đàn ong")
    moved = acting_time(hit(ONG), "chuyển đàn ong thì phải đăng ký trước bao nhiêu ngày")
    assert said(ONG, moved).startswith("Trường hợp chuyển đàn ong")


def test_papers_are_handed_in_where_the_steps_say_it() -> None:
    shown = where(hit(ONG), "nộp hồ sơ nuôi ong ở đâu")
    assert "Trung tâm Phục vụ hành chính công" in said(ONG, shown)


def test_a_long_list_of_papers_begins_with_the_form_unless_something_else_is_named(
    town: Town,
) -> None:
    special = (
        "Trường hợp ủy quyền thì nộp văn bản ủy quyền của chủ đàn ong" + " cho người khác" * 20
    )
    rest = [f"Bản sao giấy tờ thứ {n} của người nuôi" + " và của hợp tác xã" * 20 for n in range(6)]
    names = [special, "Đơn đăng ký nuôi ong", *rest, "Giấy khám sức khỏe đàn ong nội"]
    made = document(papers="".join(f"{name}.1 bản chính" for name in names))
    facts = read_facts(made)
    assert facts is not None
    assert len(facts.papers) == len(names)

    def shown(text: str) -> str:
        question: Question = town.tools.understanding.read(text)
        return said(made, list_of(hit(made), facts.papers, question))

    assert shown("đăng ký nuôi ong cần giấy tờ gì").lstrip("- ").startswith("Đơn đăng ký nuôi ong")
    assert len(shown("đăng ký nuôi ong cần giấy tờ gì")) <= LIST_LENGTH
    assert shown("giấy khám sức khỏe đàn ong cần gì") == ""
