"""`python -m tests.soak --minutes 60 --rate 20`: memory and log of a service under mixed traffic.

It passes where memory grows by less than 5 % after the warm-up, the log has no error, and nothing
that was asked is left without an answer.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from pathlib import Path

from bot.application import Application
from bot.common import OVERRIDES
from tests.bot.channels.telegram.server import TOKEN
from tests.faults.serving import Serving
from tests.soak.traffic import Telegram, Traffic

GROWTH = 0.05  # of the memory after the warm-up
WARM_UP = 0.25  # of the time: caches fill, allocators find their size
SAMPLE_EVERY = 5.0  # seconds


def main() -> int:
    """Soak, tell; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--rate", type=float, default=20, help="things that people do a second")
    parser.add_argument("--home", type=Path, help="a home to copy; without, the bundled pages")
    parser.add_argument("--samples", type=Path, help="where the memory is written, a JSON a line")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cchc-soak-") as folder:
        return asyncio.run(_soak(Path(folder), wanted))


async def _soak(folder: Path, wanted: argparse.Namespace) -> int:
    home, files, log = folder / "home", folder / "files", folder / "log"
    files.mkdir()
    _make(home, wanted.home)
    telegram = Telegram()
    await telegram.start()
    serving = Serving(home, log, {"CCHC_TELEGRAM_TOKEN": TOKEN})
    _configure(home, telegram.url, serving.url)
    ready = await asyncio.to_thread(serving.start)
    print(f"ready after {ready:.1f} s", flush=True)
    traffic = Traffic(home, serving.url, telegram, files)
    memory: list[int] = []
    sampling = asyncio.create_task(_sample(serving, memory, wanted.samples))
    await traffic.run(wanted.minutes * 60, wanted.rate)
    sampling.cancel()
    status = await asyncio.to_thread(serving.stop)
    await telegram.stop()
    problems = [*traffic.problems, *telegram.wrong, *serving.errors(), *_grown(memory)]
    if status:
        problems.append(f"the service ended with {status}")
    print("done:", ", ".join(f"{n} {what}" for what, n in sorted(traffic.done.items())))
    for problem in problems[:20]:
        print("PROBLEM:", problem)
    print("passed" if not problems else f"NOT PASSED: {len(problems)} problems")
    return 1 if problems else 0


def _make(home: Path, origin: Path | None) -> None:
    if origin is None:
        Application.open(home).close()
        return
    from bot.measuring.benchmark import copied

    with copied(origin) as copy:
        copy.rename(home)


def _configure(home: Path, telegram: str, own: str) -> None:
    (home / OVERRIDES).mkdir(exist_ok=True)
    (home / OVERRIDES / "channels.toml").write_text(
        f'[server]\npublic_url = "{own}"\n'
        f'[telegram]\napi_url = "{telegram}"\nwebhook = true\nper_second = 1000\n',
        encoding="utf-8",
    )


async def _sample(serving: Serving, memory: list[int], file: Path | None) -> None:
    while True:
        memory.append(serving.memory())
        if file is not None:
            with file.open("a") as samples:
                samples.write(json.dumps({"at": time.time(), "bytes": memory[-1]}) + "\n")
        await asyncio.sleep(SAMPLE_EVERY)


def _grown(memory: list[int]) -> list[str]:
    """Say what memory did; return a problem where it grew too much."""
    warm = memory[int(len(memory) * WARM_UP) :]
    part = max(len(warm) // 4, 1)
    before, after = statistics.median(warm[:part]), statistics.median(warm[-part:])
    growth = after / before - 1
    print(f"memory: {before / 1e6:.0f} MB after the warm-up, {after / 1e6:.0f} MB at the end"
          f" ({growth:+.1%}), at most {max(memory) / 1e6:.0f} MB")  # fmt: skip
    return [] if growth < GROWTH else [f"memory grew by {growth:.1%}"]


if __name__ == "__main__":
    sys.exit(main())
