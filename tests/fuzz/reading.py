"""Fuzzing what is read: files, configuration, environment, log lines."""

from __future__ import annotations

import pickle
import shutil
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import strategies as st

import bot.environment
from bot.logs import Masking
from bot.personal_data import without_personal_data
from config.channels import load_channels
from config.dialogue import load_dialogue
from config.errors import ConfigError
from config.holidays import load_holidays
from config.indicators import load_indicators
from config.office import load_office
from config.places import load_places
from config.procedures import load_procedures
from config.rating_texts import load_rating_texts
from config.rating_words import load_rating_words
from config.ratings import load_ratings
from config.settings import load_settings
from config.surveys import load_surveys
from config.texts import load_texts
from config.words import load_words
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.readers import ReadError, read_file
from knowledge.store import KnowledgeStore
from tests.fuzz.checks import Check, Checks
from tests.fuzz.inputs import SUFFIXES, anything, configurations, contents

LIMIT = 200_000  # bytes of a file
LONG = 1000  # characters of a file of configuration from which on it is parsed but once
LOADERS = {
    "channels.toml": load_channels,
    "dialogue.toml": load_dialogue,
    "holidays.toml": load_holidays,
    "indicators.toml": load_indicators,
    "office.toml": load_office,
    "places.toml": load_places,
    "procedures.toml": load_procedures,
    "rating_texts.toml": load_rating_texts,
    "rating_words.toml": load_rating_words,
    "ratings.toml": load_ratings,
    "settings.toml": load_settings,
    "surveys/mot.yaml": load_surveys,
    "texts.toml": load_texts,
}  # all other files hold words


class Files(Checks):
    """Files of every format, read and taken apart.

    Args:
        folder: an empty one.

    Attributes:
        caught: class of exception → how often a reader let it through to the net that turns it
            into "this file cannot be read".
    """

    def __init__(self, folder: Path) -> None:
        self.caught: Counter[str] = Counter()
        self._folder = folder
        self._store = KnowledgeStore(folder / "store")
        self._ingest = Ingest(self._store, Places.load(), LIMIT)

    def checks(self) -> Mapping[str, Check]:
        return {"readers": Check(self.read, (contents, st.sampled_from(SUFFIXES)))}

    def close(self) -> None:
        self._store.close()

    def read(self, content: bytes, suffix: str) -> None:
        """Read a file: it is refused with a sentence, or becomes documents that hold together."""
        path = self._folder / f"tệp{suffix}"
        path.write_bytes(content)
        try:
            result = read_file(path, LIMIT)
        except ReadError as error:
            check_sentence(error)
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


class Written(Checks):
    """What officials and installers write, and what the log says of it.

    Args:
        folder: an empty one.
    """

    def __init__(self, folder: Path) -> None:
        self._overrides = folder / "config"
        self._masking = Masking(["bi-mat-12345"])
        self._known = patch.object(tomllib, "loads", _Known(tomllib.loads))
        self._known.start()

    def close(self) -> None:
        self._known.stop()

    def checks(self) -> Mapping[str, Check]:
        return {
            "config": Check(self.configure, (configurations,)),
            "environment": Check(self.environment, (anything,)),
            "logs": Check(self.log, (anything,)),
        }

    def configure(self, file: tuple[str, bytes]) -> None:
        """Load a file of configuration: it holds, or is refused with a sentence."""
        name, content = file
        shutil.rmtree(self._overrides, ignore_errors=True)
        path = self._overrides / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
        try:
            LOADERS.get(name, load_words)(self._overrides)
        except ConfigError as error:
            check_sentence(error)

    def environment(self, text: str) -> None:
        """Read `cchc.env`."""
        found = bot.environment.parse(text)
        bot.environment.malformed(found)
        assert all(found.values())

    def log(self, text: str) -> None:
        """Log a line: no secret passes, and what was masked stays as it is."""
        masked = self._masking.masked(f"{text}bi-mat-12345{text}")
        assert "bi-mat-12345" not in masked
        once = without_personal_data(text)
        assert without_personal_data(once) == once


class _Known:
    """Parses what is long but once: the bundled files stay as they are, and take most of the time.

    Args:
        parse: `tomllib.loads`.
    """

    def __init__(self, parse: Callable[[str], dict[str, Any]]) -> None:
        self._parse = parse
        self._kept = lru_cache(100)(lambda text: pickle.dumps(parse(text)))

    def __call__(self, text: str) -> dict[str, Any]:
        """Return the content of a file, for whoever asks a copy of their own."""
        found: dict[str, Any] = (
            pickle.loads(self._kept(text)) if len(text) > LONG else self._parse(text)
        )
        return found


def check_sentence(error: Exception) -> None:
    """Hold an error for people to what is promised: one sentence, no names of Python's."""
    said = str(error)
    assert said.strip()
    assert "Traceback" not in said
