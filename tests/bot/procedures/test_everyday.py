"""Procedures named as citizens name them, answered by the sheets that ship.

Each line of `everyday.jsonl` has a question with the codes that a clerk would accept; none where
the sheets hold no such procedure. The questions were written before anything was asked.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.message import Message, Status

ON = date(2026, 5, 4)
QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "everyday.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.slow
def test_most_are_answered_by_the_procedure_that_is_meant(bundled_home: Path) -> None:
    application = Application.open(bundled_home)
    right = wrong = invented = 0
    for number, row in enumerate(QUESTIONS):
        reply = application.reply(Message(f"test:{number}", row["question"], ON))
        codes = [fact["code"] for fact in reply.facts if fact.get("code")]
        answered = reply.status is Status.ANSWERED
        good = bool(codes) and codes[0] in row["codes"]
        right += good and answered
        wrong += bool(row["codes"]) and answered and not good
        invented += not row["codes"] and answered
    application.close()
    asked = sum(bool(row["codes"]) for row in QUESTIONS)
    assert right >= 0.6 * asked
    assert wrong <= 0.08 * asked
    assert invented <= 1
