"""The tables of a report, the same for every file that it is written to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.ratings.reports.figures import Figures, Row
from bot.ratings.reports.report import Report
from bot.ratings.reports.scope import Unit, fitting
from bot.ratings.reports.writing import LEVEL_NAMES, UNIT_NAMES, day, days, row_name

Cell = str | int | float | None

QUOTED = ("Căn cứ", "Nguồn")  # headings of the clause of a target and of its plan
MEAN = "Điểm trung bình"
FIGURES = ("Số phiếu", "Số hài lòng", "Tỷ lệ hài lòng (%)", "Từ (%)", "Đến (%)", MEAN)


@dataclass(frozen=True)
class Table:
    """A table: its title, its headings, its rows; shares in percent, one or two decimals."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(report: Report, *, comments: bool = True) -> list[Table]:
    """Return the tables of a report, without those that have no rows.

    Args:
        report: the report.
        comments: whether the comments are one of them.
    """
    found = [
        _overview(report),
        Table("Các mức trả lời", ("Mức", "Số phiếu", "Tỷ lệ (%)"), tuple(_levels(report))),
        _compared(report),
        _groups("Theo lĩnh vực", "Lĩnh vực", report.by_field),
        _groups("Theo cơ quan", "Cơ quan", report.by_office),
        _groups("Theo dịch vụ", "Dịch vụ", report.by_service),
        _groups("Theo kênh", "Kênh", report.by_channel),
        _groups("Theo yếu tố", "Yếu tố", report.factors),
        *(_tally(tally.question, tally.answers) for tally in report.tallies),
        _trend(report, fitting(report.scope)),
    ]
    if comments:
        found.append(_comments(report))
    return [table for table in found if table.rows]


def _overview(report: Report) -> Table:
    rate = report.response_rate
    rows: list[tuple[Cell, ...]] = [
        ("Thời gian", days(report.scope)),
        ("Nơi được đánh giá", report.office or "Tất cả"),
        ("Số lời mời", report.invited),
        ("Số lời mời được trả lời", report.replied),
        ("Tỷ lệ trả lời (%)", None if rate is None else round(100 * rate, 1)),
        ("Phiếu để riêng vì gửi dồn dập", report.flagged),
    ]
    if report.figures is None:
        rows.append((f"Chưa đủ {report.least} phiếu nên không hiện số liệu", None))
    else:
        rows += zip(FIGURES, _cells(report.figures), strict=True)
    return Table("Tổng hợp", ("Mục", "Giá trị"), tuple(rows))


def _levels(report: Report) -> Iterable[tuple[Cell, ...]]:
    if report.figures is not None:
        for name, many in zip(LEVEL_NAMES, report.figures.counts, strict=True):
            yield name, many, round(100 * many / report.figures.answered, 1)


def _groups(title: str, heading: str, rows: Sequence[Row]) -> Table:
    cells = tuple((row_name(row), *_cells(row.figures)) for row in rows)
    return Table(title, (heading, *FIGURES), cells)


def _compared(report: Report) -> Table:
    headings = ("Phạm vi", "Năm", "Số phiếu", "Tỷ lệ hài lòng (%)", "Chỉ tiêu (%)", "Kết luận")
    return Table(
        "So với chỉ tiêu",
        (*headings, *QUOTED),
        tuple(
            (
                one.name or "Chung",
                str(one.year),
                one.figures.answered,
                round(100 * one.figures.share, 1),
                one.target.percent,
                one.verdict.label,
                one.target.clause,
                one.target.source,
            )
            for one in report.comparisons
        ),
    )


def _tally(question: str, answers: Sequence[tuple[str, int]]) -> Table:
    everything = sum(many for _, many in answers)
    rows = tuple((name, many, round(100 * many / everything, 1)) for name, many in answers)
    return Table(question, ("Câu trả lời", "Số phiếu", "Tỷ lệ (%)"), rows)


def _trend(report: Report, unit: Unit) -> Table:
    rows = []
    for point in report.trends.get(unit, ()):
        hidden: tuple[Cell, ...] = (f"dưới {report.least}", None, None, None, None, None)
        figures = hidden if point.figures is None else _cells(point.figures)
        if point.figures is None or point.figures.answered:
            rows.append((day(point.start), *figures))
    name = UNIT_NAMES[unit]
    return Table(f"Theo {name}", (f"{name.capitalize()} bắt đầu", *FIGURES), tuple(rows))


def _comments(report: Report) -> Table:
    rows = tuple((day(one.day), LEVEL_NAMES[one.score - 1], one.text) for one in report.comments)
    return Table("Góp ý", ("Ngày", "Mức", "Góp ý"), rows)


def _cells(figures: Figures) -> tuple[Cell, ...]:
    low, high = figures.interval
    return (
        figures.answered,
        figures.satisfied,
        round(100 * figures.share, 1),
        round(100 * low, 1),
        round(100 * high, 1),
        round(figures.mean, 2),
    )
