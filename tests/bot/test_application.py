"""Everything together over one home: opening, changing, several at once, mending."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.application import Application
from bot.common import OVERRIDES
from bot.home import HomeError
from bot.message import Message, Reply, Status
from config.errors import ConfigError
from config.settings import Settings
from index import build
from knowledge.metadata import MetadataError
from knowledge.store import FILE
from tests.bot.program import copied
from tests.made import TinyEncoder

QUESTION = "trại ong Mật Vàng thu bao nhiêu tấn mật mỗi năm"
PAGE = "Trại ong Mật Vàng của hợp tác xã\nTrại ong Mật Vàng thu 7 tấn mật mỗi năm.\n"


def quick(settings: Settings, home: Path) -> TinyEncoder:
    """Stand in for the shipped encoder, which takes seconds for the bundled pages."""
    return TinyEncoder()


@pytest.fixture(scope="module")
def quick_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with the bundled pages, indexed without a model."""
    folder = tmp_path_factory.mktemp("quick")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.common.open_encoder", quick)
        Application.open(folder).close()
    return folder


@pytest.fixture
def own(quick_home: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("bot.common.open_encoder", quick)
    return copied(quick_home, home)


@pytest.fixture
def application(own: Path) -> Iterator[Application]:
    opened = Application.open(own)
    yield opened
    opened.close()


@pytest.fixture
def shipped(bundled_home: Path, home: Path) -> Iterator[Application]:
    """Return the assistant as a user first meets it."""
    opened = Application.open(copied(bundled_home, home))
    yield opened
    opened.close()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "trai-ong.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def ask(application: Application, text: str = QUESTION) -> Reply:
    return application.reply(Message("test", text, date(2026, 5, 4)))


def test_an_empty_home_answers_from_the_bundled_pages(shipped: Application) -> None:
    assert all(entry.bundled for entry in shipped.entries())
    reply = ask(shipped, "Nghị định 118/2025 thay nghị định nào?")
    assert reply.status is Status.ANSWERED
    assert "61/2018/NĐ-CP" in reply.quotes[0].text
    assert reply.quotes[0].summary


def test_the_examples_of_the_help_and_of_asking_back_are_answered(
    shipped: Application,
) -> None:
    examples = shipped.texts.clarify.examples.splitlines()
    helped = [line for line in shipped.texts.chat.help.splitlines() if line.startswith("  ")]
    assert len(helped) >= 3
    for question in (*examples, *helped):
        if question.strip():
            reply = shipped.reply_afresh(Message("test", question, date(2026, 5, 4)))
            assert reply.status is Status.ANSWERED, question


def test_what_is_added_answers_at_once_and_what_is_removed_is_gone(
    application: Application, page: Path
) -> None:
    assert ask(application).status is Status.NO_ANSWER
    report = application.add([page])
    assert [item.document for item in report.added] == ["trai-ong"]
    assert "7 tấn mật" in ask(application).quotes[0].text
    assert set(application.changes.withdraw(["trai-ong", "khong-co"])) == {"trai-ong"}
    assert ask(application).status is Status.NO_ANSWER


def test_an_open_chat_sees_what_another_process_does(
    application: Application, own: Path, page: Path
) -> None:
    assert ask(application).status is Status.NO_ANSWER
    other = Application.open(own)
    other.add([page])
    assert "7 tấn mật" in ask(application).quotes[0].text
    page.write_text(PAGE.replace("7 tấn", "9 tấn"), encoding="utf-8")
    other.add([page])
    assert "9 tấn mật" in ask(application).quotes[0].text
    other.changes.withdraw(["trai-ong"])
    other.close()
    assert ask(application).status is Status.NO_ANSWER


def test_a_correction_holds_in_the_next_version_and_in_answers(
    application: Application, page: Path
) -> None:
    application.add([page])
    application.changes.correct("trai-ong", {"number": "77/KH-HTX", "period": "2021-2022"})
    page.write_text(PAGE + "Trại có 12 người làm.\n", encoding="utf-8")
    application.add([page])
    quote = ask(application).quotes[0]
    assert (quote.number, quote.validity) == ("77/KH-HTX", "ended")
    assert application.document("trai-ong").text.endswith("12 người làm.")
    with pytest.raises(KeyError):
        application.changes.correct("khong-co", {"number": "1"})
    with pytest.raises(MetadataError):
        application.changes.correct("trai-ong", {"issued_on": "hôm qua"})


def test_removing_what_is_not_there_leaves_the_index_alone(application: Application) -> None:
    before = build.current(application.home)
    assert application.changes.withdraw(["khong-co"]) == {}
    assert build.current(application.home) == before


def test_a_bundled_page_that_was_removed_stays_away(application: Application, own: Path) -> None:
    gone = application.entries()[0].id
    application.changes.withdraw([gone])
    again = Application.open(own)
    assert gone not in [entry.id for entry in again.entries()]
    again.close()


def test_another_version_of_the_bundled_pages_replaces_them(
    application: Application, own: Path
) -> None:
    count = len(application.entries())
    application.store.set_state("bundled", "an older digest")
    application.store.put(application.document(application.entries()[0].id), bundled=False)
    again = Application.open(own)
    assert len(again.entries()) == count
    again.close()


def test_asking_afresh_leaves_no_trace(application: Application) -> None:
    before = "".join(application.store.db.iterdump())
    reply = application.reply_afresh(Message("test", QUESTION, date(2026, 5, 4)))
    assert reply.status is Status.NO_ANSWER
    assert application.reply_afresh(Message("test", "1", date(2026, 5, 4))).status is Status.REFUSED
    assert "".join(application.store.db.iterdump()) == before


def test_asking_in_a_conversation_keeps_turn_and_unanswered_question(
    application: Application,
) -> None:
    ask(application)
    dump = "".join(application.store.db.iterdump())
    assert dump.count(QUESTION) >= 2


class TestBrokenIndex:
    """Derived files are made anew, whatever is wrong with them."""

    def broken(self, own: Path) -> None:
        application = Application.open(own)
        index = build.load(own)
        assert index is not None
        assert index.version == application.store.version
        assert ask(application, "Nghị định 118/2025 thay nghị định nào?").quotes
        assert all(finding.ok for finding in application.check())
        application.close()

    def test_missing_folder(self, own: Path) -> None:
        shutil.rmtree(own / build.FOLDER)
        self.broken(own)

    def test_missing_pointer(self, own: Path) -> None:
        (own / build.FOLDER / "CURRENT").unlink()
        self.broken(own)

    def test_pointer_to_nothing(self, own: Path) -> None:
        (own / build.FOLDER / "CURRENT").write_text("khong-co", encoding="utf-8")
        self.broken(own)

    def test_another_format(self, own: Path) -> None:
        meta = own / build.FOLDER / str(build.current(own)) / "meta.json"
        values = json.loads(meta.read_text(encoding="utf-8"))
        meta.write_text(json.dumps(values | {"format": -1}), encoding="utf-8")
        self.broken(own)

    def test_every_file_cut_off(self, own: Path) -> None:
        folder = own / build.FOLDER / str(build.current(own))
        for path in [p for p in folder.rglob("*") if p.is_file()]:
            path.write_bytes(path.read_bytes()[:20])
        self.broken(own)


def test_a_broken_store_asks_for_the_backup(home: Path) -> None:
    (home / FILE).write_bytes(b"this is no database at all" * 100)
    with pytest.raises(HomeError, match=r"tro-ly\.db bị hỏng; hãy chép lại .* bản sao lưu"):
        Application.open(home)


def test_a_store_that_broke_inside_asks_for_the_backup(own: Path) -> None:
    file = own / FILE
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    content = bytearray(file.read_bytes())
    content[4096 : len(content)] = b"\xab" * (len(content) - 4096)
    file.write_bytes(bytes(content))
    with pytest.raises(HomeError, match="bản sao lưu"):
        Application.open(own)


@pytest.mark.parametrize("below", ["", "trong/do"])
def test_a_home_that_is_a_file_is_refused(tmp_path: Path, below: str) -> None:
    file = tmp_path / "tep"
    file.write_text("chữ", encoding="utf-8")
    with pytest.raises(HomeError, match=r"Không ghi được vào thư mục dữ liệu .*--home"):
        Application.open(file / below)


def test_a_wrong_setting_names_file_and_key(home: Path) -> None:
    (home / OVERRIDES).mkdir()
    (home / OVERRIDES / "settings.toml").write_text("[answers]\nclose = 7", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"settings\.toml: mục “answers\.close”"):
        Application.open(home)


def test_an_officials_places_and_texts_count(own: Path) -> None:
    (own / OVERRIDES).mkdir()
    (own / OVERRIDES / "texts.toml").write_text('[guard]\nempty = "Trống."', encoding="utf-8")
    application = Application.open(own)
    assert ask(application, "").text == "Trống."
    application.close()
