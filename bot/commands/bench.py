"""`cchc bench`: speed and memory, beside two baselines."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from bot.commands.base import Command, Session
from bot.commands.options import json_option


@click.command(cls=Command)
@click.option("--rounds", type=click.IntRange(1, 100), default=3, help="Số vòng hỏi.")
@json_option
@click.pass_obj
def bench(session: Session, rounds: int, as_json: bool) -> int:
    """Đo tốc độ và bộ nhớ, cạnh hai cách làm đơn giản hơn."""
    from bot.measuring.benchmark import bundled_questions, format_table, run_benchmark

    rows = run_benchmark(session.home, bundled_questions(), rounds)
    if as_json:
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False))
    else:
        click.echo(format_table(rows))
    return 0
