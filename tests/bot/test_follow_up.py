"""Questions that lean on the turn before, and those that stand alone."""

from __future__ import annotations

import pytest

from bot.message import Status
from tests.bot.town import Talk, Town

HEALTH = "năm 2023 Quảng Nam phấn đấu bao nhiêu hồ sơ y tế nộp qua mạng"
RANK = "Quảng Nam đặt mục tiêu PCI hạng mấy"
BEES = "đăng ký nuôi ong lấy mật mất bao lâu"


@pytest.mark.parametrize(
    ("first", "then", "quoted", "document"),
    [
        (HEALTH, "còn lĩnh vực đất đai thì sao?", "40% hồ sơ lĩnh vực đất đai", "quang-nam"),
        (HEALTH, "con linh vuc dat dai thi sao", "40% hồ sơ lĩnh vực đất đai", "quang-nam"),
        (HEALTH, "thế còn Vĩnh Long?", "70% hồ sơ y tế", "vinh-long"),
        (HEALTH, "Vĩnh Long thì sao", "70% hồ sơ y tế", "vinh-long"),
        (HEALTH, "vinh long", "70% hồ sơ y tế", "vinh-long"),
        (HEALTH, "à thế còn ở tỉnh Vĩnh Long thì thế nào ạ?", "70% hồ sơ y tế", "vinh-long"),
        (RANK, "còn SIPAS thì sao", "SIPAS thuộc nhóm 20", "quang-nam"),
        (RANK, "con sipas", "SIPAS thuộc nhóm 20", "quang-nam"),
        (HEALTH, "ai chủ trì?", "Sở Nội vụ chủ trì", "quang-nam"),
        (HEALTH, "kế hoạch này do cơ quan nào chủ trì", "Sở Nội vụ chủ trì", "quang-nam"),
        (BEES, "vậy hết bao nhiêu tiền", "Miễn phí", "1.000111"),
        (BEES, "cần giấy tờ gì", "Đơn đăng ký đàn ong", "1.000111"),
        (BEES, "hồ sơ cần gì", "Đơn đăng ký đàn ong", "1.000111"),
        (BEES, "thủ tục này nộp ở đâu", "Phòng Nông nghiệp cấp xã", "1.000111"),
        (BEES, "còn cấp phép nuôi cá sấu thì sao", "15 Ngày", "2.000333"),
    ],
)
def test_what_leans_is_completed_from_the_last_turn(
    talk: Talk, first: str, then: str, quoted: str, document: str
) -> None:
    assert talk.say(first).status is Status.ANSWERED
    reply = talk.say(then)
    assert reply.status is Status.ANSWERED, reply.text
    assert reply.quotes[0].document == document
    assert quoted in reply.quotes[0].text
    assert "Tôi hiểu câu hỏi là: " in reply.text


def test_what_is_whole_in_itself_is_not_repeated(talk: Talk) -> None:
    assert talk.say(RANK).status is Status.ANSWERED
    reply = talk.say("còn Vĩnh Long thì đặt mục tiêu PCI hạng mấy")
    assert reply.status is Status.ANSWERED, reply.text
    assert reply.quotes[0].document == "vinh-long"
    assert "nhóm 15" in reply.quotes[0].text
    assert "Tôi hiểu câu hỏi là: " not in reply.text


@pytest.mark.parametrize(
    ("script", "understood"),
    [
        ((HEALTH, "còn Vĩnh Long?", "con nam 2024 thi sao"), ("Vĩnh Long", "2024", "y tế")),
        ((HEALTH, "còn đất đai thì sao?", "còn Vĩnh Long?"), ("Vĩnh Long", "đất đai")),
        ((RANK, "còn SIPAS?", "thế Vĩnh Long thì sao"), ("Vĩnh Long", "SIPAS")),
        ((HEALTH, "còn hiệu lực không", "còn Vĩnh Long?"), ("Vĩnh Long", "y tế")),
        ((BEES, "cần giấy tờ gì", "còn nuôi cá sấu?"), ("cá sấu", "giấy tờ")),
        ((HEALTH, "thời tiết sao hỏa thế nào", "cảm ơn", "còn Vĩnh Long?"), ("Vĩnh Long",)),
    ],
)
def test_a_second_follow_up_builds_on_the_first(
    talk: Talk, script: tuple[str, ...], understood: tuple[str, ...]
) -> None:
    for line in script[:-1]:
        talk.say(line)
    reply = talk.say(script[-1])
    for word in understood:
        assert word in reply.understood


