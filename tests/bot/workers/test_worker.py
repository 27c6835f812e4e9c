"""What an answering process does between two questions."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.message import Message
from bot.workers.worker import _Looking
from tests.made import TinyTokenEncoder

QUESTION = "Cán bộ kho lưu trữ được nghỉ bù bao nhiêu phút?"


def test_an_index_goes_when_the_next_one_is_taken_up(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.common.open_encoder", lambda *_: TinyTokenEncoder())
    application = Application.open(home)
    looking = _Looking(application)
    application.reply_afresh(Message("test:1", QUESTION, date(2026, 1, 5)))
    before = weakref.ref(application.tools().searcher.index)
    text = "Quy chế của kho lưu trữ\n\nCán bộ kho lưu trữ được nghỉ bù bốn mươi phút."
    (tmp_path / "quy-che.txt").write_text(text, encoding="utf-8")
    gc.disable()  # as good as it is while questions are answered
    try:
        application.add([tmp_path / "quy-che.txt"])
        application.reply_afresh(Message("test:2", QUESTION, date(2026, 1, 5)))
        assert before() is not None
        looking.look()
        assert before() is None
    finally:
        gc.enable()
        application.close()
