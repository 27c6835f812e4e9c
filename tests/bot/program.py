"""The real program as a process of its own, over a home with the bundled pages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
MAIN = "from bot.cli import main; main()"
# As root no permission stops the program, so it becomes nobody once all that it needs is loaded.
AS_NOBODY = (
    "import locale, os, bot.application, bot.commands.add, index.evaluation.retrieval;"
    " from config.words import load_words; load_words(); from bot.cli import main;"
    " os.geteuid() or os.setuid(65534); main()"
)


def copied(home: Path, target: Path) -> Path:
    """Copy a home that a test may change."""
    shutil.copytree(home, target, dirs_exist_ok=True)
    return target


def started(
    home: Path, *args: str, script: str = MAIN, given: bytes | None = None
) -> subprocess.Popen[bytes]:
    """Start `cchc` on a home.

    Args:
        home: the folder.
        args: what follows `cchc --home HOME`.
        script: what is run.
        given: whether something will be written to it.
    """
    command = [sys.executable, "-c", script, "--home", str(home)]
    return subprocess.Popen(
        [*command, *args],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        stdin=subprocess.DEVNULL if given is None else subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def ran(
    home: Path, *args: str, script: str = MAIN, given: bytes | None = None
) -> tuple[int, str, str]:
    """Run `cchc` on a home; return its exit status, output and errors."""
    with started(home, *args, script=script, given=given) as running:
        out, err = running.communicate(given, timeout=60)
    return running.returncode, out.decode(), err.decode()


def write_plans(folder: Path, count: int) -> list[Path]:
    """Write plans that differ in one number."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"ke-hoach-{i}.txt" for i in range(count)]
    for i, path in enumerate(paths):
        text = f"Kế hoạch nuôi ong lấy mật của hợp tác xã\nĐợt {i} nuôi {i + 1000} đàn ong.\n"
        path.write_text(text, encoding="utf-8")
    return paths
