"""Everything put together over one home: what the command line and the channels use."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from bot.accounts.accounts import Accounts
from bot.audit import COMMAND_LINE
from bot.bundle import store_bundled
from bot.checkup import Finding, examine
from bot.clock import day_of
from bot.common import Common
from bot.context import Tools
from bot.conversation import FreshConversation, StoredConversations
from bot.correcting import RowCorrecting
from bot.desk.desk import Desk
from bot.home_error import home_error
from bot.keeping.changes import Changes
from bot.keeping.keeping import Keeping
from bot.keeping.review import Reviewer
from bot.keeping.uploads import Uploads
from bot.message import Message, Reply, Status
from bot.national import National
from bot.people import StoredPeople, Strangers
from bot.progress import Progress, silent
from bot.pseudonyms import Pseudonyms
from bot.ratings.desk import RatingDesk
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.reports.access import Officials
from bot.ratings.reports.plan_targets import PlanTargets
from bot.ratings.reports.reporting import Reporting
from bot.reminders.store import ReminderStore
from bot.results.recording import ResultRecording
from bot.results.standing import Standings
from bot.retention import ADDRESS, HOME, RATINGS, enforce, kept_of
from bot.roles import Role
from config.holidays import load_holidays
from config.ratings import Service
from config.settings import EMBEDDED
from config.words import Words
from index.build import SearchIndex
from index.confidence import Confidence
from index.documents import IndexedDocument
from index.keeper import IndexKeeper, writing
from index.search import Fusion
from index.searcher import Searcher
from index.understanding import Understanding
from knowledge.document import Document
from knowledge.ingest import AddReport, Ingest
from knowledge.procedures.rows import ProcedureRows
from knowledge.results.store import ResultStore
from knowledge.results.typed import TypedResults
from knowledge.row_shelf import RowShelf
from knowledge.row_words import RowWords
from knowledge.store import Entry, KnowledgeStore
from knowledge.targets.names import Names
from knowledge.working_days import WorkingDays


class Application:
    """The assistant over one home.

    Args:
        home: folder of the documents, the index and an official's own configuration.
        progress: told (phase, done, all) while documents are read and encoded.
        common: what other applications over the same home have read; it is read without.

    Raises:
        HomeError: the folder cannot be used; the message is for the user.
        ConfigError: a configuration file is wrong.
    """

    def __init__(
        self, home: Path, progress: Progress = silent, common: Common | None = None
    ) -> None:
        self.home = home
        self._progress = progress
        self.common = common = common or Common(home)
        self.overrides = overrides = common.overrides
        self.settings = common.settings
        self.texts = common.texts
        self.words = common.words
        self.places = common.places
        self.extractor = common.extractor
        self.encoder = common.encoder
        self._assistant = common.assistant
        office = common.office
        self._working_days = WorkingDays(load_holidays(overrides))
        try:
            self.store = KnowledgeStore(home, self.extractor)
            self._pseudonyms = pseudonyms = Pseudonyms.load(home)
            self._conversations = StoredConversations(
                self.store.db, self.settings.conversation_minutes, pseudonyms
            )
            self._people = StoredPeople(self.store.db, pseudonyms)
            self.reminders = ReminderStore(self.store.db, pseudonyms)
            self.desk = Desk(self.store.db, pseudonyms, office, self.texts, self.encoder)
            self.accounts = Accounts(
                self.store.db, pseudonyms, self.desk.roles, office, self.desk.audit
            )
            self.ratings = RatingDesk.open(home, self.store.db, overrides, self._service)
        except (OSError, sqlite3.Error) as error:
            raise home_error(home, error) from error
        self.rows = RowShelf(self.store, self.places, Names(self.extractor.vocabulary))
        self.results = ResultStore(self.store.db)
        planned = PlanTargets(self.rows, lambda: day_of(self.ratings.clock()))
        self.reports = Reporting(self.ratings, planned, Officials(self.desk.roles))
        self._ingest = Ingest(self.store, self.places, self.settings.max_bytes)
        self._keeper = self._keeper_over(home, self.store, self.common.repair)
        self.changes = Changes(
            home,
            self.store,
            self._ingest,
            self._keeper,
            self.desk.audit,
            lambda done, total: self._progress("encode", done, total),
        )
        self.keeping = Keeping(
            self.changes,
            Uploads(self.store.db, pseudonyms),
            Reviewer(self.store, self._ingest, self.extractor),
        )
        self._procedures = ProcedureRows(self.store.db)
        self._national = National(
            home,
            self._procedures,
            # With the shipped encoder it is made in seconds, for its vectors ship as well.
            partial(
                self._keeper_over,
                repair=None if self.settings.encoder == EMBEDDED else common.repair,
            ),
            self._searcher,
            lambda done, total: self._progress("encode", done, total),
        )
        units = self.extractor.vocabulary.units
        self.correcting = RowCorrecting(
            self.store,
            RowWords(self.rows.names, units),
            self.desk.audit,
            self.texts.correcting,
        )
        self.recording = ResultRecording(
            TypedResults(self.rows.names, self.places, units), self.results, self.desk.audit
        )
        self._tools: Tools | None = None
        self._was_locked = False
        self._services: tuple[SearchIndex, dict[str, Service]] | None = None

    @classmethod
    def open(
        cls, home: Path, progress: Progress = silent, common: Common | None = None
    ) -> Application:
        """Return the application over `home`, ready to answer."""
        application = cls(home, progress, common)
        try:
            store_bundled(home, application.store, application._ingest)
            application._bring_rows_up_to_date()
            application.tools()
        except (OSError, sqlite3.Error) as error:
            application.close()
            raise home_error(home, error) from error
        return application

    def reply(self, message: Message) -> Reply:
        """Return the reply to a message of an ongoing conversation.

        Where nothing can be written (the disk is full, the file locked) questions are still
        answered, each by itself; what has to be kept is refused rather than lost.

        Raises:
            sqlite3.Error: something had to be kept and could not be.
        """
        # Whoever asks next does not wait again for what the one before has waited for.
        is_locked = self._was_locked and self.store.is_locked()
        if is_locked and (answer := self._without_memory(message)) is not None:
            return answer
        try:
            reply = self._assistant.reply(message, self.tools())
        except sqlite3.OperationalError:
            self._was_locked = True
            if (answer := self._without_memory(message)) is not None:
                return answer
            raise
        self._was_locked = False
        return reply

    def reply_afresh(self, message: Message, tools: Tools | None = None) -> Reply:
        """Return the reply to a message that belongs to no conversation and leaves no trace.

        Args:
            message: what is asked.
            tools: what to answer with; the usual ones without.
        """
        usual = tools or self.tools()
        fresh = replace(
            usual,
            conversations=FreshConversation(),
            people=Strangers(),
            desk=None,
            reminders=None,
            ratings=None,
            reports=None,
            keeping=None,
        )
        return self._assistant.reply(message, fresh)

    def _without_memory(self, message: Message) -> Reply | None:
        """Return the answer to a question asked by itself, None where it needs more than that."""
        afresh = self.reply_afresh(message)
        if afresh.status is not Status.ANSWERED or not afresh.quotes:
            return None
        return replace(afresh, actions=())

    def tools(self) -> Tools:
        """Return what answers are made with, in step with the documents."""
        index = self._index()
        encoded = self._keeper.comparable(index)
        searcher = self._tools and self._tools.searcher
        if not searcher or searcher.index is not index or searcher.encoded != encoded:
            understanding = self.common.understanding(index)
            self._tools = self._tools_over(index, understanding, Fusion(), encoded=encoded)
        assert self._tools is not None
        self._national.look()
        return self._tools

    @property
    def degraded(self) -> bool:
        """Whether documents or sheets are searched by words alone, until that is repaired."""
        documents = self._tools is not None and not self._tools.searcher.encoded
        return documents or self._national.degraded

    def renew_sheets(self) -> None:
        """Bring the index of the national sheets into step, where they are needed."""
        self._national.renew()

    @property
    def lacks_sheets(self) -> bool:
        """Whether there is no index yet of national sheets that are needed."""
        return self._national.is_missing

    def tools_with(
        self, words: Words | None = None, fusion: Fusion | None = None, *, encoded: bool = True
    ) -> Tools:
        """Return tools over the same documents, made anew and in part of something else.

        Args:
            words: in place of the configured ones.
            fusion: weights in place of the tuned ones.
            encoded: whether the encoder takes part.
        """
        index = self._index()
        understanding = self.common.understanding_with(words or self.words, index)
        return self._tools_over(index, understanding, fusion or Fusion(), encoded=encoded)

    def add(
        self,
        paths: Sequence[Path],
        progress: Progress | None = None,
        actor: str = COMMAND_LINE,
    ) -> AddReport:
        """Take in files and bring the index into step."""
        told = progress or self._progress
        return self.changes.add(
            paths, lambda d, n: told("read", d, n), lambda d, n: told("encode", d, n), actor
        )

    def keeps(self, user: str) -> bool:
        """Say whether a person is a knowledge keeper."""
        return self.desk.roles.holds(user, Role.KEEPER)

    def entries(self) -> list[Entry]:
        """Return all documents, without their texts."""
        return self.store.entries()

    def document(self, document_id: str) -> Document:
        """Return one document.

        Raises:
            KeyError: there is none of that id.
        """
        return self.store.get(document_id)

    def standing(self, entry: Entry, day: date) -> str:
        """Return the validity of a document on a day."""
        return self.tools().searcher.standing(entry.metadata, day).validity.value

    def standing_of(self, document_id: str, day: date) -> dict[str, str]:
        """Return the validity of a document on a day under its name; empty where it is gone."""
        try:
            metadata = self.tools().searcher.document(document_id).metadata
        except KeyError:
            return {}
        return {"validity": self.tools().searcher.standing(metadata, day).validity.value}

    def enforce_retention(self) -> dict[str, int]:
        """Delete what is older than its period and return how much of each kind went."""
        return enforce(self.store.db, self.settings.retention)

    def kept_of(self, user: str) -> dict[str, list[dict[str, Any]]]:
        """Return everything that is kept of a person ("telegram:123"), by table."""
        names: dict[str, str | bytes] = {
            HOME: self._pseudonyms.of(user),
            RATINGS: self.ratings.sessions.person(user),
            ADDRESS: user,
        }
        return kept_of(self.store.db, names)

    def forget(self, user: str) -> None:
        """Erase everything that is kept of a person, as `/xoadulieu` does."""
        self._conversations.forget(user)
        self._people.forget(user)
        self.accounts.forget(user)
        self.desk.forget(user)
        self.reminders.forget(user)
        self.keeping.uploads.forget(user)
        self.ratings.forget(user)

    def check(self) -> list[Finding]:
        """Return what is right and what is wrong with the store, the configuration, the index."""
        return examine(self.home, self.overrides, self.store, self._keeper, self.texts.home)

    def close(self) -> None:
        """Close the stores."""
        self._national.close()
        self.store.close()

    def _bring_rows_up_to_date(self) -> None:
        """Read targets and deadlines anew where the rules or the vocabulary have changed."""
        if self.store.extracts_are_current():
            return
        with writing(self.home, -1):
            if not self.store.extracts_are_current():  # another process was quicker
                self.store.read_extracts_anew()

    def _index(self) -> SearchIndex:
        return self._keeper.current(lambda d, n: self._progress("encode", d, n))

    def _tools_over(
        self,
        index: SearchIndex,
        understanding: Understanding,
        fusion: Fusion,
        *,
        encoded: bool = True,
    ) -> Tools:
        return Tools(
            self.settings,
            self.texts,
            self.places,
            understanding,
            self._searcher(self.store, index, fusion, encoded=encoded),
            self._conversations,
            self._people,
            self.rows,
            Standings(self.results, self.places),
            self._procedures,
            self._working_days,
            self.desk,
            self.desk.curated,
            self.reminders,
            RatingDialogue(self.ratings),
            self.reports,
            self._national,
            self.keeping,
            self.correcting,
            self.recording,
        )

    def _keeper_over(
        self, folder: Path, store: KnowledgeStore, repair: Callable[[], None] | None = None
    ) -> IndexKeeper:
        common = self.common
        return IndexKeeper(
            folder,
            store,
            self.encoder,
            common.analyzer,
            self.places,
            shelf=common.shelf,
            repair=repair,
        )

    def _searcher(
        self,
        store: KnowledgeStore,
        index: SearchIndex,
        fusion: Fusion | None = None,
        *,
        encoded: bool = True,
        hidden: Container[str] = (),
    ) -> Searcher:
        return Searcher(
            store,
            index,
            self.encoder if encoded else None,
            self.common.analyzer,
            self.places,
            Confidence.load(),
            fusion,
            hidden,
            self._national.document if store is self.store else self.store.get,
        )

    def _service(self, code: str) -> Service | None:
        """Return a procedure of the store, or a national one, as something that can be rated."""
        index = self._index()
        if self._services is None or self._services[0] is not index:
            known = (one for one in index.documents if one.metadata.code)
            self._services = index, {str(one.metadata.code): self._as_service(one) for one in known}
        own = self._services[1].get(code)
        if own is None and self._national.holds(code):
            return self._as_service(self._national.document(code))
        return own

    def _as_service(self, document: IndexedDocument | Document) -> Service:
        known, unknown = document.metadata, self.ratings.texts.no_field
        return Service(str(known.code), document.title, known.field or unknown)
