"""`cchc serve` as a process of its own, as people meet it, over a home that is only measured."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections import Counter
from pathlib import Path

from bot.measuring.benchmark import PATIENCE, BenchmarkError
from bot.measuring.program import command, environment

_MEMORY = re.compile(r"^(Rss|Pss):\s+(\d+) kB$", re.MULTILINE)
PAUSE = 0.01  # seconds between two looks whether it is ready


class Serving:
    """A running server.

    Args:
        home: folder of the documents.

    Attributes:
        port: where it listens.
        ready_after: seconds from its start to its being ready.

    Raises:
        BenchmarkError: it does not become ready.
    """

    def __init__(self, home: Path) -> None:
        self.port = _free_port()
        began = time.perf_counter()
        # Channels of messengers have no place here: only what the home configures of the page.
        tokens = ("CCHC_TELEGRAM_TOKEN", "CCHC_ZALO_BOT_TOKEN", "CCHC_ZALO_OA_APP_ID")
        self._process = subprocess.Popen(
            [*command(home), "serve", "--host", "127.0.0.1", "--port", str(self.port)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={k: v for k, v in environment().items() if k not in tokens},
        )
        try:
            self._wait(began + PATIENCE)
        except BaseException:
            self.kill()
            raise
        self.ready_after = time.perf_counter() - began

    @property
    def memory(self) -> dict[str, float]:
        """Its memory, as `memory_of` returns it."""
        return memory_of(self._process.pid)

    @property
    def processor_seconds(self) -> float:
        """Processor time that it and what it started have taken; 0 where nobody tells."""
        return sum(map(_processor_seconds, _with_children(self._process.pid)))

    @property
    def own_processor_seconds(self) -> float:
        """Processor time of the process that takes the requests, without those that answer."""
        return _processor_seconds(self._process.pid)

    def kill(self) -> None:
        """End it without any farewell."""
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Ask it to stop and return its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(PATIENCE)

    def _wait(self, until: float) -> None:
        while time.perf_counter() < until:
            if self._process.poll() is not None:
                raise BenchmarkError("Lệnh serve dừng trước khi sẵn sàng.")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=1):
                    return
            except OSError:
                time.sleep(PAUSE)
        raise BenchmarkError("Lệnh serve không sẵn sàng sau năm phút.")


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_of(pid: int) -> dict[str, float]:
    """Return the memory of a process and what it started, in MB.

    Args:
        pid: number of the process.

    Returns:
        "pss" counts what processes share once, "rss" counts it for each of them; empty where the
        system does not tell.
    """
    found: Counter[str] = Counter()
    for one in _with_children(pid):
        try:
            told = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        for name, size in _MEMORY.findall(told):
            found[name.lower()] += int(size)
    return {name: size / 1024 for name, size in found.items()}


def _with_children(pid: int) -> list[int]:
    try:
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        own = []
    return [pid, *(one for child in own for one in _with_children(int(child)))]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
