"""Everything put together over one home: what the command line and the channels use."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from bot.assistant import Assistant
from bot.context import Tools
from bot.conversation import FreshConversation, StoredConversations
from bot.home import HomeError
from bot.message import Message, Reply
from config.places import FILE as PLACES
from config.places import load_places
from config.settings import load_settings
from config.texts import load_texts
from config.words import load_words
from index import build
from index.analyzer import Analyzer
from index.build import SearchIndex
from index.confidence import Confidence
from index.encoder import OnnxEncoder
from index.keeper import IndexKeeper, writing
from index.question import Understanding
from index.searcher import Searcher
from index.syllables import SyllableModel
from knowledge.document import Document, Metadata
from knowledge.ingest import AddReport, Ingest
from knowledge.metadata import corrected
from knowledge.places import Places
from knowledge.store import Entry, KnowledgeStore

OVERRIDES = "config"  # folder in the home with an official's own configuration
BUNDLED = "bundled"  # state: digest of the bundled pages that the store holds

Progress = Callable[[str, int, int], None]


def silent(phase: str, done: int, total: int) -> None:
    """Show no progress."""


@dataclass(frozen=True)
class Finding:
    """One thing that `check` looked at."""

    ok: bool
    subject: str
    message: str


class Application:
    """The assistant over one home.

    Args:
        home: folder of the documents, the index and an official's own configuration.
        progress: told (phase, done, all) while documents are read and encoded.

    Raises:
        HomeError: the folder cannot be used; the message is for the user.
        ConfigError: a configuration file is wrong.
    """

    def __init__(self, home: Path, progress: Progress = silent) -> None:
        self.home = home
        self._progress = progress
        overrides = home / OVERRIDES
        self.settings = load_settings(overrides)
        self.texts = load_texts(overrides)
        self.words = load_words(overrides)
        own_places = overrides / PLACES
        self.places = Places(load_places(own_places if own_places.exists() else None))
        self._analyzer = Analyzer(self.words.abbreviations)
        self.encoder = OnnxEncoder(threads=self.settings.threads)
        try:
            self.store = KnowledgeStore(home)
            self._conversations = StoredConversations(
                self.store.db, self.settings.conversation_minutes
            )
            self._bundle()
        except (OSError, sqlite3.Error) as error:
            raise HomeError(
                f"Không dùng được thư mục dữ liệu {home} ({error}); hãy chọn thư mục khác bằng"
                " --home hoặc kiểm tra quyền ghi và chỗ trống trên đĩa."
            ) from error
        self._keeper = IndexKeeper(
            home, self.store, self.encoder, self._analyzer, self.places
        )
        self._assistant = Assistant(self.words)
        self._tools: Tools | None = None

    @classmethod
    def open(cls, home: Path, progress: Progress = silent) -> Application:
        """Return the application over `home`, ready to answer."""
        application = cls(home, progress)
        application.tools()
        return application

    def reply(self, message: Message) -> Reply:
        """Return the reply to a message of an ongoing conversation."""
        return self._assistant.reply(message, self.tools())

    def reply_afresh(self, message: Message) -> Reply:
        """Return the reply to a message that belongs to no conversation and leaves no trace."""
        return self._assistant.reply(message, replace(self.tools(), conversations=_FRESH))

    def tools(self) -> Tools:
        """Return what answers are made with, in step with the documents."""
        index = self._keeper.current(lambda d, n: self._progress("encode", d, n))
        if self._tools is None or self._tools.searcher.index is not index:
            self._tools = self._tools_over(index)
        return self._tools

    def add(self, paths: Sequence[Path], progress: Progress | None = None) -> AddReport:
        """Take in files and bring the index into step."""
        told = progress or self._progress
        with writing(self.home, -1):
            report = self._ingest.add(paths, lambda d, n: told("read", d, n))
            if report.added:
                self._keeper.rebuild(lambda d, n: told("encode", d, n))
        return report

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

    def edit(self, document_id: str, changes: Mapping[str, str]) -> Metadata:
        """Correct fields of a document's metadata and return all of them.

        Raises:
            KeyError: there is no such document.
            MetadataError: a field or value is wrong; the message is for the user.
        """
        with writing(self.home, -1):
            metadata = corrected(self.store.get(document_id).metadata, changes)
            self.store.correct(document_id, metadata)
            self._keeper.rebuild(lambda d, n: self._progress("encode", d, n))
        return metadata

    def remove(self, document_ids: Sequence[str]) -> list[str]:
        """Remove documents and return the ids that there are none of."""
        unknown: list[str] = []
        with writing(self.home, -1):
            for document_id in document_ids:
                try:
                    self.store.remove(document_id)
                except KeyError:
                    unknown.append(document_id)
            self._keeper.rebuild(lambda d, n: self._progress("encode", d, n))
        return unknown

    def check(self) -> list[Finding]:
        """Return what is right and what is wrong with the store, the configuration, the index."""
        broken = self.store.check()
        index = build.load(self.home)
        in_step = index is not None and self._keeper.in_step(index)
        count = len(self.store.entries())
        return [
            Finding(True, "config", f"Cấu hình đúng; phần sửa riêng đặt ở {self.home / OVERRIDES}"),
            Finding(
                not broken,
                "store",
                f"Kho văn bản nguyên vẹn, {count} văn bản"
                if not broken
                else f"Kho văn bản bị hỏng ({broken[0]}); hãy khôi phục từ bản sao lưu",
            ),
            Finding(
                in_step,
                "index",
                "Chỉ mục khớp với kho văn bản"
                if in_step
                else "Chỉ mục chưa khớp với kho văn bản; mở cchc chat để lập lại",
            ),
        ]

    def close(self) -> None:
        """Close the store."""
        self.store.close()

    @cached_property
    def _ingest(self) -> Ingest:
        return Ingest(self.store, self.places, self.settings.max_bytes)

    def _bundle(self) -> None:
        """Store the pages that came with the project, once for each version of them."""
        pages = sorted(
            (Path(str(page)) for page in files("knowledge").joinpath("bundled").iterdir()),
            key=lambda page: page.name,
        )
        digest = hashlib.sha256(b"".join(page.read_bytes() for page in pages)).hexdigest()
        if self.store.state(BUNDLED) == digest:
            return
        with writing(self.home, -1):
            old = {entry.id for entry in self.store.entries() if entry.bundled}
            report = self._ingest.add(pages, lambda d, n: None, bundled=True)
            kept = {item.document for item in (*report.added, *report.unchanged)}
            for document_id in old - kept:
                self.store.remove(document_id)
            self.store.set_state(BUNDLED, digest)

    def _tools_over(self, index: SearchIndex) -> Tools:
        model = SyllableModel.load().plus(index.syllables)
        return Tools(
            self.settings,
            self.texts,
            self.places,
            Understanding(self.words, self.places, self._analyzer, model),
            Searcher(
                self.store, index, self.encoder, self._analyzer, self.places, Confidence.load()
            ),
            self._conversations,
        )


_FRESH = FreshConversation()
