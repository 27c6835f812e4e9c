"""`cchc serve` as its user meets it: what runs, what does not, and a clean end."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

PATIENCE = 60.0  # seconds, on a busy machine


@pytest.fixture
def serve(bundled_home: Path, tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    home = tmp_path / "copy"
    shutil.copytree(bundled_home, home)
    started: list[subprocess.Popen[str]] = []

    def run(port: int, *options: str, **environment: str) -> subprocess.Popen[str]:
        program = "from bot.cli import main; main()"
        command = [sys.executable, "-c", program, "--home", str(home), "serve", *options]
        process = subprocess.Popen(
            [*command, "--port", str(port)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PATH": "", "PYTHONUTF8": "1", **environment},
        )
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def until_ready(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.05)
    pytest.fail("the server is not ready")


def test_it_answers_says_what_runs_and_stops_cleanly(
    serve: Callable[..., subprocess.Popen[str]], tmp_path: Path
) -> None:
    port = free_port()
    shutil.rmtree(tmp_path / "copy/national")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
        systemd.bind(str(tmp_path / "notify"))
        systemd.settimeout(PATIENCE)
        process = serve(port, NOTIFY_SOCKET=str(tmp_path / "notify"))
        assert systemd.recv(100) == b"READY=1"
    assert httpx.get(f"http://127.0.0.1:{port}/readyz").status_code == 200
    assert httpx.get(f"http://127.0.0.1:{port}/healthz").text == "ok"
    asked = {"text": "PAR Index là gì?", "session": "a"}
    answer = httpx.post(f"http://127.0.0.1:{port}/api/ask", json=asked, timeout=PATIENCE).json()
    assert answer["status"] == "answered"
    # The sheets of the national procedures are made meanwhile, so that nobody waits for them.
    until = time.monotonic() + PATIENCE
    while not (tmp_path / "copy/national/index/CURRENT").exists() and time.monotonic() < until:
        time.sleep(0.1)
    asked = {"text": "làm hộ chiếu hết bao nhiêu tiền", "session": "a"}
    answer = httpx.post(f"http://127.0.0.1:{port}/api/ask", json=asked, timeout=PATIENCE).json()
    assert answer["facts"][0]["code"] == "1.001456"
    process.send_signal(signal.SIGTERM)
    # The answering processes hold the same pipes: both end only when all have.
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert err == ""
    assert f"http://127.0.0.1:{port}/" in out
    assert "CCHC_TELEGRAM_TOKEN" in out
    assert "CCHC_ZALO_BOT_TOKEN" in out


def test_a_taken_port_is_one_sentence(serve: Callable[..., subprocess.Popen[str]]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = serve(taken.getsockname()[1])
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert err.startswith("Lỗi: Không lắng nghe được ở 127.0.0.1")
    assert "Traceback" not in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_token_is_said_and_the_page_runs(
    serve: Callable[..., subprocess.Popen[str]],
) -> None:
    port = free_port()
    process = serve(port, "--log-json", CCHC_TELEGRAM_TOKEN="không phải mã")
    until_ready(port)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert out == ""
    said = "\n".join(json.loads(line)["message"] for line in err.splitlines())
    assert "CCHC_TELEGRAM_TOKEN" in said
    assert "không phải mã" not in said