def test_a_follow_up_without_an_answer_leaves_the_conversation_where_it_was(talk: Talk) -> None:
    talk.say(HEALTH)
    assert talk.say("còn du hành vũ trụ thì sao?").status is Status.NO_ANSWER
    reply = talk.say("văn bản này còn hiệu lực không")
    assert reply.quotes[0].document == "quang-nam"


@pytest.mark.parametrize(
    "question",
    [
        "thư viện lưu động cho mượn mấy quyển sách",
        "làng nghề gốm nào có cửa hàng trên mạng",
        "huyện Hương Sơn trồng bao nhiêu cây xanh",
        "kế hoạch chuyển đổi số của Vĩnh Long",
        "1/2018/NĐ-CP",
        "con nuôi cá sấu cần giấy tờ gì",
        "thời tiết sao hỏa hôm nay",
    ],
)
def test_a_question_of_its_own_stands_alone(town: Town, question: str) -> None:
    talk, alone = Talk(town), Talk(town)
    talk.say(HEALTH)
    after, fresh = talk.say(question), alone.say(question)
    assert after.understood == fresh.understood
    assert after.status is fresh.status
    assert [q.text for q in after.quotes] == [q.text for q in fresh.quotes]


@pytest.mark.parametrize("question", ["văn bản này còn hiệu lực không", "còn hiệu lực không?"])
def test_whether_the_document_is_in_force_is_said_first(talk: Talk, question: str) -> None:
    talk.say(HEALTH)
    reply = talk.say(question)
    assert reply.quotes[0].document == "quang-nam"
    assert reply.quotes[0].validity == "ended"
    answer = "Kế hoạch chuyển đổi số năm 2023 của tỉnh Quảng Nam: Đã hết hiệu lực."
    assert answer in reply.text.split("“")[0]


def test_a_document_named_by_its_number_is_asked_for_its_validity(talk: Talk) -> None:
    reply = talk.say("Nghị định 1/2018/NĐ-CP còn hiệu lực không")
    assert "Nghị định 1/2018/NĐ-CP về thư viện lưu động: Đã được thay thế." in reply.text


def test_the_same_place_and_year_can_be_pointed_at(talk: Talk) -> None:
    talk.say(HEALTH)
    reply = talk.say("ở đó năm ấy đặt mục tiêu SIPAS nhóm mấy")
    assert "Quảng Nam" in reply.understood
    assert "2023" in reply.understood
    assert "SIPAS thuộc nhóm 20" in reply.quotes[0].text


@pytest.mark.parametrize(
    "text", ["còn lĩnh vực đất đai thì sao?", "cần giấy tờ gì", "văn bản này còn hiệu lực không"]
)
def test_without_a_turn_nothing_is_completed(talk: Talk, text: str) -> None:
    assert talk.say(text).understood == text


def test_after_a_quarter_of_an_hour_the_turn_is_forgotten(town: Town) -> None:
    talk = Talk(town, minutes=0)
    talk.say(HEALTH)
    assert talk.say("thế còn Vĩnh Long?").understood == "thế còn Vĩnh Long?"


def test_two_people_do_not_share_a_conversation(town: Town) -> None:
    talk = Talk(town)
    talk.say(BEES)
    talk.user = "test:2"
    assert talk.say("cần giấy tờ gì").status is Status.CLARIFY
