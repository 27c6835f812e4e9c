"""The terminal channel: through a pipe, and at a real (pseudo) terminal."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.channels.drawing import BAR
from config.texts import load_texts
from tests.bot.fake_application import QUOTE, SOURCE

pty = pytest.importorskip("pty", reason="pseudo terminals are needed")
import select  # noqa: E402

ROOT = Path(__file__).parents[2]
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
CODES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]")
TEXTS = load_texts()


def chat(home: Path, *options: str) -> list[str]:
    program = [sys.executable, "-m", "tests.bot.fake_application"]
    return [*program, *options, "--home", str(home), "chat"]


def piped(home: Path, lines: str | bytes, *options: str) -> subprocess.CompletedProcess[bytes]:
    given = lines if isinstance(lines, bytes) else lines.encode()
    return subprocess.run(
        chat(home, *options), cwd=ROOT, input=given, capture_output=True, timeout=60, check=False
    )


def _heed_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class AtTerminal:
    """A chat at a pseudo terminal of 60 columns, typed to line by line."""

    def __init__(self, home: Path, **environment: str) -> None:
        self._own, theirs = pty.openpty()
        own = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "60", "LINES": "40"}
        own.pop("NO_COLOR", None)
        self._process = subprocess.Popen(
            chat(home),
            cwd=ROOT,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env=own | environment,
            start_new_session=True,
            # Who starts the tests in the background may have them ignore Ctrl-C.
            preexec_fn=_heed_interrupts,
        )
        os.close(theirs)
        self.seen = self.until(TEXTS.chat.prompt)

    def type(self, keys: str, until: str) -> str:
        os.write(self._own, keys.encode())
        return self.until(until)

    def until(self, wanted: str) -> str:
        """Return what appears up to `wanted`, without which the test fails."""
        raw, ends = b"", time.monotonic() + 30
        while wanted not in raw.decode("utf-8", "replace"):
            assert time.monotonic() < ends, raw.decode("utf-8", "replace")
            if select.select([self._own], [], [], 0.2)[0]:
                try:
                    raw += os.read(self._own, 65536)
                except OSError:  # Linux says so when the other side has gone
                    break
        text = raw.decode("utf-8", "replace").replace("\r\n", "\n")
        assert wanted in text, text
        return text

    def interrupt(self) -> None:
        """Press Ctrl-C, again where readline was not listening yet."""
        for _ in range(5):
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(2)
                return

    def ends_with(self) -> int:
        try:
            return self._process.wait(30)
        finally:
            self._process.kill()
            self._process.wait()
            os.close(self._own)


def test_a_piped_conversation_is_text_alone(tmp_path: Path) -> None:
    done = piped(tmp_path, "chỉ tiêu năm 2025\n1\n\n/thoat\nkhông tới đây\n")
    said = done.stdout.decode()
    assert done.returncode == 0
    assert done.stderr == b""
    assert said.startswith(TEXTS.chat.greeting)
    assert f"“{QUOTE}”" in said
    assert "Bạn đã chọn: Đất đai" in said
    assert TEXTS.guard.empty in said
    assert said.rstrip().endswith(TEXTS.chat.goodbye)
    assert "không tới đây" not in said
    assert TEXTS.chat.prompt not in said
    assert "\x1b" not in said


def test_the_end_of_the_input_ends_the_conversation(tmp_path: Path) -> None:
    done = piped(tmp_path, "chào")
    assert done.returncode == 0
    assert TEXTS.chat.goodbye in done.stdout.decode()


def test_control_characters_and_broken_bytes_are_cleaned(tmp_path: Path) -> None:
    done = piped(tmp_path, "h\u1ed3 \x07s\u01a1\x1b[A \u200b\x00 \t".encode() + b"\xff\n")
    said = done.stdout.decode()
    assert done.returncode == 0
    assert re.search("là: hồ +sơ", said)
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", said)


def test_one_broken_reply_does_not_end_the_conversation(tmp_path: Path) -> None:
    done = piped(tmp_path, "hỏng\nlệ phí\n")
    assert done.returncode == 0
    assert TEXTS.errors.reply in done.stdout.decode()
    assert "là: lệ phí" in done.stdout.decode()
    assert done.stderr == b""
    assert b"Traceback" in piped(tmp_path, "hỏng\n", "--debug").stderr


def test_a_conversation_at_a_terminal(tmp_path: Path) -> None:
    terminal = AtTerminal(tmp_path)
    assert "Chào bạn" in terminal.seen
    reply = terminal.type("chi tieu\r", TEXTS.chat.prompt)
    assert COLOURS.search(reply)
    drawn = CODES.sub("", reply)
    lines = [line.rstrip() for line in drawn.splitlines()]
    quoted = [line.removeprefix(BAR) for line in lines if line.startswith(BAR)]
    assert " ".join(quoted).split() == QUOTE.split()
    assert max(map(len, lines)) <= 60
    said = " ".join(drawn.split())
    for words in (SOURCE, "Quảng Nam nay thuộc Đà Nẵng.", "Xem thêm: 1. Đất đai 2. Hộ tịch"):
        assert words in said
    chosen = terminal.type("1\r", TEXTS.chat.prompt)
    assert "Bạn đã chọn: Đất đai" in chosen
    terminal.type("\x04", TEXTS.chat.goodbye)
    assert terminal.ends_with() == 0


def test_lines_are_kept_for_their_owner_alone(tmp_path: Path) -> None:
    first = AtTerminal(tmp_path)
    first.type("lệ phí hộ chiếu\r", TEXTS.chat.prompt)
    first.type("/thoat\r", TEXTS.chat.goodbye)
    assert first.ends_with() == 0
    kept = tmp_path / "history"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "lệ phí hộ chiếu" in kept.read_text("utf-8")
    second = AtTerminal(tmp_path)
    second.type("\x1b[A\x1b[A", "lệ phí hộ chiếu")
    second.type("\r", TEXTS.chat.prompt)
    second.type("\x04", TEXTS.chat.goodbye)
    assert second.ends_with() == 0


def test_no_color_means_no_escape_codes_in_a_reply(tmp_path: Path) -> None:
    terminal = AtTerminal(tmp_path, NO_COLOR="1")
    reply = terminal.type("chi tieu\r", TEXTS.chat.prompt)
    assert not COLOURS.search(reply)
    assert BAR in reply
    terminal.type("\x04", TEXTS.chat.goodbye)
    assert terminal.ends_with() == 0


def test_interrupting_ends_quietly_with_130(tmp_path: Path) -> None:
    terminal = AtTerminal(tmp_path)
    terminal.interrupt()
    assert terminal.ends_with() == 130
