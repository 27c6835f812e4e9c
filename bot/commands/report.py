"""`cchc report`: the ratings in figures, as text, JSON or files."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Session, WrongUse
from bot.commands.opening import print_json
from bot.commands.options import day_type, json_option
from bot.commands.rating_desk import opened_reports

if TYPE_CHECKING:
    from bot.ratings.reports.report import Report

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("report", cls=Command)
@click.option("--from", "start", type=day_type(), metavar="NGÀY", help="Ngày đầu.")
@click.option("--to", "end", type=day_type(), metavar="NGÀY", help="Ngày cuối; mặc định hôm nay.")
@click.option("--office", metavar="MÃ", help="Chỉ cơ quan này.")
@click.option("--service", metavar="MÃ", help="Chỉ dịch vụ này.")
@click.option("--field", metavar="TÊN", help="Chỉ lĩnh vực này.")
@click.option("--channel", metavar="TÊN", help="Chỉ kênh này, ví dụ telegram.")
@click.option("--by", "unit", type=click.Choice(["day", "week", "month"]), help="Diễn biến theo.")
@click.option("--xlsx", type=_FILE, metavar="TỆP", help="Ghi bảng tính.")
@click.option("--csv", type=_FILE, metavar="TỆP", help="Ghi CSV mở được bằng Excel.")
@click.option("--docx", type=_FILE, metavar="TỆP", help="Ghi báo cáo theo thể thức văn bản.")
@click.option("--png", type=_FILE, metavar="TỆP", help="Ghi biểu đồ; nhiều hình thì thêm -2, -3.")
@json_option
@click.pass_obj
def report(
    session: Session,
    start: date | None,
    end: date | None,
    office: str | None,
    service: str | None,
    field: str | None,
    channel: str | None,
    unit: str | None,
    xlsx: Path | None,
    csv: Path | None,
    docx: Path | None,
    png: Path | None,
    as_json: bool,
) -> int:
    """Báo cáo kết quả đánh giá, mặc định 30 ngày gần nhất."""
    from bot.ratings.reports.asked_days import USUAL
    from bot.ratings.reports.scope import Scope, Unit
    from bot.ratings.reports.writing import summary

    with opened_reports(session) as reporting:
        end = end or reporting.today()
        start = start or end - timedelta(days=USUAL - 1)
        if start > end:
            raise WrongUse("Ngày --from phải trước ngày --to.")
        step = Unit(unit) if unit else None
        made = reporting.report(Scope(start, end, office, service, field, channel, step))
        for path, ending in ((xlsx, "xlsx"), (csv, "csv"), (docx, "docx")):
            if path is not None:
                path.write_bytes(reporting.file(made, ending))
    if png is not None:
        _draw(made, png)
    print_json(made.as_json()) if as_json else click.echo(summary(made))
    return 0


def _draw(made: Report, path: Path) -> None:
    from bot.ratings.reports.pictures import draw_report

    for number, picture in enumerate(draw_report(made), 1):
        name = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        name.write_bytes(picture)
