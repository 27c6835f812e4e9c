"""`cchc eval targets`: targets and deadlines held against labelled rows."""

from __future__ import annotations

import json
from pathlib import Path

import click

from bot.commands.base import Command, WrongUse
from bot.commands.columns import columns
from bot.commands.opening import print_json
from bot.commands.options import json_option

_FILE = click.Path(path_type=Path)


@click.command("targets", cls=Command)
@click.option("--shared", type=_FILE, metavar="THƯ_MỤC", help="Nơi có các bộ dev.")
@click.option("--plans", type=_FILE, metavar="THƯ_MỤC", help="Thư mục kế hoạch có nhãn (.toml).")
@click.option("--only", default="", metavar="ĐẦU_TÊN", help="Chỉ đo kế hoạch có tên bắt đầu thế.")
@click.option("--half", type=click.Choice(["build", "check"]), help="Chỉ đo nửa này.")
@click.option("--rows", is_flag=True, help="In cả các dòng bỏ sót và các dòng thừa.")
@json_option
def evaluate_targets(
    shared: Path | None, plans: Path | None, only: str, half: str | None, rows: bool, as_json: bool
) -> int:
    """Đo việc đọc chỉ tiêu và thời hạn từ văn bản.

    Một dòng chỉ tiêu đúng khi đúng chỉ số, so sánh, giá trị, năm và nằm trong câu đã đánh dấu.
    """
    from bot.measuring.plans import measure_plans
    from bot.measuring.targets import measure_targets

    if plans is not None:
        scores = measure_plans(plans, only)
    elif shared is not None:
        scores = measure_targets(shared, half)
    else:
        raise WrongUse("Hãy nêu --shared hoặc --plans.")
    figures = scores.as_json()
    if as_json:
        print_json(figures)
    else:
        headings = ["", *figures["targets"]]
        lines = [[kind, *map(str, figures[kind].values())] for kind in ("targets", "deadlines")]
        click.echo("\n".join(columns([headings, *lines])))
        click.echo(f"văn bản: {figures['documents']}")
        click.echo(f"dòng thừa ở văn bản không có chỉ tiêu: {figures['false_on_negatives']}")
    if rows:
        for kind, score in (("target", scores.targets), ("deadline", scores.deadlines)):
            for name, found in (("missed", score.missed), ("false", score.false)):
                for row in found:
                    click.echo(json.dumps({"what": name, "kind": kind, **row}, ensure_ascii=False))
    return 0
