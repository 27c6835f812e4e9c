"""What all applications over one home have in common: read once, never changed, free to share."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock

from bot.assistant import Assistant
from config.dialogue import load_dialogue
from config.errors import ConfigError
from config.indicators import load_indicators
from config.office import load_office
from config.places import load_places
from config.procedures import load_procedures
from config.settings import load_settings
from config.texts import load_texts
from config.words import Words, load_words
from index.analyzer import Analyzer
from index.build import SearchIndex
from index.encoder import Encoder, NoEncoder
from index.encoders import open_encoder
from index.keeper import IndexShelf
from index.syllables import SyllableModel
from index.understanding import Understanding
from knowledge.extracting import Extractor
from knowledge.places import Places

OVERRIDES = "config"  # folder in the home with an official's own configuration
OWN_WEIGHT = 10  # how much the syllables of the home's own documents count against the language


logger = logging.getLogger(__name__)


def _nothing() -> None:
    """Repair nothing."""


class Common:
    """Configuration, encoder and loaded indexes; any thread may use them.

    Args:
        home: folder of the documents, the index and an official's own configuration.
        askers: how many are answered at the same time; where there are several, the encoder gives
            each one processor thread.
        repair: has the index made anew elsewhere, as `IndexKeeper` takes it; None lets whoever
            asks wait for it. Where there is one, an encoder that cannot be opened is done without.

    Raises:
        ConfigError: a configuration file is wrong.
    """

    def __init__(
        self, home: Path, askers: int = 1, repair: Callable[[], None] | None = None
    ) -> None:
        self.home = home
        self.repair: Callable[[], None] | None = repair
        self.overrides = overrides = home / OVERRIDES
        settings = load_settings(overrides)
        self.settings = settings if askers == 1 else replace(settings, threads=1)
        self.texts = load_texts(overrides)
        self.words = load_words(overrides)
        self.places = Places(load_places(overrides))
        self.extractor = Extractor(load_indicators(overrides))
        self.analyzer = Analyzer(self.words.abbreviations)
        self.encoder: Encoder
        try:
            self.encoder = open_encoder(self.settings, home)
        except ConfigError as error:
            if repair is None:
                raise
            # Who is served goes on being answered, by words; nothing can be repaired without it.
            logger.error("documents are searched by words alone: %s", error)
            self.encoder, self.repair = NoEncoder(type(error).__name__), _nothing
        self.office = load_office(overrides)
        self.assistant = Assistant(
            self.words,
            load_dialogue(overrides),
            self.texts,
            self.office,
            load_procedures(overrides),
        )
        self.shelf = IndexShelf()
        self._lock = Lock()
        self._understanding: tuple[SearchIndex, Understanding] | None = None

    def understanding(self, index: SearchIndex) -> Understanding:
        """Return what reads the questions put to an index, made once for all."""
        with self._lock:
            if self._understanding is None or self._understanding[0] is not index:
                self._understanding = index, self.understanding_with(self.words, index)
            return self._understanding[1]

    def understanding_with(self, words: Words, index: SearchIndex) -> Understanding:
        """Return what reads questions by other words than the configured ones."""
        model = SyllableModel.load().plus(index.syllables.times(OWN_WEIGHT))
        return Understanding(words, self.places, self.analyzer, model)
