"""The command line: shapes of the output, exit statuses, errors in one sentence."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.cli import cli, run
from bot.commands.failure import failure
from tests.bot import fake_application

ROOT = Path(__file__).parents[2]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setitem(sys.modules, "bot.application", fake_application.module())
    monkeypatch.setenv("CCHC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path / "home"


class Ran:
    """What a run of the command line left behind."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err


Cchc = Callable[..., Ran]


@pytest.fixture
def cchc(home: Path, capfd: pytest.CaptureFixture[str]) -> Cchc:
    def call(*args: str) -> Ran:
        capfd.readouterr()
        status = run(args)
        out, err = capfd.readouterr()
        return Ran(status, out, err)

    return call


def process(
    *args: str, given: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run `cchc` over the fake application as a process of its own."""
    command = [sys.executable, "-m", "tests.bot.fake_application", *args]
    own = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, input=given, capture_output=True, env=own, timeout=60)


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


@pytest.mark.parametrize("path", [(), *commands()])
def test_every_command_explains_itself_in_vietnamese(path: tuple[str, ...]) -> None:
    result = CliRunner().invoke(cli, [*path, "--help"])
    assert result.exit_code == 0
    assert "Cách dùng: " in result.output
    for english in ("Usage", "Options", "Show this", "Commands", "[OPTIONS]", "Error"):
        assert english not in result.output


def test_help_does_not_load_what_is_slow() -> None:
    script = (
        "import sys; from bot.cli import run; run(['--help']);"
        "slow = {'numpy', 'faiss', 'onnxruntime', 'sqlite_utils', 'rich', 'trafilatura'};"
        "sys.exit(str(slow & set(sys.modules)) if slow & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="counts threads as Linux does")
def test_products_are_not_shared_among_threads() -> None:
    script = (
        "import os, sys; from bot.cli import main; sys.argv = ['cchc', '--help']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "import numpy; sys.exit(len(os.listdir('/proc/self/task')) - 1)"
    )
    environment = {k: v for k, v in os.environ.items() if not k.endswith("_NUM_THREADS")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()


def test_without_arguments_shows_the_help(cchc: Cchc) -> None:
    ran = cchc()
    assert ran.status == 0
    assert "cchc chat" in ran.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["hoi"], "Không có lệnh “hoi”"),
        (["docments"], "có phải bạn cần “documents”?"),
        (["ask", "--jsn", "a"], "Không có tùy chọn --jsn"),
        (["ask"], "Hãy ghi một câu hỏi"),
        (["ask", "a", "--file", "b"], "không cả hai"),
        (["ask", "a", "--on", "2023-13-01"], "“2023-13-01” không phải một ngày"),
        (["ask", "a", "--on"], "--on thiếu hoặc thừa giá trị"),
        (["ask", "a", "--place", "Atlantis"], "Không rõ “Atlantis” là nơi nào"),
        (["ask", "--file", "khong-co.txt"], "Không đọc được tệp câu hỏi khong-co.txt"),
        (["ask", "--file", "."], "Không đọc được tệp câu hỏi ."),
        (["add"], "Thiếu TỆP"),
        (["remove"], "Thiếu MÃ"),
        (["chat", "thừa"], "Thừa “thừa”"),
        (["documents", "edit", "ke-hoach", "number"], "chưa đúng dạng"),
        (["documents", "edit", "ke-hoach", "color=x"], "Không có mục này"),
        (["eval"], "Cách gọi"),
        (["eval", "search", "--mode", "x"], "--mode phải là lexical hoặc dense hoặc hybrid"),
        (["eval", "answers", "khong-co.jsonl"], "khong-co.jsonl"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(cchc: Cchc, args: list[str], said: str) -> None:
    ran = cchc(*args)
    assert ran.status == 2
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert ran.out == ""


def test_ask_prints_the_text(cchc: Cchc) -> None:
    ran = cchc("ask", "chỉ tiêu năm 2025")
    assert ran.status == 0
    assert f"“{fake_application.QUOTE}”" in ran.out
    assert "\x1b" not in ran.out


def test_words_without_quotation_marks_are_one_question(cchc: Cchc) -> None:
    assert "là: làm căn cước" in cchc("ask", "làm", "căn", "cước").out


def test_ask_json_has_the_contract_s_keys(cchc: Cchc) -> None:
    ran = cchc("ask", "chỉ tiêu", "--json", "--on", "01/06/2023", "--place", "quang nam")
    reply = json.loads(ran.out)
    assert reply["status"] == "answered"
    assert reply["quotes"][0]["text"] == fake_application.QUOTE
    assert reply["facts"] == [{"kind": "test", "on": "2023-06-01", "place": "Quảng Nam"}]
    assert set(reply) >= {"understood", "text", "choices", "took_ms"}


def test_ask_ends_with_1_only_where_nothing_is_known(cchc: Cchc) -> None:
    assert cchc("ask", "không biết").status == 1
    assert cchc("ask", "").status == 0


def test_file_gives_one_line_a_question(cchc: Cchc, tmp_path: Path) -> None:
    file = tmp_path / "hỏi.txt"
    file.write_bytes("\ufeffcâu một\r\n\nkhông biết\n".encode() + b"c\xe2u \xff b\xf4n")
    ran = cchc("ask", "--json", "--file", str(file))
    replies = [json.loads(line) for line in ran.out.splitlines()]
    assert ran.status == 0
    assert [r["status"] for r in replies] == ["answered", "refused", "no_answer", "answered"]
    assert replies[0]["understood"] == "câu một"
    assert "�" in replies[3]["understood"]


def test_file_without_json_is_for_people(cchc: Cchc, tmp_path: Path) -> None:
    file = tmp_path / "hoi.txt"
    file.write_text("một\nhai\n", encoding="utf-8")
    ran = cchc("ask", "--file", str(file))
    assert ran.out.count("\n\n────") == 1
    assert ran.out.index("là: một") < ran.out.index("────") < ran.out.index("là: hai")


def test_add_reports_every_file(cchc: Cchc, tmp_path: Path) -> None:
    for name in ("b.txt", "a.docx", "anh.png", "cu.md", ".an.txt", "~$a.docx", "sau/c.jsonl"):
        (tmp_path / "tep" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "tep" / name).write_text("chữ", encoding="utf-8")
    (tmp_path / "rong").mkdir()
    args = [str(tmp_path / p) for p in ("tep", "tep/b.txt", "rong", "*.pdf", "mat.txt")]
    ran = cchc("add", *args)
    assert ran.status == 1
    assert "2.642 tài liệu, 7.926 phần" in ran.out
    assert ran.out.count("Đã thêm") == 3
    assert "(số 3532/QĐ-UBND), 12 phần" in ran.out
    assert ran.out.count("Không đổi") == 1
    assert ran.err.count("Không nhận") == 3
    assert "anh.png" not in ran.out + ran.err


def test_add_json_has_the_contract_s_shape(cchc: Cchc, tmp_path: Path) -> None:
    new, old = tmp_path / "moi.txt", tmp_path / "cu.txt"
    new.write_text("a", encoding="utf-8")
    old.write_text("a", encoding="utf-8")
    ran = cchc("add", "--json", str(new), str(old), "mat.txt")
    assert ran.status == 1
    assert json.loads(ran.out) == {
        "added": [
            {
                "file": str(new),
                "document": "ke-hoach",
                "chunks": 12,
                "targets": 5,
                "deadlines": 2,
            }
        ],
        "unchanged": [{"file": str(old), "document": "1.004222"}],
        "rejected": [{"file": "mat.txt", "reason": "Không tìm thấy tệp."}],
    }
    assert cchc("add", str(new)).status == 0


def test_a_pattern_that_the_shell_left_is_matched(cchc: Cchc, tmp_path: Path) -> None:
    (tmp_path / "x1.txt").write_text("a", encoding="utf-8")
    (tmp_path / "x2.txt").write_text("a", encoding="utf-8")
    report = json.loads(cchc("add", "--json", str(tmp_path / "x*.txt")).out)
    assert [Path(a["file"]).name for a in report["added"]] == ["x1.txt", "x2.txt"]


def test_documents_are_listed_and_searched_without_diacritics(cchc: Cchc) -> None:
    ran = cchc("documents")
    assert ran.status == 0
    assert "3532/QĐ-UBND" in ran.out
    assert "2021–2025" in ran.out
    assert "Đã hết hiệu lực" in ran.out
    found = json.loads(cchc("documents", "quang nam", "--json").out)
    assert [row["id"] for row in found] == ["ke-hoach"]
    assert found[0]["validity"] == "ended"
    assert found[0]["period"] == [2021, 2025]
    assert cchc("documents", "khongcogi").status == 1


def test_show_and_edit_a_document(cchc: Cchc) -> None:
    shown = cchc("documents", "show", "ke-hoach")
    assert "UBND tỉnh Quảng Nam" in shown.out
    assert "2021-2025" in shown.out
    assert fake_application.QUOTE not in shown.out
    assert fake_application.QUOTE in cchc("documents", "show", "ke-hoach", "--text").out
    edited = cchc("documents", "edit", "ke-hoach", "number=99/QĐ-UBND", "place=")
    assert edited.status == 0
    assert "number = 99/QĐ-UBND" in edited.out
    assert "place = (trống)" in edited.out
    for args in (["show", "mat"], ["edit", "mat", "number=1"]):
        assert cchc("documents", *args).status == 1


def test_remove_goes_on_after_an_unknown_id(cchc: Cchc) -> None:
    ran = cchc("remove", "mat", "ke-hoach", "ke-hoach")
    assert ran.status == 1
    assert ran.out == "Đã bỏ ke-hoach\n"
    assert "mat" in ran.err
    assert cchc("remove", "1.004222").status == 0


def test_check_marks_what_is_wrong(cchc: Cchc) -> None:
    ran = cchc("check")
    assert ran.status == 1
    marked = [line for line in ran.out.splitlines() if line.startswith(("✗", "[!!]"))]
    assert len(marked) == 1
    assert [f["ok"] for f in json.loads(cchc("check", "--json").out)] == [True, False]


def test_check_reports_a_home_that_does_not_open(cchc: Cchc, tmp_path: Path) -> None:
    file = tmp_path / "tep"
    file.write_text("", encoding="utf-8")
    ran = cchc("--home", str(file), "check")
    assert ran.status == 1
    assert "Không dùng được thư mục dữ liệu" in ran.out


def test_a_home_that_cannot_be_used_is_one_sentence(cchc: Cchc, tmp_path: Path) -> None:
    file = tmp_path / "tep"
    file.write_text("", encoding="utf-8")
    ran = cchc("--home", str(file), "ask", "a")
    assert ran.status == 2
    assert ran.err.startswith("Lỗi: Không dùng được thư mục dữ liệu")
    assert len(ran.err.splitlines()) == 1


def test_eval_answers_gives_figures_and_rows(cchc: Cchc, tmp_path: Path) -> None:
    questions = tmp_path / "bo.jsonl"
    rows = [
        {"id": "1", "question": "chỉ tiêu", "style": "formal", "gold": ["80% hồ sơ"]},
        {"id": "2", "question": "không biết", "style": "everyday", "answerable": False},
    ]
    questions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    kept = tmp_path / "rows.jsonl"
    ran = cchc("eval", "answers", str(questions), "--json", "--rows", str(kept))
    summary = json.loads(ran.out)
    assert ran.status == 0
    assert summary["styles"]["formal"]["first_quote"] == 1.0
    assert summary["overall"]["unanswerable_answered"] == 0.0
    written = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [row["status"] for row in written] == ["answered", "no_answer"]
    assert written[0]["first_hit"] is True
    table = cchc("eval", "answers", str(questions)).out
    assert "formal" in table
    assert "tất cả" in table


def test_unexpected_errors_show_details_only_on_demand(cchc: Cchc) -> None:
    ran = cchc("ask", "hỏng")
    assert ran.status == 1
    assert len(ran.err.splitlines()) == 1
    assert "Traceback" in cchc("--debug", "ask", "hỏng").err


@pytest.mark.parametrize("number", [errno.EACCES, errno.ENOENT, errno.ENOSPC, errno.EROFS])
def test_what_the_system_refuses_is_told_in_vietnamese(number: int) -> None:
    said = failure(OSError(number, os.strerror(number), "/du-lieu/tep")).format_message()
    assert "/du-lieu/tep" in said
    assert os.strerror(number) not in said


def test_questions_through_a_pipe_and_a_terminal_without_utf8(tmp_path: Path) -> None:
    done = process(
        *("--home", str(tmp_path), "ask", "--json", "--file", "-"),
        given="câu một\ncâu hai\n".encode(),
        LC_ALL="C",
        PYTHONIOENCODING="ascii",
        PYTHONUTF8="0",
    )
    assert done.returncode == 0, done.stderr.decode()
    assert [json.loads(line)["understood"] for line in done.stdout.splitlines()] == [
        "câu một",
        "câu hai",
    ]


def test_undecodable_arguments_do_no_harm(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bot.fake_application", "--home", str(tmp_path)]
    done = subprocess.run(
        [*(part.encode() for part in command), b"ask", b"--json", b"c\xe2u h\xff"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert "�" in json.loads(done.stdout)["understood"]


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.bot.fake_application", "--home", str(tmp_path)]
    lines = b"mot\n" * 2000
    with subprocess.Popen(
        [*command, "ask", "--json", "--file", "-"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdin.write(lines[:400])
        running.stdin.flush()
        running.stdout.readline()
        running.stdout.close()
        try:
            running.stdin.write(lines)
            running.stdin.close()
        except BrokenPipeError:
            pass
        assert running.stderr.read() == b""
        assert running.wait(30) in (0, 1)


def test_extract_reads_without_storing(cchc: Cchc, tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(
        "Kế hoạch cải cách hành chính năm 2024 của tỉnh Đồng Tháp\n"
        "Phấn đấu tỷ lệ hồ sơ đúng hạn đạt từ 95% trở lên.\n"
        "Sở Nội vụ báo cáo kết quả trước ngày 15/12/2024.\n",
        encoding="utf-8",
    )
    ran = cchc("extract", str(file), "--json")
    assert ran.status == 0
    read = json.loads(ran.out)
    assert {"number", "kind", "issuer", "place", "issued_on", "period"} <= set(read["document"])
    (target,) = read["targets"]
    assert (target["comparator"], target["value"], target["year"]) == (">=", 95, 2024)
    (deadline,) = read["deadlines"]
    assert (deadline["due"], deadline["responsible"]) == ("2024-12-15", "Sở Nội vụ")
    shown = cchc("extract", str(file))
    assert "từ 95% trở lên" in shown.out
    missing = cchc("extract", str(tmp_path / "mat.pdf"))
    assert missing.status == 1
    assert missing.err.count("\n") == 1
