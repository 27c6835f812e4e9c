"""Opening the ratings of a home for the time of a command, without documents and index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.base import Session, WrongUse

if TYPE_CHECKING:
    from bot.ratings.desk import RatingDesk
    from bot.ratings.reports.reporting import Reporting
    from bot.ratings.subjects import FindProcedure, Subject
    from knowledge.store import KnowledgeStore


@contextmanager
def opened_desk(session: Session) -> Iterator[RatingDesk]:
    """Open the ratings on the session's home and close them at the end.

    Raises:
        HomeError: the home cannot be used.
        ConfigError: a configuration file is wrong.
    """
    from bot.ratings.desk import RatingDesk

    with _opened_store(session) as (store, overrides):
        yield RatingDesk.open(session.home, store.db, overrides, _procedure(store, overrides))


def _procedure(store: KnowledgeStore, overrides: Path) -> FindProcedure:
    """Return what finds a procedure of the home, or a national one, by its code."""
    from itertools import chain

    from config.rating_texts import load_rating_texts
    from config.ratings import Service
    from knowledge.procedures.compact import shipped, unpacked
    from knowledge.procedures.rows import ProcedureRows

    unknown = load_rating_texts(overrides).no_field

    def find(code: str) -> Service | None:
        known = chain(ProcedureRows(store.db).all(), unpacked(shipped()))
        found = next((one for one in known if one.code == code), None)
        return None if found is None else Service(code, found.name, found.field or unknown)

    return find


@contextmanager
def opened_reports(session: Session) -> Iterator[Reporting]:
    """Open what makes reports on the session's home, with the targets of its documents.

    Raises:
        HomeError: the home cannot be used.
        ConfigError: a configuration file is wrong.
    """
    from bot.clock import day_of
    from bot.ratings.desk import RatingDesk
    from bot.ratings.reports.access import TerminalOnly
    from bot.ratings.reports.plan_targets import PlanTargets
    from bot.ratings.reports.reporting import Reporting
    from config.indicators import load_indicators
    from config.places import load_places
    from knowledge.extracting import Extractor
    from knowledge.places import Places
    from knowledge.row_shelf import RowShelf
    from knowledge.targets.names import Names

    with _opened_store(session) as (store, overrides):
        desk = RatingDesk.open(session.home, store.db, overrides)
        names = Names(Extractor(load_indicators(overrides)).vocabulary)
        rows = RowShelf(store, Places(load_places(overrides)), names)
        yield Reporting(desk, PlanTargets(rows, lambda: day_of(desk.clock())), TerminalOnly())


@contextmanager
def _opened_store(session: Session) -> Iterator[tuple[KnowledgeStore, Path]]:
    from bot.common import OVERRIDES
    from bot.home_error import home_error
    from knowledge.store import KnowledgeStore

    try:
        store = KnowledgeStore(session.home)
    except (OSError, sqlite3.Error) as error:
        raise home_error(session.home, error) from error
    try:
        yield store, session.home / OVERRIDES
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
