"""`cchc serve` as a process of its own over a home, watched from outside."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx

from bot.measuring.serving.process import memory_of
from tests.bot.program import MAIN, ROOT

PATIENCE = 120.0  # seconds until a service that does not get ready counts as hanging


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class Serving:
    """A service that can be started again and again.

    Args:
        home: its home, also as an attribute.
        log: file that its log is added to, a JSON object a line.
        environ: environment variables beside those of this process.
    """

    def __init__(self, home: Path, log: Path, environ: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self.home = home
        self._log = log
        self._environ = {**os.environ, **(environ or {})}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The number of its process."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> float:
        """Start it; return after how many seconds it is ready.

        Raises:
            TimeoutError: it does not get ready.
        """
        began = time.monotonic()
        command = [sys.executable, "-c", MAIN, "--home", str(self.home)]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [*command, "serve", "--log-json", "--port", str(self.port)],
                cwd=ROOT,
                env=self._environ,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
            )
        while time.monotonic() - began < PATIENCE:
            try:
                if httpx.get(f"{self.url}/readyz", timeout=5).status_code == 200:
                    return time.monotonic() - began
            except httpx.HTTPError:
                pass
            time.sleep(0.02)
        raise TimeoutError(f"the service is not ready after {PATIENCE:g} s")

    def kill(self) -> None:
        """End it without any farewell."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def stop(self) -> int:
        """Ask it to end; return its exit status."""
        assert self._process is not None
        self._process.terminate()
        status = self._process.wait(PATIENCE)
        self._process = None
        return status

    def memory(self) -> int:
        """Return how many bytes of memory its processes hold together (pss); Linux only."""
        return int(memory_of(self.pid)["pss"] * 2**20)

    def errors(self) -> list[str]:
        """Return what its log says of errors, and lines that are no log lines."""
        found = []
        for line in self._log.read_text("utf-8").splitlines():
            try:
                entry = json.loads(line)
            except ValueError:
                found.append(line)
                continue
            if entry["level"] in ("error", "critical"):
                found.append(f"{entry['logger']}: {entry['message']}")
        return found
