"""Fuzzing what people say to the assistant: words, buttons, links with a start parameter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from bot.application import Application
from bot.channels.telegram.keyboards import keyboard, pressed
from bot.message import Message, Reply
from tests.faults.worker import prepare
from tests.fuzz.checks import Check, Checks
from tests.fuzz.inputs import messages, starts, turns, words

ON = date(2026, 5, 4)
PHONE = "0912345678"  # must never be stored
PEOPLE = 40

_people = st.integers(1, PEOPLE).map(lambda number: f"telegram:{number}")


class Talk(Checks):
    """The assistant with everything that it keeps of people.

    Args:
        folder: an empty one.
    """

    def __init__(self, folder: Path) -> None:
        prepare()
        self._application = Application.open(folder / "home")
        self._buttons = [":đúng"]

    def checks(self) -> Mapping[str, Check]:
        with_phone = st.builds(f"{{}} {PHONE} ".format, messages)
        return {
            "messages": Check(self.say, (_people, messages | with_phone, turns)),
            "starts": Check(self.start, (_people, starts)),
            "buttons": Check(self.press, (_people, st.floats(0, 1), words, st.integers(0, 3))),
        }

    def close(self) -> None:
        db = self._application.store.db
        assert not db.execute("SELECT count(*) FROM role_holders").fetchone()[0]
        assert PHONE not in "\n".join(db.conn.iterdump())
        self._application.close()

    def _text(self, document: str) -> str:
        national = self._application.tools().national
        if national is not None and national.holds(document):
            return national.document(document).text
        return self._application.document(document).text

    def say(self, user: str, text: str, turn: str | None) -> Reply:
        """Say something; whatever is quoted stands in a document."""
        reply = self._application.reply(Message(user, text, ON, turn=turn))
        assert reply.text.strip()
        reply.text.encode("utf-8")
        for quote in reply.quotes:
            assert quote.text in self._text(quote.document)
        drawn = keyboard(reply)
        for row in drawn.inline_keyboard if drawn else ():
            self._buttons = [*(str(button.callback_data) for button in row), *self._buttons][:50]
        return reply

    def start(self, user: str, parameter: str) -> None:
        """Come by a link: no made-up code rates, and none gives a role."""
        db = self._application.store.db
        rated = db.execute("SELECT count(*) FROM ratings").fetchone()
        self.say(user, f"/start {parameter}", None)
        assert db.execute("SELECT count(*) FROM ratings").fetchone() == rated

    def press(self, user: str, which: float, word: str, damage: int) -> None:
        """Press a button: a real one, also of somebody else, or one that is made up in part."""
        data = self._buttons[int(which * (len(self._buttons) - 1))]
        turn, _, own = data.partition(":")
        forged = (data, f"{turn}:{word}", f"{word}:{own}", word)[damage]
        found = pressed(forged)
        if found is not None:
            self.say(user, found[1], found[0])
