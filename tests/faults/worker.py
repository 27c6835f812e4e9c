"""A process that works on a home and says what it has acknowledged, until it is killed.

Every line that it says is a promise: what the line names is kept, once, whatever happens next.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import bot.application
from bot.application import Application
from bot.inbox import Delivery, Inbox
from bot.message import Message
from bot.operations.backup import write_backup
from bot.service import _open_inbox
from config.settings import Settings
from tests.made import TinyEncoder

DOCUMENTS = 60  # different files that are added again and again
ON = date(2026, 5, 4)

Say = Callable[[str, str], None]


def tiny(settings: Settings, home: Path) -> TinyEncoder:
    """Stand in for the shipped encoder, whose work is not what is tried here."""
    return TinyEncoder()


def prepare() -> None:
    """Load what every worker needs, before it is forked off."""
    module = bot.application
    for name in ("load_words", "load_texts", "load_settings", "load_dialogue", "load_places"):
        setattr(module, name, cache(getattr(module, name)))
        getattr(module, name)(None)
    module.open_encoder = tiny  # type: ignore[assignment]


def work(home: Path, files: Path, seed: int, say: Say) -> None:
    """Work for ever.

    Args:
        home: the home.
        files: folder for documents and backups.
        seed: decides what is done in which order; also makes names unique.
        say: told (kind, name) of what is kept from now on.
    """
    application = Application(home)
    application.tools()
    inbox = _open_inbox(home)
    say("ready", str(seed))
    chance = random.Random(seed)
    for number in range(1_000_000):
        name = f"{seed}-{number}"
        kind = chance.choices(
            ("document", "delivery", "verdict", "unanswered", "backup"), (4, 6, 4, 4, 1)
        )[0]
        if kind == "document":
            _add(application, files, chance.randrange(DOCUMENTS), say)
        elif kind == "delivery":
            _deliver(application, inbox, name, say)
        elif kind == "verdict":
            application.tools().people.judge("test:1", name, ("tài liệu", 0, 5), True)
            say(kind, name)
        elif kind == "unanswered":
            application.tools().conversations.keep_unanswered(name, 0.1)
            say(kind, name)
        else:
            write_backup(home, files / f"{number % 3}.tar.gz")


def _add(application: Application, files: Path, number: int, say: Say) -> None:
    path = files / f"ke-hoach-{number}.txt"
    path.write_text(f"Kế hoạch nuôi ong số {number}\nĐợt {number} nuôi {number + 1000} đàn ong.\n")
    report = application.add([path])
    for kept in (*report.added, *report.unchanged):
        say("document", kept.document)


def _deliver(application: Application, inbox: Inbox, name: str, say: Say) -> None:
    if not inbox.accept("test", Delivery(name, name)):
        say("problem", f"delivery {name} was never there and is said to be known")
    say("delivery", name)
    application.reply(Message("test:1", "/vanban", ON))  # keeps a turn
    inbox.finish("test", name)
    say("finished", name)
    if inbox.accept("test", Delivery(name, name)):
        say("problem", f"delivery {name} was taken twice")
