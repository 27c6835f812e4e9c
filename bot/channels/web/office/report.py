"""The report on ratings: choosing what it is about, reading it, taking it along as a file."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from urllib.parse import urlencode

from markupsafe import Markup
from starlette.responses import Response

from bot.application import Application
from bot.channels.web.office.frame import HEADERS
from bot.channels.web.office.page import Page
from bot.channels.web.office.visit import Visit
from bot.ratings.reports.asked_days import USUAL
from bot.ratings.reports.page import as_html
from bot.ratings.reports.pictures import draw_report
from bot.ratings.reports.report import Report
from bot.ratings.reports.reporting import NAME, TYPES
from bot.ratings.reports.scope import Scope, Unit
from bot.roles import Role

PATH = "bao-cao"
FILES = ("xlsx", "csv", "docx")
LONGEST = 3660  # days

Choice = tuple[str, str]  # what is sent, what is read


@dataclass(frozen=True)
class Choices:
    """What a report can be narrowed to."""

    offices: Sequence[Choice]
    fields: Sequence[Choice]
    services: Sequence[Choice]
    channels: Sequence[Choice]
    units: Sequence[Choice]


def _choices(application: Application) -> Choices:
    subjects = application.ratings.subjects.all().values()
    names = application.ratings.report_texts.names
    return Choices(
        sorted({(one.office.id, one.office.name) for one in subjects}, key=lambda c: c[1]),
        sorted({(one.service.field, one.service.field) for one in subjects}),
        sorted({(one.service.id, one.service.name) for one in subjects}, key=lambda c: c[1]),
        list(names.channels.items()),
        list(names.units.items()),
    )


def _asked(visit: Visit, today: date) -> tuple[Scope, str]:
    """Return what is asked for, and what is wrong with it."""
    usual = Scope(today - timedelta(days=USUAL - 1), today)
    unit = visit.asked("unit")
    part = replace(
        usual,
        office=visit.asked("office") or None,
        service=visit.asked("service") or None,
        field=visit.asked("field") or None,
        channel=visit.asked("channel") or None,
        unit=Unit(unit) if unit in set(Unit) else None,
    )
    try:
        start = date.fromisoformat(visit.asked("from") or usual.start.isoformat())
        end = date.fromisoformat(visit.asked("to") or usual.end.isoformat())
    except ValueError:
        return part, visit.t["bad_day"]
    if start > end:
        return part, visit.t["bad_order"]
    if (end - start).days > LONGEST:
        return part, visit.t["too_long"]
    return replace(part, start=start, end=end), ""


async def _show(visit: Visit) -> Response:
    today = await visit.work(lambda one: one.reports.today())
    scope, problem = _asked(visit, today)
    choices = await visit.work(_choices)
    report = await visit.work(lambda one: one.reports.report(scope))
    pictures = await visit.aside(draw_report, report) if report.figures else []
    addresses = [f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in pictures]
    return visit.render(
        "bao-cao.html",
        422 if problem else 200,
        problem=problem,
        scope=scope,
        choices=choices,
        report=report,
        shown=Markup(as_html(report, addresses)),
        query=_query(scope),
        endings=FILES,
    )


def _query(scope: Scope) -> str:
    said = {**scope.as_json(), "unit": scope.unit}
    return urlencode({name: value for name, value in said.items() if value})


async def _file(visit: Visit) -> Response:
    ending = visit.value("ending")
    if ending not in FILES:
        return visit.refuse(visit.frame.words["frame"]["missing"])
    today = await visit.work(lambda one: one.reports.today())
    scope, problem = _asked(visit, today)
    if problem:
        return visit.refuse(problem, 422)
    report: Report = await visit.work(lambda one: one.reports.report(scope))
    reports = visit.frame.service.application.reports
    data = await visit.aside(reports.file, report, ending)
    name = f"{NAME}-{scope.start}-{scope.end}.{ending}"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(data, headers=headers, media_type=TYPES[ending])


PAGES = (
    Page(PATH, "report", _show, role=Role.OFFICIAL, menu="report"),
    Page(f"{PATH}/{{ending}}", "report", _file, role=Role.OFFICIAL),
)
