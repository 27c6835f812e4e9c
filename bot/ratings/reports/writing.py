"""Numbers and days as Vietnamese readers write them, and the words of a report."""

from __future__ import annotations

from datetime import date

from bot.ratings.reports.figures import Row
from bot.ratings.reports.report import Report
from bot.ratings.reports.scope import Scope, Unit

LEVEL_NAMES = (
    "Rất không hài lòng",
    "Không hài lòng",
    "Bình thường",
    "Hài lòng",
    "Rất hài lòng",
)
UNIT_NAMES = {Unit.DAY: "ngày", Unit.WEEK: "tuần", Unit.MONTH: "tháng"}


def whole(number: int) -> str:
    """Return 12345 as "12.345"."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1) -> str:
    """Return 4.187 as "4,2"."""
    return f"{number:.{places}f}".replace(".", ",")


def percent(share: float, places: int = 1) -> str:
    """Return 0.867 as "86,7%"."""
    return f"{decimal(100 * share, places)}%"


def span(interval: tuple[float, float]) -> str:
    """Return an interval of shares as "86,2–87,1%"."""
    low, high = interval
    return f"{decimal(100 * low)}–{percent(high)}"


def day(at: date) -> str:
    """Return a day as "05/03/2026"."""
    return f"{at:%d/%m/%Y}"


def days(scope: Scope) -> str:
    """Return the days of a scope."""
    if scope.start == scope.end:
        return f"ngày {day(scope.start)}"
    return f"từ {day(scope.start)} đến {day(scope.end)}"


def row_name(row: Row) -> str:
    """Return what a row of a table is called."""
    return row.name or f"{row.groups} nhóm ít phiếu (gộp)"


def step_name(start: date, unit: Unit) -> str:
    """Return what a step of a trend is called on an axis."""
    return f"{start:%m/%Y}" if unit is Unit.MONTH else f"{start:%d/%m}"


def summary(report: Report) -> str:
    """Return a report as a chat message, short enough for a phone."""
    lines = [f"Đánh giá {days(report.scope)}" + (f", {report.office}" if report.office else "")]
    figures = report.figures
    if figures is None:
        lines.append(f"Chưa đủ {report.least} phiếu nên chưa hiện số liệu.")
        return "\n".join([*lines, *_aside(report)])
    lines += [
        f"Hài lòng: {percent(figures.share)} (khoảng tin cậy 95%: {span(figures.interval)})",
        f"Điểm trung bình: {decimal(figures.mean, 2)}/5, {whole(figures.answered)} phiếu",
        *_asked(report),
    ]
    if report.comparisons:
        lines += ["", "So với chỉ tiêu:"]
        for one in report.comparisons:
            lines.append(
                f"• {one.name or 'Chung'}: {percent(one.figures.share)}, chỉ tiêu"
                f" {decimal(one.target.percent, 0)}% năm {one.year}: {one.verdict.label.lower()}"
            )
    if report.tallies:
        most = ", ".join(
            f"{label.lower()} ({whole(many)})" for label, many in report.tallies[0].answers[:3]
        )
        lines += ["", f"Cần cải thiện nhất: {most}"]
    return "\n".join([*lines, *_aside(report)])


def _asked(report: Report) -> list[str]:
    rate = report.response_rate
    if rate is None:
        return []
    return [f"Đã mời {whole(report.invited)} người, {percent(rate)} trả lời"]


def _aside(report: Report) -> list[str]:
    if not report.flagged:
        return []
    return [f"Để riêng {whole(report.flagged)} phiếu gửi dồn dập, không tính ở trên."]
