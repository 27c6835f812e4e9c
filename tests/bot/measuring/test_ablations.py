"""A part that is left out is missing while it is left out, and there again afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.application import Application
from bot.cli import run
from bot.context import Tools
from bot.measuring.ablations import NOTHING, PARTS, Part, Swap, figures, left_out
from index import finder
from index.evaluation.answers import Judgement
from tests.bot.town import write_documents
from tests.made import TinyTokenEncoder

QUESTIONS = (
    "lệ phí đăng ký nuôi ong lấy mật hết bao nhiêu tiền",
    "Tinh Quang Nam phan dau bao nhieu ho so y te nop qua mang?",
    "Năm 2024 tỉnh Vĩnh Long đặt mục tiêu PCI thế nào?",
    "TTHC cấp phép nuôi cá sấu ntn",
    "mấy làng nghề gốm có cửa hàng trên mạng",
    "làm sổ đỏ ở đâu",
    "Cho em hỏi chút, đăng ký nuôi ong lấy mật nộp ở đâu vậy ạ?",
    "Đăng ký nuôi ong lấy mật",
)


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Application]:
    folder = tmp_path_factory.mktemp("town")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bot.common.open_encoder", lambda *_: TinyTokenEncoder())
        opened = Application.open(folder / "home")
    opened.add(write_documents(folder))
    yield opened
    opened.close()


def seen(tools: Tools) -> list[Any]:
    """Return what the search makes of the questions, down to each score."""
    found: list[Any] = []
    for asked in QUESTIONS:
        question = tools.understanding.read(asked)
        hits = [(h.document.id, h.score, h.passages) for h in tools.searcher.search(question)]
        found.append((question.understood, question.official, hits))
    return found


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_a_part_matters_only_while_it_is_left_out(application: Application, part: Part) -> None:
    shipped = seen(application.tools())
    with left_out(part, application) as tools:
        assert seen(tools) != shipped
    assert seen(application.tools()) == shipped


def test_nothing_left_out_changes_nothing(application: Application) -> None:
    with left_out(NOTHING, application) as tools:
        assert seen(tools) == seen(application.tools())


@pytest.mark.parametrize("part", [p for p in PARTS if p.swaps], ids=lambda part: part.name)
def test_what_was_swapped_is_back_after_an_error(application: Application, part: Part) -> None:
    def held() -> list[Any]:
        return [vars(swap.owner)[swap.attribute] for swap in part.swaps]

    def fail() -> None:
        with left_out(part, application):
            assert held() == [swap.value for swap in part.swaps]
            raise ZeroDivisionError

    shipped = held()
    with pytest.raises(ZeroDivisionError):
        fail()
    assert all(now is before for now, before in zip(held(), shipped, strict=True))


def test_what_does_not_exist_cannot_be_left_out(application: Application) -> None:
    quote = finder.QUOTE
    part = Part("gone", (Swap(finder, "QUOTE", 0.0), Swap(finder, "GONE", 0.0)))
    with pytest.raises(KeyError), left_out(part, application):
        pass
    assert quote == finder.QUOTE
    assert not hasattr(finder, "GONE")


def test_no_two_parts_have_one_name() -> None:
    names = [part.name for part in (NOTHING, *PARTS)]
    assert len(names) == len(set(names))


def test_marks_are_left_as_typed_and_all_else_is_read(application: Application) -> None:
    part = next(part for part in PARTS if part.name == "diacritics")
    with left_out(part, application) as tools:
        read = tools.understanding.read("TTHC o tinh quang nam nop the nao").understood
    assert read == "thủ tục hành chính o tinh Quảng Nam nop the nao"


def judged(status: str, answerable: bool, hit: bool = False) -> Judgement:
    reply = {"status": status, "quotes": [], "choices": [], "facts": []}
    row = {"question": "Hỏi gì?", "answerable": answerable}
    return Judgement(row, reply, hit, hit, False, False, hit, 1.0)


def test_what_goes_wrong_is_counted_over_all_sets() -> None:
    seeds = [judged("answered", True, hit=True), judged("answered", True), judged("clarify", True)]
    policies = [judged("no_answer", True), judged("answered", False), judged("no_answer", False)]
    assert figures({"seeds": seeds, "policies": policies}) == {
        "seeds_first_quote": 0.3333,
        "policies_first_quote": 0.0,
        "answerable": 4,
        "not_answered": 1,
        "unanswerable": 2,
        "wrongly_answered": 1,
    }


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("bot.common.open_encoder", lambda *_: TinyTokenEncoder())
    folder = tmp_path / "shared"
    (folder / "seeds").mkdir(parents=True)
    (folder / "eval").mkdir()
    text = "Kế hoạch nuôi ong lấy mật của hợp tác xã\nHợp tác xã nuôi 1.200 đàn ong.\n"
    (folder / "seeds" / "ong.txt").write_text(text, encoding="utf-8")
    rows = [
        {"question": "Hợp tác xã nuôi bao nhiêu đàn ong?", "gold": ["1.200 đàn ong"]},
        {"question": "Giá vàng hôm nay?", "answerable": False},
    ]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "eval" / "seeds.dev.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.mark.slow
def test_the_command_prints_a_row_for_each_part(
    shared: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    chosen = ("--only", "seeds", "--part", "quote", "--part", "encoder")
    assert run(["eval", "ablations", "--shared", str(shared), *chosen]) == 0
    heading, *rows = capfd.readouterr().out.splitlines()
    assert [cell.strip() for cell in heading.split("  ") if cell] == [
        "bỏ đi",
        "seeds: trích đầu đúng",
        "chưa có, trong 1",
        "trả lời bừa, trong 1",
    ]
    assert [row.split()[0] for row in rows] == ["nothing", "encoder", "quote"]
    assert all(len(row.split()) == 4 for row in rows)
    assert run(["eval", "ablations", "--shared", str(shared), *chosen, "--json"]) == 0
    measured = json.loads(capfd.readouterr().out)
    assert list(measured) == ["nothing", "encoder", "quote"]
    assert measured["nothing"]["answerable"] == measured["nothing"]["unanswerable"] == 1


@pytest.mark.parametrize("given", [("--part", "magic"), ("--only", "novels")])
def test_an_unknown_part_or_set_is_told_in_one_sentence(
    shared: Path, capfd: pytest.CaptureFixture[str], given: tuple[str, str]
) -> None:
    assert run(["eval", "ablations", "--shared", str(shared), *given]) == 2
    out, err = capfd.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert err.startswith("Lỗi: Không có ")
    assert f"“{given[1]}”" in err
