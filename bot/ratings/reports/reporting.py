"""Reports for whoever may see them: in the chat, as files, sent every week or month."""

from __future__ import annotations

from datetime import date

from bot.clock import day_of
from bot.message import Action, Attachment, Reply, Status
from bot.ratings.desk import RatingDesk
from bot.ratings.reports.access import Right, Roles
from bot.ratings.reports.asked import FILES, read
from bot.ratings.reports.comparison import TargetSource
from bot.ratings.reports.making import make_report
from bot.ratings.reports.pictures import captions, draw_report
from bot.ratings.reports.report import Report
from bot.ratings.reports.scope import Scope
from bot.ratings.reports.subscriptions import DueReport, Every, Subscriptions
from bot.ratings.reports.writing import days, summary
from config.rating_texts import RatingTexts
from index.text import fold

NAME = "bao-cao-danh-gia"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
}
ENDINGS = {"excel": "xlsx", "csv": "csv", "word": "docx"}
_SUBSCRIBE = {"hang tuan": Every.WEEK, "hang thang": Every.MONTH}
_STOP = "thoi"


class Reporting:
    """Makes reports.

    Args:
        desk: the ratings of the home.
        targets: what the plans ask for.
        roles: who may see reports.
    """

    def __init__(self, desk: RatingDesk, targets: TargetSource, roles: Roles) -> None:
        self._desk = desk
        self._targets = targets
        self._roles = roles
        self._texts: RatingTexts = desk.texts
        self.subscriptions = Subscriptions(desk.db, desk.clock)

    def report(self, scope: Scope) -> Report:
        """Return the report on a scope as of today."""
        return make_report(self._desk, scope, self._targets, self.today())

    def today(self) -> date:
        """Return today in Vietnam."""
        return day_of(self._desk.clock())

    def may(self, user: str) -> bool:
        """Say whether a person may see reports."""
        return self._roles.allows(user, Right.REPORTS)

    def file(self, report: Report, ending: str) -> bytes:
        """Return a report as a file.

        Args:
            report: the report.
            ending: "xlsx", "csv" or "docx".
        """
        # What writes files is loaded with the first of them: most who serve never write one.
        from bot.ratings.reports.exports import as_csv, as_xlsx
        from bot.ratings.reports.paper import as_docx

        if ending == "xlsx":
            return as_xlsx(report)
        if ending == "csv":
            return as_csv(report)
        return as_docx(report, self._desk.surveys, self._desk.settings.report.margin)

    def reply(self, user: str, words: str) -> Reply:
        """Return what `/baocao` says.

        Args:
            user: who asks, as in `Message.user`.
            words: what stands behind the command: "tháng 6/2026 đất đai excel", "hằng tuần".
        """
        if not self.may(user):
            return Reply(Status.REFUSED, self._texts.report_refused)
        wish = " ".join(fold(words).split())
        if wish == _STOP:
            self.subscriptions.stop(user)
            return Reply(Status.SMALLTALK, self._texts.unsubscribed)
        if wish in _SUBSCRIBE:
            return self._subscribed(user, _SUBSCRIBE[wish])
        channels = self._desk.report_texts.names.channels
        asked = read(words, self.today(), self._desk.subjects.all().values(), channels)
        if asked.left:
            return Reply(Status.NO_ANSWER, self._texts.report_unknown.format(words=words))
        return self._shown(self.report(asked.scope), words, asked.file)

    def due(self, due: DueReport) -> Reply | None:
        """Return a report that a person subscribed to; None where they may not see it any more."""
        if not self.may(due.user):
            self.subscriptions.stop(due.user)
            return None
        return self._shown(self.report(due.scope), "", "")

    def _shown(self, report: Report, words: str, file: str) -> Reply:
        if file:
            ending = ENDINGS[file]
            name = f"{NAME}-{report.scope.start}-{report.scope.end}.{ending}"
            data = self.file(report, ending)
            caption = report.texts.picture.page.format(days=days(report))
            written = Attachment(name, TYPES[ending], data, caption)
            return Reply(Status.ANSWERED, summary(report), attachments=(written,))
        pictures = draw_report(report) if report.figures else []
        named = captions(report) if report.figures else []
        attached = tuple(
            Attachment(f"{NAME}-{number}.png", TYPES["png"], picture, caption)
            for number, (picture, caption) in enumerate(zip(pictures, named, strict=True), 1)
        )
        commands = (f"/baocao {words} {name}".replace("  ", " ") for name in FILES)
        actions = tuple(
            Action(command, FILES[command.rpartition(" ")[2]])
            for command in commands
            if len(command) <= 24
        )
        return Reply(Status.ANSWERED, summary(report), attachments=attached, actions=actions)

    def _subscribed(self, user: str, every: Every) -> Reply:
        self.subscriptions.add(user, every)
        named = self._texts.weekly if every is Every.WEEK else self._texts.monthly
        return Reply(Status.SMALLTALK, self._texts.subscribed.format(period=named))
