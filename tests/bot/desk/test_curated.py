"""What an official wrote answers the same question again, word for word, and no other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.likeness import Sameness
from bot.message import Status
from config.office import load_office
from config.texts import load_texts
from tests.bot.desk.conftest import OpenOffice
from tests.bot.town import Town

TEXTS = load_texts()
OPENS = "Thư viện cộng đồng mở cửa lúc mấy giờ?"
ANSWER = "Thư viện mở cửa từ 8 giờ.\n1. Chủ nhật cũng vậy."
OFFICIAL = "telegram:10"


def teach(office: OpenOffice, question: str = OPENS, document: str = "2/2025/NĐ-CP") -> None:
    """Let an official answer a question for good."""
    office.hire(OFFICIAL)
    office.says("telegram:1", f"/canbo {question}")
    taken = office.presses(OFFICIAL, question[:20], office.says(OFFICIAL, "/hangcho"))
    assert TEXTS.desk.write in taken.text
    preview = office.says(OFFICIAL, ANSWER)
    which = office.presses(OFFICIAL, TEXTS.desk.keep, preview)
    assert which.text.startswith(TEXTS.desk.which_document)
    offered = office.says(OFFICIAL, document)
    done = office.says(OFFICIAL, "1")
    assert TEXTS.desk.answered.format(count=1) in done.text, offered.text
    assert "Nghị định 2/2025" in done.text


def test_the_answer_is_shown_word_for_word_with_author_day_and_document(
    office: OpenOffice,
) -> None:
    teach(office)
    reply = office.says("telegram:2", OPENS)
    assert reply.status is Status.ANSWERED
    assert ANSWER in reply.text
    (stored,) = office.desk.curated.all()
    assert stored.text == ANSWER
    for said in ("Lê Thị An", "4/5/2026", "2/2025/NĐ-CP", "Còn hiệu lực", "cán bộ"):
        assert said in reply.text
    assert reply.quotes == ()  # a quote is always of a document
    (fact,) = reply.facts
    assert fact["kind"] == "curated"
    assert fact["text"] == ANSWER
    assert fact["author"] == "Lê Thị An"


def test_what_the_documents_say_can_still_be_seen(office: OpenOffice) -> None:
    teach(office)
    reply = office.says("telegram:2", OPENS)
    searched = office.presses("telegram:2", TEXTS.desk.search, reply)
    assert ANSWER not in searched.text
    again = office.presses("telegram:2", TEXTS.desk.ask_again, office.says("telegram:2", OPENS))
    assert TEXTS.human.sent in again.text


def test_an_answer_can_be_sent_without_being_kept(office: OpenOffice) -> None:
    office.hire(OFFICIAL)
    office.says("telegram:1", f"/canbo {OPENS}")
    office.presses(OFFICIAL, "Thư viện", office.says(OFFICIAL, "/hangcho"))
    office.presses(OFFICIAL, TEXTS.desk.keep, office.says(OFFICIAL, ANSWER))
    lost = office.says(OFFICIAL, "văn bản không hề có 99/2099/QĐ-XYZ")
    assert lost.text.startswith(TEXTS.desk.no_document)
    done = office.presses(OFFICIAL, TEXTS.desk.no_matter, lost)
    assert done.text == TEXTS.desk.answered.format(count=1)
    assert office.desk.curated.all() == []


def test_a_withdrawn_answer_is_gone_at_once(office: OpenOffice) -> None:
    teach(office)
    assert ANSWER in office.says("telegram:2", OPENS).text
    (stored,) = office.desk.curated.all()
    office.desk.curated.withdraw(stored.id)
    assert ANSWER not in office.says("telegram:2", OPENS).text
    with pytest.raises(KeyError):
        office.desk.curated.withdraw(stored.id)


def test_a_later_answer_takes_the_place_of_an_older_one(office: OpenOffice) -> None:
    teach(office)
    office.desk.curated.keep(OPENS, "Nay mở cửa từ 7 giờ.", "Trần Bình", "nghi-dinh-moi")
    reply = office.says("telegram:2", OPENS)
    assert "Nay mở cửa từ 7 giờ." in reply.text
    assert ANSWER not in reply.text


@pytest.mark.parametrize("document", ["nghi-dinh-cu", "khong-con", "quang-nam"])
def test_an_answer_rests_on_a_document_that_holds(office: OpenOffice, document: str) -> None:
    """Replaced, removed, over: what was built on it may be wrong by now."""
    office.desk.curated.keep(OPENS, ANSWER, "Trần Bình", document)
    assert ANSWER not in office.says("telegram:2", OPENS).text


def test_an_answer_says_nothing_of_days_before_it(office: OpenOffice) -> None:
    teach(office)
    office.wait(days=-40)
    assert ANSWER not in office.says("telegram:2", OPENS).text


SAME = [
    (OPENS, "thu vien cong dong mo cua luc may gio"),
    (OPENS, "THƯ VIỆN CỘNG ĐỒNG mở cửa lúc mấy giờ???"),
    (OPENS, "dạ cho em hỏi thư viện cộng đồng mở cửa lúc mấy giờ vậy ạ"),
    (OPENS, "Xin chào, cho tôi hỏi: thư viện cộng đồng mở cửa lúc mấy giờ? Cảm ơn ạ"),
    ("Nộp hồ sơ cải cách hành chính ở đâu?", "nộp hồ sơ CCHC ở đâu"),
    ("Hoà giải ở cơ sở do ai làm?", "hòa giải ở cơ sở do ai làm"),
]
OTHERS = [
    (OPENS, "Thư viện cộng đồng đóng cửa lúc mấy giờ?"),
    (OPENS, "Thư viện lưu động mở cửa lúc mấy giờ?"),
    (OPENS, "Thư viện cộng đồng mở cửa ngày nào?"),
    (OPENS, "Thư viện cộng đồng không mở cửa lúc mấy giờ?"),
    (OPENS, "mấy giờ"),
    ("Có được nuôi ong không?", "Không được nuôi ong?"),
    ("Nghị định nào thay Nghị định 1/2018/NĐ-CP?", "Nghị định 1/2018/NĐ-CP thay nghị định nào?"),
    ("Làm sổ đỏ ở đâu?", "Làm sơ đồ ở đâu?"),
    ("Phí năm 2023 bao nhiêu?", "Phí năm 2024 bao nhiêu?"),
    ("Hồ sơ ở Quảng Nam nộp đâu?", "Hồ sơ ở Vĩnh Long nộp đâu?"),
    ("Đăng ký khai sinh cho con?", "Đăng ký khai tử cho con?"),
    ("Đăng ký khai sinh cho em", "Đăng ký khai sinh cho cháu"),
]


@pytest.fixture(scope="session")
def sameness() -> Sameness:
    return Sameness(load_office().fillers)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_the_same_question(town: Town, sameness: Sameness, one: str, other: str) -> None:
    read = town.tools.understanding.read
    assert sameness.same(read(one), read(other))
    assert sameness.same(read(other), read(one))


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_another_question(town: Town, sameness: Sameness, one: str, other: str) -> None:
    read = town.tools.understanding.read
    assert not sameness.same(read(one), read(other))
    assert not sameness.same(read(other), read(one))


WORDS = st.lists(
    st.sampled_from(["nộp", "hồ", "sơ", "ở", "đâu", "ạ", "phí", "2023", "không", "đất"]), max_size=6
)


@given(one=WORDS, other=WORDS)
def test_questions_with_other_words_are_never_the_same(
    town: Town, sameness: Sameness, one: list[str], other: list[str]
) -> None:
    read = town.tools.understanding.read
    if sameness.same(read(" ".join(one)), read(" ".join(other))):
        assert sorted(w for w in one if w != "ạ") == sorted(w for w in other if w != "ạ")


def test_curated_answers_survive_the_store_being_opened_again(office: OpenOffice) -> None:
    teach(office)
    read = office.tools.understanding.read(OPENS)
    from bot.desk.curated import CuratedAnswers

    again = CuratedAnswers(
        office.db, Sameness(load_office().fillers), office.desk.audit, office.desk.clock
    )
    found = again.find(read, office.tools.understanding)
    assert found is not None
    assert found.text == ANSWER
