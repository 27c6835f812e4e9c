"""An office of the town: officials and citizens who talk over one store, with a clock."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlite_utils import Database

from bot.conversation import StoredConversations
from bot.desk.desk import Desk
from bot.message import Message, Reply
from bot.people import StoredPeople
from bot.roles import Role
from config.office import VIETNAM, Office, load_office
from config.texts import load_texts
from tests.bot.town import PSEUDONYMS, Town
from tests.made import TinyEncoder

MORNING = datetime(2026, 5, 4, 2, tzinfo=UTC)  # a Monday, 9:00 in Vietnam


class OpenOffice:
    """People who talk to the assistant of one home.

    Args:
        town: what is known.
        db: the home's database.
        office: its configuration.
    """

    def __init__(self, town: Town, db: Database, office: Office) -> None:
        self.town = town
        self.db = db
        self.now = MORNING
        self.desk = Desk(db, PSEUDONYMS, office, load_texts(), TinyEncoder(), lambda: self.now)
        self.tools = replace(
            town.tools,
            conversations=StoredConversations(db, 15, PSEUDONYMS),
            people=StoredPeople(db, PSEUDONYMS),
            desk=self.desk,
            curated=self.desk.curated,
        )

    def wait(self, **time: int) -> None:
        """Let time go by."""
        self.now += timedelta(**time)

    def says(self, user: str, text: str) -> Reply:
        """Return the reply to what a person says."""
        on = self.now.astimezone(VIETNAM).date()
        return self.town.assistant.reply(Message(user, text, on), self.tools)

    def presses(self, user: str, label: str, reply: Reply) -> Reply:
        """Return the reply to the choice or action that is called so."""
        found = [choice.id for choice in reply.choices if label in choice.label]
        found += [action.word for action in reply.actions if label in action.label]
        assert found, f"{label} is not among {reply.choices} {reply.actions}"
        on = self.now.astimezone(VIETNAM).date()
        message = Message(user, found[0], on, turn=reply.turn if reply.choices else None)
        return self.town.assistant.reply(message, self.tools)

    def hire(self, user: str, role: Role = Role.OFFICIAL, name: str = "Lê Thị An") -> None:
        """Give a person a role, the way it is done."""
        reply = self.says(user, f"/vaitro {self.desk.roles.grant(role)} {name}")
        assert name in reply.text

    def mail(self) -> list[tuple[str, str]]:
        """Send the letters that are due; return (user, text) of each."""
        sent = []
        while (parcel := self.desk.letters.take()) is not None:
            sent.append((parcel.user, parcel.text))
            self.desk.letters.sent(parcel)
        return sent


@pytest.fixture
def configured() -> Office:
    return replace(load_office(), name="Trung tâm Một cửa", phone="0200 123 4567")


@pytest.fixture
def office(town: Town, configured: Office) -> OpenOffice:
    """Return an office without any official yet."""
    from bot.assistant import Assistant
    from config.dialogue import load_dialogue
    from config.procedures import load_procedures

    opened = OpenOffice(town, Database(memory=True), configured)
    own = Assistant(town.words, load_dialogue(), load_texts(), configured, load_procedures())
    opened.town = replace_assistant(town, own)
    return opened


def replace_assistant(town: Town, assistant: object) -> Town:
    """Return the same town with another assistant."""
    import copy

    other = copy.copy(town)
    other.assistant = assistant  # type: ignore[assignment]
    return other
