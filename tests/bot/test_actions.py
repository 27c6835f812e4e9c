"""What is done with an answer: judging it, reading its section, going on to another passage."""

from __future__ import annotations

import pytest

from bot.actions import actions_line
from bot.message import Reply, Status
from config.texts import load_texts
from tests.bot.town import PAGES, Talk, Town

TEXTS = load_texts().actions
QUESTION = "Hội thi ý tưởng của thanh niên Cà Mau diễn ra ở đâu"

CONTEST = {
    "hoi-thi.md": """---
title: Quy chế hội thi ý tưởng của thanh niên tỉnh Cà Mau
number: 7/QC-HT
kind: Quy chế
place: Cà Mau
issued_on: 2024-03-01
---

## Hội thi

Hội thi ý tưởng của thanh niên diễn ra tại nhà văn hóa, mỗi đội có năm người.

Đội nhất được tặng một chuyến tham quan, các đội khác được tặng sách và áo mưa có in hình hội thi.

Ban giám khảo gồm ba thầy cô giáo, hai nghệ nhân làng nghề và một đại diện của hội nông dân huyện.

Ý tưởng gửi trước bằng thư tay, viết không quá hai trang, kèm hình vẽ do chính các thành viên vẽ.

## Giải thưởng

Đội nhất nhận cờ và một chiếc nón lá có chữ ký của trưởng ban giám khảo.
""",
}


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Return a town with a section too long for a quote."""
    return Town(tmp_path_factory.mktemp("contest"), PAGES | CONTEST)


@pytest.fixture
def talk(talks: Town) -> Talk:
    return Talk(talks)


def words(reply: Reply) -> list[str]:
    return [action.word for action in reply.actions]


def test_an_answer_offers_what_leads_somewhere(talk: Talk) -> None:
    reply = talk.say(QUESTION)
    assert {TEXTS.right, TEXTS.wrong, TEXTS.section, TEXTS.related} <= set(words(reply))
    assert all(action.label for action in reply.actions)
    assert TEXTS.right in actions_line(reply, TEXTS)
    assert actions_line(talk.say("xin chào"), TEXTS) == ""


@pytest.mark.parametrize(("said", "right"), [("đúng", 1), ("dung", 1), ("SAI", 0), ("sai.", 0)])
def test_a_verdict_is_kept_with_what_was_quoted(talk: Talk, said: str, right: int) -> None:
    quote = talk.say(QUESTION).quotes[0]
    reply = talk.say(said)
    assert reply.status is not Status.REFUSED
    (row,) = talk.db["verdicts"].rows
    assert (row["document"], row["right"]) == ("hoi-thi", right)
    document = talk.tools.searcher.document(row["document"])
    assert document.text[row["start"] : row["end"]] == quote.text


def test_the_later_verdict_of_a_person_counts(talk: Talk) -> None:
    asked = talk.say(QUESTION)
    talk.press("đúng", asked)
    talk.press("sai", asked)
    assert [row["right"] for row in talk.db["verdicts"].rows] == [0]


def test_the_whole_section_is_shown_around_the_quote(talk: Talk) -> None:
    quote = talk.say(QUESTION).quotes[0]
    section = talk.say("ca muc").quotes[0]
    assert quote.text in section.text
    assert len(section.text) > len(quote.text)
    assert section.text in talk.tools.searcher.document(section.document).text
    assert talk.say("quay lại").quotes[0] == quote


def test_other_passages_follow_until_there_are_none(talk: Talk) -> None:
    reply = talk.say(QUESTION)
    seen = [reply.quotes[0].text]
    while TEXTS.other in words(reply):
        reply = talk.say("đoạn khác")
        assert reply.quotes[0].text in talk.tools.searcher.document(reply.quotes[0].document).text
        seen.append(reply.quotes[0].text)
    assert 1 < len(seen) <= 6
    assert talk.say("đoạn khác").text == TEXTS.no_other


def test_a_wrong_answer_is_followed_by_the_next_one(talk: Talk) -> None:
    first = talk.say(QUESTION).quotes[0]
    reply = talk.say("sai")
    assert reply.text.startswith(TEXTS.sorry)
    assert (reply.quotes[0].document, reply.quotes[0].text) != (first.document, first.text)


def test_related_questions_of_a_procedure_are_answered_by_it(talk: Talk) -> None:
    talk.say("thủ tục 2.000333 mất bao lâu")
    reply = talk.say("liên quan")
    fee = next(choice for choice in reply.choices if "Lệ phí" in choice.label)
    answer = talk.press(fee.id, reply)
    assert answer.facts[0]["code"] == "2.000333"
    assert "30,000" in answer.quotes[0].text


def test_related_questions_of_a_plan_are_its_other_headings(talk: Talk) -> None:
    talk.say(QUESTION)
    reply = talk.say("liên quan")
    assert "Giải thưởng" in [choice.label for choice in reply.choices]


def test_the_words_mean_nothing_without_an_answer(talk: Talk) -> None:
    assert "verdicts" not in talk.db.table_names() or not talk.db["verdicts"].count
    talk.say("đúng")
    assert talk.db["verdicts"].count == 0


@pytest.mark.parametrize("forged", ["xyz", "<b>", "/xoadulieu", "PAR Index là gì?", "đúng sai"])
def test_a_button_says_nothing_that_no_button_says(talk: Talk, forged: str) -> None:
    reply = talk.press(forged, talk.say(QUESTION))
    assert reply.text == load_texts().clarify.stale
    assert reply.brief


def test_a_button_of_an_older_reply_works_and_a_foreign_one_does_not(talk: Talk) -> None:
    older = talk.say(QUESTION)
    talk.say("thủ tục 2.000333 mất bao lâu")
    assert talk.press("cả mục", older).quotes[0].document == "hoi-thi"
    stranger = Talk(talk.town, "test:2")
    stranger.tools = talk.tools
    reply = stranger.press("cả mục", older)
    assert reply.status is Status.REFUSED
    assert reply.brief
