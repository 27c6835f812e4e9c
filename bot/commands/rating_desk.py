"""Opening the ratings of a home for the time of a command, without documents and index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from bot.commands.base import Session, WrongUse

if TYPE_CHECKING:
    from bot.ratings.desk import RatingDesk
    from bot.ratings.subjects import Subject


@contextmanager
def opened_desk(session: Session) -> Iterator[RatingDesk]:
    """Open the ratings on the session's home and close them at the end.

    Raises:
        HomeError: the home cannot be used.
        ConfigError: a configuration file is wrong.
    """
    from bot.application import OVERRIDES
    from bot.home_error import home_error
    from bot.ratings.desk import RatingDesk
    from knowledge.store import KnowledgeStore

    try:
        store = KnowledgeStore(session.home)
    except (OSError, sqlite3.Error) as error:
        raise home_error(session.home, error) from error
    try:
        yield RatingDesk.open(session.home, store.db, session.home / OVERRIDES)
    finally:
        store.close()


def known_subject(desk: RatingDesk, office: str, service: str) -> Subject:
    """Return a service at an office.

    Raises:
        WrongUse: one of them is unknown; names those that are known.
    """
    if desk.catalogue.office(office) is None:
        known = ", ".join(desk.catalogue.offices)
        raise WrongUse(f"Không có cơ quan “{office}” trong ratings.toml; các mã có: {known}.")
    subject = desk.catalogue.subject(office, service)
    if subject is None:
        known = ", ".join(desk.catalogue.services)
        raise WrongUse(
            f"Không có dịch vụ “{service}” trong ratings.toml và kho văn bản; các mã có: {known}."
        )
    return subject
