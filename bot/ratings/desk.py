"""All that belongs to ratings, over one home: what the dialogue, the events and commands use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlite_utils import Database

from bot.clock import Clock, utc_now
from bot.pseudonyms import home_key
from bot.ratings.cases import Cases
from bot.ratings.codes import Codes
from bot.ratings.invitations import Invitations
from bot.ratings.keys import Keys
from bot.ratings.misuse import Misuse
from bot.ratings.outbox import Outbox
from bot.ratings.people import People
from bot.ratings.picks import Picks
from bot.ratings.schema import migrations
from bot.ratings.sessions import Sessions
from bot.ratings.store import RatingStore
from bot.ratings.subjects import Catalogue, FindProcedure, Subjects
from bot.ratings.transaction import writing
from bot.ratings.understanding import Understanding
from config.rating_texts import RatingTexts, load_rating_texts
from config.rating_words import load_rating_words
from config.ratings import RatingSettings, load_ratings
from config.report_texts import ReportTexts, load_report_texts
from config.survey import Survey
from config.surveys import load_surveys
from knowledge.migrating import migrate


@dataclass(frozen=True)
class RatingDesk:
    """The parts that ratings are made of; each says what it is.

    Attributes:
        clock: the time that all of them go by.
    """

    db: Database
    settings: RatingSettings
    texts: RatingTexts
    report_texts: ReportTexts
    surveys: Mapping[str, Survey]
    understanding: Understanding
    people: People
    keys: Keys
    catalogue: Catalogue
    subjects: Subjects
    misuse: Misuse
    sessions: Sessions
    store: RatingStore
    picks: Picks
    cases: Cases
    codes: Codes
    invitations: Invitations
    outbox: Outbox
    clock: Clock

    @classmethod
    def open(
        cls,
        home: Path,
        db: Database,
        overrides: Path | None = None,
        procedure: FindProcedure | None = None,
        clock: Clock = utc_now,
    ) -> RatingDesk:
        """Return the desk of a home.

        Args:
            home: where the secret lies.
            db: the home's database; used in the thread that opened it.
            overrides: folder of an official's own configuration.
            procedure: finds a procedure of the store by its code, as a service.
            clock: the time.

        Raises:
            ConfigError: a configuration file is wrong.
            OSError, sqlite3.Error: the home cannot be read or written.
        """
        settings = load_ratings(overrides)
        words = load_rating_words(overrides)
        surveys = load_surveys(overrides)
        migrate(db, migrations)
        keys = Keys(home_key(home))
        catalogue = Catalogue(settings, procedure)
        subjects = Subjects(db, catalogue)
        misuse = Misuse(db, keys, settings.misuse)
        waits: timedelta = settings.invitations.expire_after
        sessions = Sessions(db, keys, subjects, surveys, misuse, waits, clock)
        return cls(
            db=db,
            settings=settings,
            texts=load_rating_texts(overrides),
            report_texts=load_report_texts(overrides),
            surveys=surveys,
            understanding=Understanding(words),
            people=People(words.people),
            keys=keys,
            catalogue=catalogue,
            subjects=subjects,
            misuse=misuse,
            sessions=sessions,
            store=RatingStore(db, sessions, misuse, settings.answers.change_for, clock),
            picks=Picks(db, catalogue, clock),
            cases=Cases(db),
            codes=Codes(db, keys, clock),
            invitations=Invitations(db, keys, catalogue, settings.invitations, clock),
            outbox=Outbox(db, catalogue, subjects, settings.invitations, clock),
            clock=clock,
        )

    def forget(self, user: str) -> None:
        """Delete everything that still hangs on a person; ratings older than a day do not."""
        with writing(self.db):
            self.store.forget(user)
            self.invitations.forget(user)
            self.picks.forget(self.sessions.person(user))
            self.db.execute("DELETE FROM rating_subscriptions WHERE user = ?", [user])

    def purge(self) -> None:
        """Cut the ties that are over; to be called about once an hour."""
        self.store.purge()
        self.picks.purge()
