"""Numbers and days as Vietnamese readers write them, and a report as a message."""

from __future__ import annotations

from datetime import date

from bot.ratings.reports.hiding import Row
from bot.ratings.reports.report import Report
from bot.ratings.reports.scope import Unit
from config.report_texts import ReportTexts

REASONS = 3  # named in a message


def whole(number: int) -> str:
    """Return 12345 as "12.345"."""
    return f"{number:,}".replace(",", ".")


def decimal(number: float, places: int = 1) -> str:
    """Return 4.187 as "4,2"."""
    return f"{number:.{places}f}".replace(".", ",")


def percent(share: float, places: int = 1) -> str:
    """Return 0.867 as "86,7%"."""
    return f"{decimal(100 * share, places)}%"


def goal(percent_: float) -> str:
    """Return the figure of a target, 90.0 as "90" and 92.5 as "92,5"."""
    return decimal(percent_, 1).removesuffix(",0")


def span(interval: tuple[float, float]) -> str:
    """Return an interval of shares as "86,2–87,1%"."""
    low, high = interval
    return f"{decimal(100 * low)}–{percent(high)}"


def day(at: date) -> str:
    """Return a day as "05/03/2026"."""
    return f"{at:%d/%m/%Y}"


def days(report: Report) -> str:
    """Return the days of a report."""
    scope, names = report.scope, report.texts.names
    if scope.start == scope.end:
        return names.on_day.format(day=day(scope.start))
    return names.from_to.format(start=day(scope.start), end=day(scope.end))


def row_name(row: Row, texts: ReportTexts) -> str:
    """Return what a row of a table is called."""
    return row.name or texts.names.small.format(count=row.groups)


def step_name(start: date, unit: Unit, *, year: bool = False) -> str:
    """Return what a step of a trend is called on an axis, or with its year in a table."""
    if unit is Unit.MONTH:
        return f"{start:%m/%Y}"
    return day(start) if year else f"{start:%d/%m}"


def summary(report: Report) -> str:
    """Return a report as a chat message, short enough for a phone."""
    texts, figures = report.texts.chat, report.figures
    heading = texts.heading_office if report.office else texts.heading
    lines = [heading.format(days=days(report), office=report.office)]
    if figures is None:
        lines.append(report.texts.names.too_few.format(least=report.least))
        return "\n".join([*lines, *_aside(report)])
    lines += [
        texts.share.format(share=percent(figures.share), span=span(figures.interval)),
        texts.mean.format(mean=decimal(figures.mean, 2), answered=whole(figures.answered)),
        *_asked(report),
        *_compared(report),
    ]
    if report.tallies:
        most = ", ".join(
            f"{label.lower()} ({whole(many)})"
            for label, many in report.tallies[0].answers[:REASONS]
        )
        lines += ["", texts.improve.format(reasons=most)]
    return "\n".join([*lines, *_aside(report)])


def _asked(report: Report) -> list[str]:
    rate = report.response_rate
    if rate is None:
        return []
    said = report.texts.chat.invited
    return [said.format(invited=whole(report.invited), rate=percent(rate))]


def _compared(report: Report) -> list[str]:
    texts, names = report.texts.chat, report.texts.names
    if not report.comparisons:
        return []
    said = [
        texts.target.format(
            field=one.name or names.all_together,
            share=percent(one.figures.share),
            target=goal(one.target.percent),
            year=one.year,
            verdict=names.verdicts[one.verdict].lower(),
        )
        for one in report.comparisons
    ]
    return ["", texts.compared, *said]


def _aside(report: Report) -> list[str]:
    if not report.flagged:
        return []
    return [report.texts.chat.flagged.format(flagged=whole(report.flagged))]
