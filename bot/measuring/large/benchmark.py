"""How latency, memory and building time grow from ten thousand sections to a million."""

from __future__ import annotations

import json
import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bot.commands.columns import columns
from bot.measuring.large import comparing, steps
from bot.measuring.large.engines import ENGINES
from bot.measuring.large.steps import Figures
from bot.progress import Progress
from index.build import FORMAT

SIZES = (10_000, 100_000, 1_000_000)

#: The figures of a size and their names, in the order of the table.
SHOWN = {
    "sections": "số mục",
    "documents": "số văn bản",
    "vectors": "số véc-tơ",
    "build_s": "lập chỉ mục, giây",
    "build_max_mb": "bộ nhớ lúc lập, MB",
    "index_mb": "chỉ mục trên đĩa, MB",
    "store_mb": "kho trên đĩa, MB",
    "load_s": "mở, giây",
    "rss_mb": "bộ nhớ lúc hỏi, MB",
    "own_mb": "trong đó của riêng, MB",
    "p50_ms": "một câu hỏi, p50 ms",
    "p95_ms": "một câu hỏi, p95 ms",
    "understand_ms": "  hiểu câu hỏi, ms",
    "encode_ms": "  mã hóa, ms",
    "lexical_ms": "  tìm theo chữ, ms",
    "lexical_p95_ms": "  tìm theo chữ, p95 ms",
    "dense_ms": "  tìm theo nghĩa, ms",
    "rest_ms": "  phần còn lại, ms",
    "recall@10": "véc-tơ gần nhất tìm được",
    "agreement@10": "trùng với chấm điểm tất cả",
}


COMPARED = {
    "sections": "số mục",
    "build_s": "lập, giây",
    "build_max_mb": "bộ nhớ lúc lập, MB",
    "index_mb": "trên đĩa, MB",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
}

Comparison = dict[str, Any]


def measure(
    shared: Path,
    kept: Path,
    sizes: Sequence[int],
    progress: Progress,
    stores: Path | None = None,
) -> list[Figures]:
    """Return the figures of each size.

    Args:
        shared: folder of the corpora and the question sets.
        kept: folder of the real texts and vectors that are kept between runs.
        sizes: numbers of sections.
        progress: told ("measure", done, all) of the steps.
        stores: where the stores are kept as well, to be only asked the next time; without, they
            are made in a temporary folder.

    Raises:
        EvaluationError: a corpus or a question set cannot be read.
    """
    measured: list[Figures] = []
    with ExitStack() as leaving:
        at = stores or Path(leaving.enter_context(tempfile.TemporaryDirectory(dir=kept)))
        for number, size in enumerate(sizes):
            figures = _made(at, shared, kept, size)
            progress("measure", 2 * number + 1, 2 * len(sizes))
            measured.append(figures | _apart(steps.ask, at / str(size), shared))
            progress("measure", 2 * number + 2, 2 * len(sizes))
            if not stores:
                shutil.rmtree(at / str(size))
    return measured


def _made(stores: Path, shared: Path, kept: Path, size: int) -> Figures:
    """Return what making a store and its index took; only what is missing is made."""
    home, written = stores / str(size), stores / f"{size}.json"
    figures: Figures = json.loads(written.read_text("utf-8")) if written.is_file() else {}
    if not figures:
        shutil.rmtree(home, ignore_errors=True)  # left by a run that was stopped
        home.mkdir(parents=True)
        figures = _apart(steps.make, home, shared, kept, size)
    if figures.get("format") != FORMAT:
        figures |= _apart(steps.index, home) | {"format": FORMAT}
        written.write_text(json.dumps(figures), "utf-8")
    return figures


def compare(shared: Path, kept: Path, sizes: Sequence[int], progress: Progress) -> list[Comparison]:
    """Return what each lexical engine takes at each size; the arguments are those of `measure`."""
    compared: list[Comparison] = []
    for number, size in enumerate(sizes):
        with tempfile.TemporaryDirectory(dir=kept) as folder:
            made = Path(folder)
            sections = _apart(comparing.write_terms, made, shared, kept, size)
            for at, engine in enumerate(ENGINES):
                progress("measure", number * len(ENGINES) + at, len(sizes) * len(ENGINES))
                place = made / engine.__name__
                place.mkdir()
                row: Comparison = {"engine": engine.name, **sections}
                try:
                    row |= _apart(comparing.run_engine, made, engine, place)
                except ImportError as error:
                    row["missing"] = f"chưa cài {error.name}"
                compared.append(row)
    return compared


def format_comparison(compared: Sequence[Comparison]) -> str:
    """Return the comparison as a table for people, a line for each engine and size."""
    rows = [["cách tìm", *COMPARED.values(), ""]]
    for row in compared:
        cells = [f"{row[name]:,g}" if name in row else "" for name in COMPARED]
        rows.append([row["engine"], *cells, row.get("missing", "")])
    return "\n".join(columns(rows))


def format_table(measured: Sequence[Figures]) -> str:
    """Return the figures as a table for people, a column for each size."""
    return "\n".join(
        columns([[label, *(f"{f[name]:,g}" for f in measured)] for name, label in SHOWN.items()])
    )


def _apart(step: Callable[..., Figures], *args: Any) -> Figures:
    """Run a step in a process of its own."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(step, *args).result()
