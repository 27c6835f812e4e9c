"""What a report of ratings says, in every form: `report_texts.toml` as checked data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from config.entries import Entry
from config.reading import read_toml
from config.sentences import sentences, slots

FILE = "report_texts.toml"


@dataclass(frozen=True)
class Names:
    """What levels, days, channels and verdicts are called."""

    level_1: str
    level_2: str
    level_3: str
    level_4: str
    level_5: str
    day: str
    week: str
    month: str
    telegram: str
    zalo_bot: str
    zalo_oa: str
    web: str
    terminal: str
    reached: str
    missed: str
    unsure: str
    all_together: str
    on_day: str = slots("day")
    from_to: str = slots("start", "end")
    small: str = slots("count")
    too_few: str = slots("least")

    @property
    def levels(self) -> tuple[str, ...]:
        """The names of the levels, the worst first."""
        return self.level_1, self.level_2, self.level_3, self.level_4, self.level_5

    @property
    def channels(self) -> Mapping[str, str]:
        """The names of the channels, by what they are called in `Message.user`."""
        return {
            "telegram": self.telegram,
            "zalo_bot": self.zalo_bot,
            "zalo_oa": self.zalo_oa,
            "web": self.web,
            "terminal": self.terminal,
        }

    @property
    def units(self) -> Mapping[str, str]:
        """The names of the steps of a trend."""
        return {"day": self.day, "week": self.week, "month": self.month}

    @property
    def verdicts(self) -> Mapping[str, str]:
        """The names of what the ratings say of a target."""
        return {"reached": self.reached, "missed": self.missed, "unsure": self.unsure}


@dataclass(frozen=True)
class TableTexts:
    """Titles and headings of the tables."""

    overview: str
    item: str
    value: str
    time: str
    place: str
    everywhere: str
    invited: str
    replied: str
    rate: str
    flagged: str
    answered: str
    satisfied: str
    share: str
    low: str
    high: str
    mean: str
    percent: str
    levels: str
    level: str
    compared: str
    extent: str
    year: str
    target: str
    verdict: str
    clause: str
    source: str
    by_field: str
    field: str
    by_office: str
    office: str
    by_service: str
    service: str
    by_channel: str
    channel: str
    by_factor: str
    factor: str
    answer: str
    comments: str
    comment: str
    comment_month: str
    hidden: str
    trend: str = slots("unit")
    step: str = slots("unit")


@dataclass(frozen=True)
class PaperTexts:
    """The document in administrative form."""

    row_number: str
    comments: str
    above: str
    office: str
    number: str
    country: str
    motto: str
    kind: str
    title: str
    part_method: str
    part_results: str
    part_tables: str
    part_comments: str
    method_once: str
    method_share: str
    clauses: str
    receivers: str
    receiver: str
    archive: str
    head: str
    sign: str
    annex: str
    annex_title: str
    dated: str = slots("day", "month", "year")
    method_scope: str = slots("days")
    method_scope_office: str = slots("office", "days")
    method_small: str = slots("least", "margin")
    method_flagged: str = slots("flagged")
    result: str = slots("answered", "satisfied", "share", "span", "mean")
    result_invited: str = slots("invited", "replied", "rate")
    result_whole: str = slots("target", "year", "verdict")
    result_reached: str = slots("fields")
    result_missed: str = slots("fields")
    result_unsure: str = slots("fields")
    result_field: str = slots("field", "share", "target")
    result_reasons: str = slots("reasons")
    result_reason: str = slots("reason", "share")
    clause: str = slots("clause", "source")
    table: str = slots("number", "title")
    picture: str = slots("number", "title")
    annex_to: str = slots("year")
    comment: str = slots("text", "level", "month")
    comment_alone: str = slots("text", "month")


@dataclass(frozen=True)
class PictureTexts:
    """Pictures and the page of a report."""

    title: str
    share: str
    levels: str
    by_field: str
    by_office: str
    improve: str
    nothing: str
    count: str = slots("days", "answered")
    interval: str = slots("span")
    mean: str = slots("mean")
    trend: str = slots("unit")
    lowest: str = slots("title", "count")
    target: str = slots("target", "mark")
    described: str = slots("days", "share")
    caption: str = slots("titles", "days")
    page: str = slots("days")


@dataclass(frozen=True)
class ChatTexts:
    """A report as a message."""

    compared: str
    heading: str = slots("days")
    heading_office: str = slots("days", "office")
    share: str = slots("share", "span")
    mean: str = slots("mean", "answered")
    invited: str = slots("invited", "rate")
    target: str = slots("field", "share", "target", "year", "verdict")
    improve: str = slots("reasons")
    flagged: str = slots("flagged")


@dataclass(frozen=True)
class ReportTexts:
    """The whole of `report_texts.toml`."""

    names: Names
    tables: TableTexts
    paper: PaperTexts
    picture: PictureTexts
    chat: ChatTexts


def load_report_texts(overrides: Path | None = None) -> ReportTexts:
    """Return the texts with those of the folder `overrides` laid over them.

    Raises:
        ConfigError: a text is missing, unknown, empty, or has a `{name}` that is not filled in.
    """
    entry = Entry(FILE, "", read_toml(FILE, overrides))
    entry.only("names", "tables", "paper", "picture", "chat")
    return ReportTexts(
        names=sentences(entry.table("names"), Names),
        tables=sentences(entry.table("tables"), TableTexts),
        paper=sentences(entry.table("paper"), PaperTexts),
        picture=sentences(entry.table("picture"), PictureTexts),
        chat=sentences(entry.table("chat"), ChatTexts),
    )
