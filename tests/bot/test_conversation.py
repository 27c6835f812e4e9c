"""What is remembered of a conversation, for how long, and what is not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from bot.conversation import FreshConversation, Shown, StoredConversations, Turn
from bot.message import Choice
from tests.bot.town import PSEUDONYMS

TURN = Turn(
    "hồ sơ y tế",
    ("Quảng Nam",),
    (2023,),
    "quang-nam",
    None,
    (Choice("1", "Đất đai", "đất đai", document="dat-dai"), Choice("2", "Y tế", "y tế", "1.1")),
    "Kế hoạch",
    "hồ sơ",
    (Shown("quang-nam", 3, 9, ((0, 2),), ("Chỉ tiêu",), 0.9),),
    0,
    (0, 20),
    1,
)


@pytest.fixture
def db() -> Database:
    return Database(memory=True)


def age(db: Database, minutes: int) -> None:
    """Make every turn older."""
    then = (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()
    db.execute("UPDATE turns SET at = ?", [then])
    db.conn.commit()


def test_the_last_turn_of_each_person_comes_back(db: Database) -> None:
    conversations = StoredConversations(db, 15, PSEUDONYMS)
    conversations.keep("a", Turn("cũ"))
    conversations.keep("a", TURN)
    conversations.keep("b", Turn("khác"))
    assert conversations.last("a") == TURN
    assert conversations.last("b") == Turn("khác")
    assert conversations.last("c") is None


def test_another_process_goes_on_with_the_conversation(db: Database) -> None:
    StoredConversations(db, 15, PSEUDONYMS).keep("a", TURN)
    assert StoredConversations(db, 15, PSEUDONYMS).last("a") == TURN


def test_an_old_turn_is_not_followed_but_its_buttons_work_for_a_day(db: Database) -> None:
    conversations = StoredConversations(db, 15, PSEUDONYMS)
    name = conversations.keep("a", TURN)
    age(db, 14)
    assert conversations.last("a") == TURN
    age(db, 16)
    assert conversations.last("a") is None
    assert conversations.turn("a", name) == TURN
    age(db, 24 * 60 + 1)
    assert conversations.turn("a", name) is None
    conversations.keep("b", TURN)
    assert db["turns"].count == 1


def test_the_buttons_of_the_last_replies_of_a_person_work_and_only_for_that_person(
    db: Database,
) -> None:
    conversations = StoredConversations(db, 15, PSEUDONYMS)
    names = [conversations.keep("a", Turn(f"câu {i}")) for i in range(30)]
    assert conversations.turn("a", names[-5]) == Turn("câu 25")
    assert conversations.turn("a", names[0]) is None
    assert conversations.turn("b", names[-1]) is None


@pytest.mark.parametrize("forged", ["", "\ud800", "chữ", "0" * 10_000])
def test_a_forged_name_is_no_turn(db: Database, forged: str) -> None:
    conversations = StoredConversations(db, 15, PSEUDONYMS)
    assert conversations.turn("nga", forged) is None


def test_people_are_kept_under_pseudonyms_and_forgotten_when_they_ask(db: Database) -> None:
    conversations = StoredConversations(db, 15, PSEUDONYMS)
    conversations.keep("telegram:123456789", TURN)
    conversations.keep("b", TURN)
    assert "123456789" not in "".join(db.conn.iterdump())
    conversations.forget("telegram:123456789")
    assert conversations.last("telegram:123456789") is None
    assert conversations.last("b") == TURN


@pytest.mark.parametrize("kept", ["{", "[]", "{}", '{"question": "a"}', "null"])
def test_a_turn_of_another_version_is_as_none(db: Database, kept: str) -> None:
    conversations = StoredConversations(db, 15, PSEUDONYMS)
    conversations.keep("a", TURN)
    db.execute("UPDATE turns SET turn = ?", [kept])
    db.conn.commit()
    assert conversations.last("a") is None


def test_a_turn_with_something_unknown_in_it_is_as_none() -> None:
    values = json.loads(TURN.dump())
    assert Turn.load(json.dumps(values | {"mood": "good"})) is None
    assert Turn.load(TURN.dump()) == TURN


def test_unanswered_questions_are_kept_for_the_officials(db: Database) -> None:
    conversations = StoredConversations(db, 15, PSEUDONYMS)
    conversations.keep_unanswered("sao hỏa?", 0.123456)
    conversations.keep_unanswered("sao hỏa?", 0.2)
    rows = list(db["unanswered"].rows)
    assert [(row["question"], row["confidence"]) for row in rows] == [
        ("sao hỏa?", 0.1235),
        ("sao hỏa?", 0.2),
    ]
    assert datetime.fromisoformat(rows[0]["asked_at"]).tzinfo is not None


def test_a_fresh_conversation_remembers_nothing() -> None:
    conversation = FreshConversation()
    conversation.keep("a", TURN)
    conversation.keep_unanswered("sao hỏa?", 0.1)
    assert conversation.last("a") is None
