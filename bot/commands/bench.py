"""`cchc bench`: speed and memory, beside two baselines; and how they grow with the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Group, Session, WrongUse
from bot.commands.opening import print_json
from bot.commands.options import json_option
from bot.commands.progress import ProgressBar

if TYPE_CHECKING:
    from bot.measuring.benchmark import Row

_FILE = click.Path(path_type=Path)
_ROUNDS = "Số vòng hỏi; từ vòng hai là câu đã nhớ."


@click.group(cls=Group, invoke_without_command=True)
@click.option("--rounds", type=click.IntRange(1, 100), default=1, help=_ROUNDS)
@json_option
@click.pass_context
def bench(context: click.Context, rounds: int, as_json: bool) -> int | None:
    """Đo tốc độ và bộ nhớ, cạnh hai cách làm đơn giản hơn."""
    if context.invoked_subcommand is not None:
        return None
    from bot.measuring.benchmark import bundled_questions, run_benchmark

    session = context.ensure_object(Session)
    return _shown(run_benchmark(session.home, bundled_questions(), rounds), as_json)


def _shown(rows: Sequence[Row], as_json: bool) -> int:
    from bot.measuring.benchmark import format_table

    print_json([asdict(row) for row in rows]) if as_json else click.echo(format_table(rows))
    return 0


def _sizes(context: click.Context, option: click.Parameter, written: str) -> list[int]:
    try:
        sizes = [int(size) for size in written.split(",")]
    except ValueError:
        sizes = []
    if not sizes or min(sizes) < 1:
        raise WrongUse(
            "--sizes cần các số nguyên dương cách nhau bằng dấu phẩy, ví dụ 10000,100000."
        )
    return sizes


@bench.command("large", cls=Command)
@click.option("--shared", type=_FILE, required=True, metavar="THƯ_MỤC", help="Nơi có kho văn bản.")
@click.option(
    "--sizes",
    default="10000,100000,1000000",
    callback=_sizes,
    metavar="SỐ,SỐ",
    help="Số mục của từng kho.",
)
@click.option("--kept", type=_FILE, metavar="THƯ_MỤC", help="Nơi giữ những gì dùng lại được.")
@click.option("--stores", type=_FILE, metavar="THƯ_MỤC", help="Giữ các kho ở đây, lần sau chỉ hỏi.")
@click.option("--picture", type=_FILE, metavar="TỆP.png", help="Vẽ kết quả.")
@click.option("--engines", is_flag=True, help="So cách tìm theo chữ với FTS5, tantivy và bm25s.")
@json_option
def large(
    shared: Path,
    sizes: list[int],
    kept: Path | None,
    stores: Path | None,
    picture: Path | None,
    engines: bool,
    as_json: bool,
) -> int:
    """Đo trên các kho lớn, làm ra bằng cách biến đổi văn bản thật."""
    from platformdirs import user_cache_path

    from bot.measuring.large import benchmark

    kept = kept or user_cache_path("cchc", appauthor=False) / "bench"
    kept.mkdir(parents=True, exist_ok=True)
    if engines:
        with ProgressBar() as progress:
            compared = benchmark.compare(shared, kept, sizes, progress)
        print_json(compared) if as_json else click.echo(benchmark.format_comparison(compared))
        return 0
    with ProgressBar() as progress:
        measured = benchmark.measure(shared, kept, sizes, progress, stores)
    print_json(measured) if as_json else click.echo(benchmark.format_table(measured))
    if picture:
        from bot.measuring.large.picture import draw

        draw(measured, picture)
    return 0


@bench.command("lookups", cls=Command)
@click.option("--rounds", type=click.IntRange(1, 1000), default=1, help=_ROUNDS)
@json_option
@click.pass_context
def lookups(context: click.Context, rounds: int, as_json: bool) -> int:
    """Đo việc tra chỉ tiêu, thời hạn, thủ tục trên kho đang có."""
    from bot.measuring.lookups import bundled_lookups, run_lookups

    home = context.ensure_object(Session).home
    return _shown(run_lookups(home, bundled_lookups(), rounds), as_json)


@bench.command("telegram", cls=Command)
@click.option("--singly", type=click.IntRange(1), default=200, help="Số câu hỏi từng câu một.")
@click.option("--rate", type=click.IntRange(1), default=50, help="Số câu mỗi giây khi hỏi dồn.")
@click.option("--seconds", type=click.IntRange(1), default=60, help="Hỏi dồn trong bao nhiêu giây.")
@json_option
@click.pass_context
def telegram(context: click.Context, singly: int, rate: int, seconds: int, as_json: bool) -> int:
    """Đo kênh Telegram với một máy chủ Bot API ngay trên máy này."""
    from bot.measuring.benchmark import bundled_questions
    from bot.measuring.telegram.benchmark import run_telegram

    home = context.ensure_object(Session).home
    return _shown(run_telegram(home, bundled_questions(), singly, rate, seconds), as_json)


@bench.command("api", cls=Command)
@click.option("--rate", type=click.FloatRange(1), default=150, help="Số câu mỗi giây.")
@click.option("--seconds", type=click.FloatRange(1), default=60, help="Hỏi trong bao nhiêu giây.")
@click.option(
    "--repeated",
    type=click.FloatRange(0, 1, max_open=True),
    default=0.5,
    help="Phần câu hỏi lặp lại câu đã có người hỏi; 0 là khác nhau hết.",
)
@json_option
@click.pass_context
def api(context: click.Context, rate: float, seconds: float, repeated: float, as_json: bool) -> int:
    """Đo POST /api/ask: ở tốc độ đã cho, sức chứa, rồi gấp đôi sức chứa."""
    from bot.measuring.serving.api import run_api

    home = context.ensure_object(Session).home
    return _shown(run_api(home, rate, seconds, repeated), as_json)


@bench.command("serve", cls=Command)
@click.option(
    "--questions", type=click.IntRange(1), default=500, help="Số câu trước khi đo bộ nhớ."
)
@json_option
@click.pass_context
def serve(context: click.Context, questions: int, as_json: bool) -> int:
    """Đo lúc khởi động, bộ nhớ, và lúc chạy lại sau khi bị giết."""
    from bot.measuring.serving.start import run_start

    return _shown(run_start(context.ensure_object(Session).home, questions), as_json)


@bench.command("page", cls=Command)
@click.option("--times", type=click.IntRange(1), default=20, help="Số lần mở trang.")
@json_option
@click.pass_context
def page(context: click.Context, times: int, as_json: bool) -> int:
    """Đo trang web trong Chromium: sau bao lâu thì dùng được."""
    from bot.measuring.serving.page import run_page

    return _shown(run_page(context.ensure_object(Session).home, times), as_json)


@bench.command("ratings", cls=Command)
@click.option("--count", type=click.IntRange(1000, 10_000_000), default=1_000_000, help="Số phiếu.")
@click.option("--people", type=click.IntRange(20, 1_000_000), default=3000, help="Số người gửi.")
@json_option
def ratings(count: int, people: int, as_json: bool) -> int:
    """Đo tốc độ ghi phiếu, tính báo cáo và vẽ biểu đồ."""
    from bot.measuring.ratings.benchmark import measure

    with ProgressBar() as progress:
        figures = measure(count, people, progress)
    if as_json:
        print_json(figures)
    else:
        for name, value in figures.items():
            click.echo(f"{name}: {value}")
    return 0
