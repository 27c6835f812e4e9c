"""A small made-up world of documents, and a conversation over it without model or network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from sqlite_utils import Database

from bot.assistant import Assistant
from bot.context import Tools
from bot.conversation import StoredConversations
from bot.message import Message, Reply
from bot.people import StoredPeople, Strangers
from bot.pseudonyms import Pseudonyms
from bot.reminders.store import ReminderStore
from bot.results.standing import Standings
from config.dialogue import load_dialogue
from config.indicators import load_indicators
from config.office import load_office
from config.procedures import load_procedures
from config.settings import load_settings
from config.texts import load_texts
from config.words import Words, load_words
from index.analyzer import Analyzer
from index.build import build
from index.confidence import Confidence
from index.searcher import Searcher
from index.syllables import SyllableModel
from index.understanding import Understanding
from knowledge.extracting import Extractor
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.procedures.rows import ProcedureRows
from knowledge.results.store import ResultStore
from knowledge.row_shelf import RowShelf
from knowledge.store import KnowledgeStore
from knowledge.targets.names import Names
from knowledge.working_days import WorkingDays
from tests.made import TinyEncoder, silent

TODAY = date(2026, 5, 4)
PSEUDONYMS = Pseudonyms(b"a secret of the town")

PAGES = {
    "quang-nam.md": """---
title: Kế hoạch chuyển đổi số năm 2023 của tỉnh Quảng Nam
number: 11/KH-UBND
kind: Kế hoạch
issuer: UBND tỉnh Quảng Nam
place: Quảng Nam
issued_on: 2022-12-20
period: 2023-2023
---

## Chỉ tiêu thứ hạng

Năm 2023, tỉnh Quảng Nam đặt mục tiêu PCI thuộc nhóm 6 tỉnh đứng đầu.

Năm 2023, tỉnh Quảng Nam đặt mục tiêu SIPAS thuộc nhóm 20 tỉnh đứng đầu.

## Chỉ tiêu hồ sơ

Năm 2023, tỉnh Quảng Nam phấn đấu 65% hồ sơ y tế nộp qua mạng.

Năm 2023, tỉnh Quảng Nam phấn đấu 40% hồ sơ lĩnh vực đất đai nộp qua mạng.

## Trách nhiệm

Kế hoạch chuyển đổi số do Sở Nội vụ chủ trì, báo cáo trước ngày 15/12/2023.
""",
    "vinh-long.md": """---
title: Kế hoạch chuyển đổi số năm 2024 của tỉnh Vĩnh Long
number: 22/KH-UBND
kind: Kế hoạch
issuer: UBND tỉnh Vĩnh Long
place: Vĩnh Long
issued_on: 2023-12-28
period: 2024-2024
---

## Chỉ tiêu thứ hạng

Năm 2024, tỉnh Vĩnh Long đặt mục tiêu PCI thuộc nhóm 15 tỉnh đứng đầu.

## Chỉ tiêu hồ sơ

Năm 2024, tỉnh Vĩnh Long phấn đấu 70% hồ sơ y tế nộp qua mạng.
""",
    "huong-son.md": """---
title: Chương trình trồng cây xanh đô thị của huyện Hương Sơn
number: 99/QĐ-UBND
kind: Quyết định
issuer: UBND huyện Hương Sơn
place: Hà Tĩnh
issued_on: 2021-03-01
period: 2021-2030
---

## Chỉ tiêu

Huyện Hương Sơn trồng 5.000 cây xanh dọc các tuyến đường mỗi năm.
""",
    "nghi-dinh-cu.md": """---
title: Nghị định 1/2018/NĐ-CP về thư viện lưu động
number: 1/2018/NĐ-CP
kind: Nghị định
issuer: Chính phủ
place: Toàn quốc
issued_on: 2018-02-01
---

## Quy định

Thư viện lưu động cho mượn tối đa 3 quyển sách mỗi lần.
""",
    "nghi-dinh-moi.md": """---
title: Nghị định 2/2025/NĐ-CP về thư viện cộng đồng
number: 2/2025/NĐ-CP
kind: Nghị định
issuer: Chính phủ
place: Toàn quốc
issued_on: 2025-06-01
effective_from: 2025-07-01
replaces: 1/2018/NĐ-CP
---

## Quy định

Thư viện cộng đồng mở cửa cả ngày chủ nhật.
""",
    "tom-tat.md": """---
title: Nghị quyết 5-NQ/TU về phát triển làng nghề gốm (bản tóm tắt)
number: 5-NQ/TU
kind: Nghị quyết
place: Vĩnh Long
issued_on: 2021-10-14
period: 2021-2025
summarises: 5-NQ/TU
source: Tin của Báo Đồng Gốm, 15/10/2021
---

