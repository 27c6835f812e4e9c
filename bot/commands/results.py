"""`cchc progress`: results of targets: taken in, listed, written as a report."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Group, Session, WrongUse
from bot.commands.columns import columns, printed_width
from bot.commands.failure import PARTLY, Unusable
from bot.commands.opening import opened, print_json
from bot.commands.options import day_option, json_option
from bot.streams import readable

if TYPE_CHECKING:
    from bot.application import Application
    from bot.results.report import Line

SHOWN = ("CHỈ TIÊU", "MỤC TIÊU", "KẾT QUẢ", "NĂM", "TÌNH TRẠNG", "CHÊNH LỆCH")
_QUERY = click.argument("query", nargs=-1, metavar="[TỪ CẦN TÌM]")


@click.group("progress", cls=Group)
def progress() -> None:
    """Kết quả thực hiện các chỉ tiêu."""


@progress.command("import", cls=Command)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="TỆP.xlsx…"
)
@json_option
@click.pass_obj
def import_results(session: Session, files: tuple[Path, ...], as_json: bool) -> int:
    """Nhập kết quả từ bảng tính .xlsx.

    Cần các cột Chỉ tiêu, Kết quả, Năm; có thể thêm Đơn vị, Địa phương, Lĩnh vực, Ngày, Nguồn.
    Dòng nào không đọc được thì nêu tên ô và lý do, các dòng khác vẫn được nhập.
    """
    from knowledge.results.sheet import SheetError, SheetReader

    stored, refused = 0, []
    with opened(session) as application:
        reader = SheetReader(application.rows.names, application.places)
        for file in files:
            try:
                report = reader.read(file)
            except SheetError as error:
                refused.append({"file": str(file), "cell": None, "reason": str(error)})
                continue
            stored += application.results.add(report.results)
            refused += [
                {"file": str(file), "cell": one.cell, "reason": one.reason}
                for one in report.problems
            ]
    if as_json:
        print_json({"stored": stored, "refused": refused})
        return PARTLY if refused else 0
    click.echo(f"Đã nhập {stored} dòng.")
    for one in refused:
        where = f"{one['file']}, ô {one['cell']}: " if one["cell"] else ""
        click.echo(f"Không nhận: {where}{one['reason']}", err=True)
    return PARTLY if refused else 0


@progress.command("list", cls=Command)
@_QUERY
@day_option
@json_option
@click.pass_obj
def list_progress(session: Session, query: tuple[str, ...], on: date | None, as_json: bool) -> int:
    """Xem chỉ tiêu, kết quả, chênh lệch và tình trạng."""
    from bot.results.report import cells_of, summary
    from bot.row_texts import as_fact

    with opened(session) as application:
        lines = _lines(application, query, on or date.today())
        texts = application.texts
    if as_json:
        print_json(
            [
                as_fact(line.found)
                | {
                    "state": line.progress.state.value,
                    "gap": line.progress.gap,
                    "result": line.progress.result and line.progress.result.value,
                    "result_as_of": line.progress.result and line.progress.result.as_of.isoformat(),
                    "result_source": line.progress.result and line.progress.result.source,
                }
                for line in lines
            ]
        )
    elif lines:
        rows = [cells_of(i, line, texts)[1:7] for i, line in enumerate(lines, 1)]
        click.echo("\n".join(columns([SHOWN, *rows], 0, printed_width())))
        click.echo(summary(lines, texts.results))
    else:
        click.echo("Không có chỉ tiêu nào khớp.", err=True)
    return 0 if lines else PARTLY


@progress.command("report", cls=Command)
@_QUERY
@click.option("--out", "out", type=click.Path(path_type=Path), required=True, metavar="TỆP",
              help="Tệp .xlsx hoặc .docx để ghi.")  # fmt: skip
@day_option
@click.pass_obj
def report(session: Session, query: tuple[str, ...], out: Path, on: date | None) -> int:
    """Ghi bảng chỉ tiêu và kết quả ra tệp .xlsx hoặc .docx."""
    from bot.results.report import write_docx, write_xlsx

    if out.suffix.lower() not in (".xlsx", ".docx"):
        raise WrongUse("Tệp kết quả phải có đuôi .xlsx hoặc .docx.")
    day = on or date.today()
    with opened(session) as application:
        lines = _lines(application, query, day)
        texts = application.texts
    if not lines:
        click.echo("Không có chỉ tiêu nào khớp.", err=True)
        return PARTLY
    titles = list(dict.fromkeys(line.found.document.title for line in lines))
    about = titles[0] if len(titles) == 1 else readable(" ".join(query)) or "các văn bản trong kho"
    title = texts.results.report_title.format(document=about)
    try:
        if out.suffix.lower() == ".xlsx":
            write_xlsx(out, title, lines, texts)
        else:
            write_docx(out, title, lines, texts, day)
    except OSError as error:
        raise Unusable(f"Không ghi được {out}; hãy đóng tệp nếu đang mở rồi thử lại.") from error
    click.echo(f"Đã ghi {len(lines)} chỉ tiêu vào {out}.")
    return 0


def _lines(application: Application, query: tuple[str, ...], day: date) -> list[Line]:
    from bot.results.asked import lines_asked

    return lines_asked(readable(" ".join(query)), application.tools(), day)
