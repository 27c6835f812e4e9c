"""An application without documents or model, for tests of what lies around it.

Run as a program it is `cchc` over this application.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from bot.home import HomeError
from bot.message import Choice, Message, Quote, Reply, Status
from config.texts import load_texts
from knowledge.document import Document, Metadata, Period
from knowledge.ingest import Added, AddReport, Rejected, Unchanged
from knowledge.metadata import MetadataError
from knowledge.places import Places
from knowledge.store import Entry

QUOTE = (
    "Phấn đấu đến năm 2025 có 80% hồ sơ được nộp trực tuyến.\nMức độ hài lòng của người dân đạt 90%"
    " trở lên, trong đó các lĩnh vực đất đai, xây dựng, đầu tư đạt từ 85% trở lên theo kết quả khảo"
    " sát hằng năm của tỉnh."
)
SOURCE = "Nguồn: 3532/QĐ-UBND, Kế hoạch cải cách hành chính · Đã hết hiệu lực"


@dataclass(frozen=True)
class Finding:
    ok: bool
    subject: str
    message: str


def _entry(name: str, title: str, metadata: Metadata) -> Entry:
    return Entry(name, title, metadata, f"{name}.txt", False, "2026-01-01T00:00:00+00:00")


def _entries() -> dict[str, Entry]:
    plan = Metadata(
        number="3532/QĐ-UBND",
        place="Quảng Nam",
        issuer="UBND tỉnh Quảng Nam",
        period=Period(2021, 2025),
    )
    title = "Kế hoạch cải cách hành chính nhà nước tỉnh Quảng Nam giai đoạn 2021 - 2025" * 2
    return {
        "ke-hoach": _entry("ke-hoach", title, plan),
        "1.004222": _entry("1.004222", "Đăng ký thường trú", Metadata(code="1.004222")),
    }


class Application:
    """Answers from a few rules; keeps what it was asked in `messages`."""

    messages: list[Message]

    def __init__(self) -> None:
        self.texts = load_texts()
        self.places = Places.load()
        self.messages = []
        self._entries = _entries()
        self._offered = False
        self.changes = self  # what changes documents is a part of its own in the real one

    @classmethod
    def open(cls, home: Path, progress: Callable[[str, int, int], None]) -> Application:
        if home.is_file():
            raise HomeError(f"Không dùng được thư mục dữ liệu {home}; hãy chọn thư mục khác.")
        home.mkdir(parents=True, exist_ok=True)
        progress("encode", 1, 1)
        return cls()

    def reply(self, message: Message) -> Reply:
        self.messages.append(message)
        text = message.text.strip()
        if not text:
            return Reply(Status.REFUSED, self.texts.guard.empty)
        if text == "hỏng":
            raise ValueError("chi tiết bên trong")
        if text == "1" and self._offered:
            return Reply(Status.ANSWERED, "Bạn đã chọn: Đất đai", "1")
        if "không biết" in text:
            return Reply(Status.NO_ANSWER, self.texts.unknown.no_answer, text)
        return self._answer(message, text)

    reply_afresh = reply

    def _answer(self, message: Message, text: str) -> Reply:
        self._offered = True
        quote = Quote(
            QUOTE,
            "ke-hoach",
            "Kế hoạch",
            "3532/QĐ-UBND",
            None,
            "tep.txt",
            "ended",
            "",
            0.9,
            ((0, 55),),
        )
        lines = [f"Tôi hiểu câu hỏi là: {text}", "", f"“{QUOTE}”", "", SOURCE]
        lines += ["Quảng Nam nay thuộc Đà Nẵng.", "", "Xem thêm:", "1. Đất đai", "2. Hộ tịch"]
        choices = (Choice("1", "Đất đai", "đất đai"), Choice("2", "Hộ tịch", "hộ tịch"))
        facts = ({"kind": "test", "on": message.on.isoformat(), "place": message.place},)
        return Reply(Status.ANSWERED, "\n".join(lines), text, (quote,), facts, choices)

    def add(self, paths: Sequence[Path], progress: Callable[[str, int, int], None]) -> AddReport:
        report = AddReport()
        for done, path in enumerate(paths):
            progress("read", done, len(paths))
            if not path.is_file():
                report.rejected.append(Rejected(str(path), "Không tìm thấy tệp."))
            elif path.stem == "cu":
                report.unchanged.append(Unchanged(str(path), "1.004222"))
            elif path.suffix == ".jsonl":
                report.added += [Added(str(path), f"d{i}", 3) for i in range(2642)]
            else:
                report.added.append(Added(str(path), "ke-hoach", 12, 5, 2))
        return report

    def entries(self) -> list[Entry]:
        return [self._entries[name] for name in sorted(self._entries)]

    def document(self, document_id: str) -> Document:
        entry = self._entries[document_id]
        return Document(entry.id, entry.title, QUOTE, (), entry.metadata, entry.source)

    def standing(self, entry: Entry, day: date) -> str:
        return "ended" if entry.metadata.period else "unknown"

    def correct(self, document_id: str, changes: Mapping[str, str]) -> int:
        entry = self._entries[document_id]
        if set(changes) - {"number", "place"}:
            raise MetadataError("Không có mục này; xem “cchc documents show”.")
        values: dict[str, Any] = {name: value or None for name, value in changes.items()}
        self._entries[document_id] = replace(entry, metadata=replace(entry.metadata, **values))
        return 1

    def withdraw(self, document_ids: Sequence[str]) -> Mapping[str, int]:
        gone = [name for name in document_ids if self._entries.pop(name, None) is not None]
        return {name: number for number, name in enumerate(gone, 1)}

    def check(self) -> list[Finding]:
        return [Finding(True, "store", "Kho nguyên vẹn"), Finding(False, "index", "Chưa khớp")]

    def close(self) -> None:
        """Nothing is open."""


def module() -> types.ModuleType:
    """Return a module to stand in place of `bot.application`."""
    stand_in = types.ModuleType("bot.application")
    stand_in.Application = Application  # type: ignore[attr-defined]
    return stand_in


if __name__ == "__main__":
    sys.modules["bot.application"] = module()
    from bot.cli import main

    main()