## Mục tiêu

Nghị quyết đặt mục tiêu 12 làng nghề gốm có cửa hàng trên mạng.

## Nguồn

- Báo Đồng Gốm, chuyên mục sành sứ bát tràng: https://gom.example.vn
""",
}


def _procedure(code: str, name: str, level: str, days: int, fee: str, papers: str) -> str:
    record = {
        "ma_thu_tuc": code,
        "ten_thu_tuc": name,
        "cap_thuc_hien": level,
        "linh_vuc": "Chăn nuôi",
        "cach_thuc_thuc_hien": f"Hình thức nộpThời gianPhí, lệ phíMô tảTrực tiếp{days} Ngày{fee}",
        "thanh_phan_ho_so": f"--Tên giấy tờMẫu đơn, tờ khaiSố lượng{papers}1 bản chính",
        "co_quan_thuc_hien": f"Phòng Nông nghiệp {level.lower()}",
    }
    return json.dumps(record, ensure_ascii=False)


PROCEDURES = "\n".join(
    [
        _procedure(
            "1.000111", "Đăng ký nuôi ong lấy mật", "Cấp xã", 5, "Miễn phí", "Đơn đăng ký đàn ong"
        ),
        _procedure(
            "1.000222",
            "Đăng ký nuôi ong lấy mật (cấp tỉnh)",
            "Cấp tỉnh",
            9,
            "80,000 Việt Nam Đồng",
            "Đơn đăng ký trại ong",
        ),
        _procedure(
            "2.000333",
            "Cấp phép nuôi cá sấu",
            "Cấp tỉnh",
            15,
            "30,000 Việt Nam Đồng",
            "Sơ đồ ao cá",
        ),
    ]
)


def write_documents(folder: Path, pages: Mapping[str, str] = PAGES) -> list[Path]:
    """Write the documents of the town as files."""
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "thu-tuc.jsonl").write_text(PROCEDURES, encoding="utf-8")
    return [*(folder / name for name in pages), folder / "thu-tuc.jsonl"]


class Town:
    """The documents, stored and indexed.

    Args:
        folder: an empty folder.
        pages: name of a file → its text, beside the procedures.
    """

    def __init__(self, folder: Path, pages: Mapping[str, str] = PAGES) -> None:
        words, places = load_words(), Places.load()
        self.words: Words = words
        extractor = Extractor(load_indicators())
        self.store = KnowledgeStore(folder / "home", extractor)
        report = Ingest(self.store, places, 10_000_000).add(write_documents(folder, pages), silent)
        assert not report.rejected
        analyzer, encoder = Analyzer(words.abbreviations), TinyEncoder()
        index = build(self.store, encoder, analyzer, places, silent)
        # What the shipped model is fitted to does not matter here: whoever says most answers.
        confidence = Confidence({"said": 14.0, "code_match": 8.0, "place_conflict": -8.0}, -8.0)
        self.tools = Tools(
            load_settings(),
            load_texts(),
            places,
            Understanding(words, places, analyzer, SyllableModel.load().plus(index.syllables)),
            Searcher(self.store, index, encoder, analyzer, places, confidence),
            StoredConversations(Database(memory=True), 15, PSEUDONYMS),
            Strangers(),
            RowShelf(self.store, places, Names(extractor.vocabulary)),
            Standings(ResultStore(Database(memory=True)), places),
            ProcedureRows(self.store.db),
            WorkingDays(),
        )
        self.assistant = Assistant(
            words, load_dialogue(), load_texts(), load_office(), load_procedures()
        )


class Talk:
    """One conversation.

    Args:
        town: what it is about.
        user: who talks.
        minutes: how long turns are remembered.
    """

    def __init__(self, town: Town, user: str = "test:1", minutes: int = 15) -> None:
        self.town = town
        self.user = user
        self.db = Database(memory=True)
        self.db.execute("PRAGMA foreign_keys = ON")
        self.tools = replace(
            town.tools,
            conversations=StoredConversations(self.db, minutes, PSEUDONYMS),
            people=StoredPeople(self.db, PSEUDONYMS),
            reminders=ReminderStore(self.db, PSEUDONYMS),
        )

    def say(self, text: str, place: str | None = None, on: date = TODAY) -> Reply:
        """Return the reply to what the person says."""
        return self.town.assistant.reply(Message(self.user, text, on, place), self.tools)

    def press(self, text: str, reply: Reply) -> Reply:
        """Return the reply to a button of an earlier reply."""
        message = Message(self.user, text, TODAY, turn=reply.turn)
        return self.town.assistant.reply(message, self.tools)

    def unanswered(self) -> list[str]:
        """Return the questions kept for the officials."""
        return [row["question"] for row in self.db["unanswered"].rows]
