"""A process that works on a home and says what it has acknowledged, until it is killed.

Every line that it says is a promise, or what a messenger saw: `bot` may be killed after any of
them, and what the line names is kept, once, whatever happens next.
"""

from __future__ import annotations

import gc
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import bot.application
import bot.common
import bot.keeping.changes
import bot.ratings.desk
from bot.application import Application
from bot.service import _open_inbox
from config.settings import Settings
from index.analyzer import Analyzer
from index.syllables import SyllableModel
from index.understanding import Understanding
from knowledge.places import Places
from knowledge.readers import read_file
from tests.faults.errands import PLAN, Errands
from tests.made import TinyEncoder

Say = Callable[[str, str], None]

# People are written to at any hour, and at once.
OFFICE = "[notices]\nquiet_from = 24\nquiet_until = 0\n"
RATINGS = "[invitations]\ndelay_minutes = 0\nquiet_from = 24\nquiet_until = 0\n"


def tiny(settings: Settings, home: Path) -> TinyEncoder:
    """Stand in for the shipped encoder, whose work is not what is tried here."""
    return TinyEncoder()


class _Here:
    """Reads files without a process of its own, whose start would be most of a worker's life."""

    def __enter__(self) -> _Here:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing was opened."""

    read = staticmethod(read_file)


def prepare() -> None:
    """Load what every application needs, once."""
    module = bot.common
    for name in ("load_words", "load_texts", "load_settings", "load_dialogue", "load_places"):
        setattr(module, name, cache(getattr(module, name)))
        getattr(module, name)(None)
    module.open_encoder = tiny  # type: ignore[assignment]


def prepare_storing() -> None:
    """Load what every worker needs, before it is forked off.

    What only understands and reads is stood in for, so that a worker spends its life on what is
    kept; the configuration is read once, and lets people be written to at any hour.
    """
    module = bot.common
    with TemporaryDirectory() as folder:
        overrides = Path(folder)
        (overrides / "office.toml").write_text(OFFICE, encoding="utf-8")
        (overrides / "ratings.toml").write_text(RATINGS, encoding="utf-8")
        for of in (module, bot.application, bot.ratings.desk):
            for name in [n for n in vars(of) if n.startswith("load_")]:
                loaded = getattr(of, name)(overrides)
                setattr(of, name, lambda *_, loaded=loaded: loaded)
    words, model = module.load_words(), SyllableModel.load()
    understood = Understanding(words, Places.load(), Analyzer(words.abbreviations), model)
    SyllableModel.load = lambda *_: model  # type: ignore[method-assign]
    SyllableModel.plus = lambda *_: model  # type: ignore[method-assign]
    module.Understanding = lambda *_: understood  # type: ignore[attr-defined]
    bot.keeping.changes.ReaderProcess = _Here  # type: ignore[attr-defined]
    module.open_encoder = tiny  # type: ignore[assignment]
    gc.freeze()  # what is loaded stays in pages that all workers share


def begin(home: Path) -> None:
    """Make the index of the national sheets, which takes longer than most workers live."""
    application = Application.open(home)
    application.renew_sheets()
    application.close()


def work(home: Path, files: Path, seed: int, say: Say, rounds: int = 1_000_000) -> None:
    """Work off what an earlier worker left, then work on.

    Args:
        home: the home.
        files: folder for documents and backups.
        seed: decides what is done in which order; also makes names unique.
        say: told (kind, name) of what is kept from now on.
        rounds: how much is done, unless a kill comes first.
    """
    application = Application(home)
    application.tools()
    inbox = _open_inbox(home)
    say("ready", str(seed))
    chance = random.Random(seed)
    errands = Errands(application, inbox, files, chance, say)
    errands.resume()
    for number in range(rounds):
        kind = chance.choices(list(PLAN), list(PLAN.values()))[0]
        getattr(errands, kind)(f"{seed}-{number}")
