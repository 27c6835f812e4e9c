"""Results beside targets: in the chat, on the command line, as pictures and reports."""

from __future__ import annotations

import io
import json
import shutil
from datetime import date
from pathlib import Path

import docx
import matplotlib.image
import openpyxl
import pytest
from click.testing import CliRunner

from bot.application import Application
from bot.cli import cli
from bot.message import Message

ON = date(2024, 3, 1)


@pytest.fixture
def home(bundled_home: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "copy"
    shutil.copytree(bundled_home, copy)
    return copy


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    for row in (
        ["Chỉ tiêu", "Kết quả", "Đơn vị", "Năm", "Địa phương", "Nguồn"],
        ["PCI", 8, "hạng", 2023, "Quảng Nam", "Công bố PCI"],
        ["PAPI", 12, "hạng", 2023, "Quảng Nam", "Công bố PAPI"],
        ["DTI", "chưa rõ", "hạng", 2023, "Quảng Nam", ""],
    ):
        book.worksheets[0].append(row)
    path = tmp_path / "ket-qua.xlsx"
    book.save(path)
    return path


def run(home: Path, *args: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["--home", str(home), *args], standalone_mode=False)
    assert done.exception is None, done.exception
    return int(done.return_value or 0), done.output


def test_results_are_taken_in_listed_and_reported(home: Path, sheet: Path, tmp_path: Path) -> None:
    status, said = run(home, "progress", "import", str(sheet))
    assert status == 1
    assert "Đã nhập 2 dòng" in said
    assert "ô B4" in said
    _, listed = run(home, "progress", "list", "Quảng Nam 2023", "--on", "2024-03-01", "--json")
    states = {row["key"]: (row["state"], row["gap"]) for row in json.loads(listed) if row["key"]}
    assert states["pci"] == ("missed", -2)
    assert states["papi"] == ("reached", 8)
    assert states["dti"] == ("no_figure", None)
    xlsx, word = tmp_path / "bao-cao.xlsx", tmp_path / "bao-cao.docx"
    for out in (xlsx, word):
        assert run(home, "progress", "report", "Quảng Nam 2023", "--out", str(out))[0] == 0
    cells = [c.value for row in openpyxl.load_workbook(xlsx).worksheets[0] for c in row]
    assert "hơn mục tiêu 8" in cells
    assert any("chưa đạt" in cell.text for row in docx.Document(str(word)).tables[0].rows
               for cell in row.cells)  # fmt: skip


def test_the_chat_shows_target_result_gap_and_a_picture(home: Path, sheet: Path) -> None:
    run(home, "progress", "import", str(sheet))
    application = Application.open(home)
    try:
        reply = application.reply(Message("test:1", "/chitieu PCI Quảng Nam 2023", ON))
        nothing = application.reply(Message("test:1", "/chitieu SIPAS Quảng Nam 2023", ON))
    finally:
        application.close()
    assert "hạng 8 – chưa đạt, kém mục tiêu 2 (nguồn: Công bố PCI)" in reply.text
    (picture,) = [one for one in reply.attachments if one.name == "chi-tieu.png"]
    height, width, _ = matplotlib.image.imread(io.BytesIO(picture.data), format="png").shape
    assert 900 < width < 1400
    assert height < 3 * width
    assert "hạng 8" in picture.caption
    assert not [one for one in nothing.attachments if one.name == "chi-tieu.png"]
