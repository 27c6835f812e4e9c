"""What is fuzzed, each as a check that fails where a promise is broken."""

from __future__ import annotations

import functools
import shutil
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import bot.environment
from bot.application import Application
from bot.logs import Masking
from bot.message import Message, Reply
from bot.personal_data import without_personal_data
from config.channels import load_channels
from config.errors import ConfigError
from config.settings import load_settings
from config.texts import load_texts
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.readers import ReadError, read_file
from knowledge.store import KnowledgeStore
from tests.faults.worker import prepare
from tests.fuzz.inputs import SUFFIXES, anything, configurations, contents, messages, turns

LIMIT = 200_000  # bytes of a file
LONGEST = 20.0  # seconds of processor time for one input
ON = date(2026, 5, 4)


class Targets:
    """The checks over one folder.

    Args:
        folder: an empty one.

    Attributes:
        caught: class of exception → how often a reader let it through to the net that turns it
            into "this file cannot be read".
    """

    def __init__(self, folder: Path) -> None:
        prepare()
        self.caught: Counter[str] = Counter()
        self._folder = folder
        self._application = Application.open(folder / "home")
        self._store = KnowledgeStore(folder / "other")
        self._ingest = Ingest(self._store, Places.load(), LIMIT)

    def close(self) -> None:
        """Close the stores."""
        self._application.close()
        self._store.close()

    def all(self) -> Mapping[str, Callable[[], None]]:
        """Return name → a check that runs as many examples as the settings say."""
        return {
            "readers": given(contents, st.sampled_from(SUFFIXES))(_timed(self._read)),
            "config": given(configurations)(_timed(self._configure)),
            "environment": given(anything)(_timed(self._environment)),
            "messages": given(messages, turns)(_timed(self._say)),
            "logs": given(anything)(_timed(self._log)),
        }

    def _read(self, content: bytes, suffix: str) -> None:
        path = self._folder / f"tệp{suffix}"
        path.write_bytes(content)
        try:
            result = read_file(path, LIMIT)
        except ReadError as error:
            _check_sentence(error)
            return
        except Exception as error:
            self.caught[type(error).__name__] += 1
            return
        for raw in result.documents:
            try:
                document = self._ingest.document(raw)
            except Exception as error:
                self.caught[type(error).__name__] += 1
                continue
            assert document.text.encode("utf-8")
            for section in document.sections:
                assert 0 <= section.start <= section.end <= len(document.text)

    def _configure(self, text: str) -> None:
        overrides = self._folder / "config"
        shutil.rmtree(overrides, ignore_errors=True)
        overrides.mkdir()
        for name in ("settings.toml", "channels.toml", "texts.toml"):
            (overrides / name).write_bytes(text.encode("utf-8", "surrogatepass"))
        for load in (load_settings, load_channels, load_texts):
            try:
                load(overrides)
            except ConfigError as error:
                _check_sentence(error)

    def _environment(self, text: str) -> None:
        found = bot.environment.parse(text)
        bot.environment.malformed(found)
        assert all(found.values())

    def _say(self, text: str, turn: str | None) -> None:
        reply: Reply = self._application.reply(Message("telegram:1", text, ON, turn=turn))
        assert reply.text.strip()
        reply.text.encode("utf-8")
        for quote in reply.quotes:
            assert quote.text in self._application.document(quote.document).text

    def _log(self, text: str) -> None:
        masked = Masking(["bi-mat-12345"]).masked(f"{text}bi-mat-12345{text}")
        assert "bi-mat-12345" not in masked
        once = without_personal_data(text)
        assert without_personal_data(once) == once


def _timed(check: Callable[..., None]) -> Callable[..., None]:
    """Let a check fail that takes too much processor time."""

    @functools.wraps(check)  # the strategies are matched with the check's own arguments
    def timed(*args: Any, **named: Any) -> None:
        began = time.process_time()
        check(*args, **named)
        assert time.process_time() - began < LONGEST, "that hangs"

    return timed


def _check_sentence(error: Exception) -> None:
    """Hold an error for people to what is promised: one sentence, no names of Python's."""
    said = str(error)
    assert said.strip()
    assert "Traceback" not in said
