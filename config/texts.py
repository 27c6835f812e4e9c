"""What the assistant says around its quotes: `texts.toml` as checked data.

Replies to greetings and the like stand beside what triggers them, in `smalltalk.toml`.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from config.errors import ConfigError
from config.home_texts import HomeTexts
from config.keeping_texts import ChangeTexts, KeepingTexts
from config.officials_texts import (
    AuditTexts,
    CorrectingTexts,
    DeskTexts,
    HumanTexts,
    NoticeTexts,
    ProbeTexts,
    RecordingTexts,
    RoleTexts,
    RowCorrectingTexts,
)
from config.reading import read_toml
from config.web_texts import ApiTexts, WebTexts
from config.zalo_texts import ZaloTexts

FILE = "texts.toml"


def _slots(*names: str) -> Any:
    """A text in which `{name}` stands for something that the program fills in."""
    return field(metadata={"slots": names})


@dataclass(frozen=True)
class ChatTexts:
    """The conversation in the terminal."""

    greeting: str
    prompt: str
    help: str
    goodbye: str
    unknown_command: str = _slots("command")


@dataclass(frozen=True)
class StartTexts:
    """The greeting of a messenger and of the page."""

    greeting: str
    keeps: str
    procedures: str
    targets: str
    place: str
    rating: str
    knows: str = _slots("count")
    knows_national: str = _slots("count")


@dataclass(frozen=True)
class CommandTexts:
    """What each command does, in a few words; the names are those that are typed."""

    hoi: str
    thutuc: str
    chitieu: str
    thoihan: str
    nhactoi: str
    vanban: str
    danhgia: str
    diaphuong: str
    canbo: str
    thongbao: str
    trogiup: str
    xoadulieu: str

    def menu(self) -> list[tuple[str, str]]:
        """Return (name, description) of the commands of everybody, in the order of the menu."""
        return [(f.name, str(getattr(self, f.name))) for f in fields(self)]


@dataclass(frozen=True)
class ActionTexts:
    """What can be done with an answer: the words to type, the labels of the buttons, replies."""

    right: str
    wrong: str
    section: str
    next: str
    back: str
    other: str
    related: str
    later: str
    right_label: str
    wrong_label: str
    section_label: str
    next_label: str
    back_label: str
    other_label: str
    related_label: str
    later_label: str
    thanks: str
    sorry: str
    no_other: str
    no_more: str
    no_related: str
    asked_later: str
    not_later: str
    procedure_questions: str
    how: str = _slots("words")
    page: str = _slots("page", "pages")
    related_to: str = _slots("title")

    def labels(self) -> dict[str, str]:
        """Return word → label."""
        names = ("right", "wrong", "section", "next", "back", "other", "related", "later")
        return {str(getattr(self, name)): str(getattr(self, f"{name}_label")) for name in names}


@dataclass(frozen=True)
class ResultTexts:
    """Targets beside what was reached."""

    reached: str
    missed: str
    not_due: str
    no_figure: str
    exactly: str
    target: str
    result: str
    picture_title: str
    picture_legend: str
    rank_legend: str
    sheet: str
    number_column: str
    indicator_column: str
    target_column: str
    result_column: str
    year_column: str
    state_column: str
    gap_column: str
    clause_column: str
    document_column: str
    value_column: str
    line: str = _slots("value", "state", "gap", "day", "source")
    better: str = _slots("gap")
    worse: str = _slots("gap")
    summary: str = _slots("count", "reached", "missed", "not_due", "no_figure")
    as_of: str = _slots("day")
    report_title: str = _slots("document")
    trend_title: str = _slots("indicator", "place")
    rank: str = _slots("value")

    def columns(self) -> list[str]:
        """Return the names of the report's columns."""
        return [
            self.number_column,
            self.indicator_column,
            self.target_column,
            self.result_column,
            self.year_column,
            self.state_column,
            self.gap_column,
            self.clause_column,
            self.document_column,
        ]


@dataclass(frozen=True)
class ReminderTexts:
    """Reminders of deadlines."""

    today: str
    tomorrow: str
    none: str
    ended: str
    own: str
    how: str
    ahead: str = _slots("days")
    source: str = _slots("title")
    subscribed: str = _slots("words", "count")
    nothing_due: str = _slots("words")
    end: str = _slots("words")
    calendar: str = _slots("count", "words")


@dataclass(frozen=True)
class EraseTexts:
    """Erasing what is kept of a person."""

    question: str
    yes: str
    no: str
    done: str
    kept: str


@dataclass(frozen=True)
class PlaceTexts:
    """The province or city that a person asks for."""

    none: str
    how: str
    anywhere: str
    any_place: str
    current: str = _slots("place")
    noted: str = _slots("place")
    unknown: str = _slots("place")


@dataclass(frozen=True)
class DocumentTexts:
    """The list of documents, and what is said of one of them."""

    how: str
    other_kind: str
    rest: str
    parts: str
    national: str
    known: str = _slots("count")
    kind: str = _slots("kind", "count")
    found: str = _slots("count")
    more: str = _slots("count")
    none: str = _slots("words")
    number: str = _slots("number")
    code: str = _slots("code")
    issuer: str = _slots("issuer")
    issued_on: str = _slots("day")
    targets: str = _slots("count")
    deadlines: str = _slots("count")


@dataclass(frozen=True)
class TargetTexts:
    """Targets in a conversation."""

    what: str
    table: str
    empty: str
    how: str
    found: str = _slots("count", "words")
    none: str = _slots("words")
    more: str = _slots("count")
    row: str = _slots("indicator", "value")
    at_least: str = _slots("value")
    more_than: str = _slots("value")
    at_most: str = _slots("value")
    less_than: str = _slots("value")
    about: str = _slots("value")
    top: str = _slots("value")
    rank: str = _slots("value")
    increase: str = _slots("value")
    between: str = _slots("low", "high")
    corrected: str = _slots("row")
    table_caption: str = _slots("count", "words")


@dataclass(frozen=True)
class DeadlineTexts:
    """Deadlines in a conversation."""

    what: str
    empty: str
    how: str
    found: str = _slots("count", "words")
    none: str = _slots("words")
    more: str = _slots("count")
    month: str = _slots("month", "year")
    row: str = _slots("task")
    when: str = _slots("when")
    who: str = _slots("body")
    due: str = _slots("words", "day")
    next: str = _slots("words", "day")
    wrong: str = _slots("words")


@dataclass(frozen=True)
class AnswerTexts:
    """The parts of an answer around its quotes."""

    more: str
    understood: str = _slots("understood")
    procedure: str = _slots("name", "code")
    source: str = _slots("title", "validity")
    source_numbered: str = _slots("number", "title", "validity")
    standing: str = _slots("title", "validity")
    link: str = _slots("url")


@dataclass(frozen=True)
class UnknownTexts:
    """What is said when nothing answers."""

    no_answer: str
    nearest: str
    advice: str
    place: str = _slots("place")
    year: str = _slots("year")


@dataclass(frozen=True)
class ClarifyTexts:
    """Asking back."""

    topic: str
    place: str
    year: str
    examples: str
    how: str
    no_choices: str
    stale: str
    wrong_number: str = _slots("last")


@dataclass(frozen=True)
class ValidityTexts:
    """Labels of the four states; the names are those of `Quote.validity`."""

    in_force: str
    ended: str
    replaced: str
    unknown: str

    def label(self, validity: str) -> str:
        """Return the label of one of the four states, the one for unknown for any other."""
        labels = {f.name: str(getattr(self, f.name)) for f in fields(self)}
        return labels.get(validity, self.unknown)


@dataclass(frozen=True)
class NoteTexts:
    """Sentences on validity, place and origin under a quote."""

    district_ended: str
    period_over: str = _slots("period")
    period_over_year: str = _slots("period")
    ended: str = _slots("day")
    not_yet: str = _slots("day")
    replaced: str = _slots("number")
    place_now: str = _slots("place", "current")
    summary: str = _slots("numbers", "source")


@dataclass(frozen=True)
class GuardTexts:
    """Messages that cannot be answered as they are."""

    empty: str
    no_words: str
    personal_data: str
    too_many: str
    voice: str
    picture: str
    video: str
    sticker: str
    location: str
    contact: str
    file: str
    other: str
    too_long: str = _slots("limit")

    def of_kind(self, sent: str) -> str:
        """Return the sentence for what came instead of words, one of `bot.message.SENT`."""
        return str(getattr(self, sent, self.other))


@dataclass(frozen=True)
class ServeTexts:
    """What `cchc serve` says of channels that do not run, and at addresses that are none."""

    no_web: str
    no_telegram: str
    no_zalo_bot: str
    no_zalo_oa: str
    nothing: str
    missing: str
    failed: str
    stopping: str


@dataclass(frozen=True)
class ProcedureTexts:
    """Answers on procedures."""

    time: str
    fee: str
    no_due: str
    not_on_sheet: str
    usual: str
    which_level: str
    which_case: str
    which_field: str
    other_case: str
    browse: str
    browse_how: str
    of_field_how: str
    modes: str = _slots("modes")
    level: str = _slots("level")
    district_ended: str = _slots("level")
    due: str = _slots("start", "time", "end")
    counted_from: str = _slots("start", "begin")
    days_off: str = _slots("days")
    by_case: str = _slots("first", "others")
    for_all: str = _slots("label", "value", "modes")
    for_some: str = _slots("modes", "value")
    source: str = _slots("code", "validity")
    part: str = _slots("part")
    of_field: str = _slots("field", "count")


@dataclass(frozen=True)
class ProcedureWords:
    """How times, fees and the sheet of facts of a procedure are worded."""

    day: str
    working_day: str
    hour: str
    minute: str
    week: str
    month: str
    year: str
    no_time: str
    free: str
    no_fee: str
    by_post: str
    told_fee: str
    no_unit: str = _slots("amount")
    one_fee: str = _slots("amount")
    two_fees: str = _slots("one", "other")
    several_fees: str = _slots("least", "most")
    doubtful_fee: str = _slots("text")
    row: str = _slots("mode", "time", "fee")
    row_of_several: str = _slots("mode", "time", "fee")
    sheet_of: str = _slots("code")
    sheet_source: str = _slots("code")


@dataclass(frozen=True)
class ErrorTexts:
    """Trouble of the assistant's own, and that answering is turned off."""

    reply: str
    paused: str


@dataclass(frozen=True)
class TelegramTexts:
    """What only Telegram says: on its buttons, above its cards, when it starts."""

    old_button: str
    foreign_button: str
    inline_hint: str
    inline_none: str
    later: str
    by_polling: str = _slots("name")
    by_webhook: str = _slots("name")
    bad_token: str = _slots("variable")
    bad_webhook: str = _slots("url")
    unreachable: str = _slots("url")


@dataclass(frozen=True)
class Texts:
    """The whole of `texts.toml`, one attribute a table."""

    chat: ChatTexts
    start: StartTexts
    commands: CommandTexts
    answer: AnswerTexts
    actions: ActionTexts
    documents: DocumentTexts
    targets: TargetTexts
    deadlines: DeadlineTexts
    results: ResultTexts
    reminders: ReminderTexts
    my_place: PlaceTexts
    erase: EraseTexts
    unknown: UnknownTexts
    clarify: ClarifyTexts
    validity: ValidityTexts
    notes: NoteTexts
    guard: GuardTexts
    zalo: ZaloTexts
    serve: ServeTexts
    errors: ErrorTexts
    home: HomeTexts
    telegram: TelegramTexts
    web: WebTexts
    api: ApiTexts
    roles: RoleTexts
    human: HumanTexts
    desk: DeskTexts
    notices: NoticeTexts
    probe: ProbeTexts
    audit: AuditTexts
    correcting: CorrectingTexts
    correcting_deadlines: RowCorrectingTexts
    recording: RecordingTexts
    changes: ChangeTexts
    keeping: KeepingTexts
    procedures: ProcedureTexts
    procedure_words: ProcedureWords


_GROUPS: Mapping[str, type] = {
    "chat": ChatTexts,
    "start": StartTexts,
    "commands": CommandTexts,
    "answer": AnswerTexts,
    "actions": ActionTexts,
    "documents": DocumentTexts,
    "targets": TargetTexts,
    "deadlines": DeadlineTexts,
    "results": ResultTexts,
    "reminders": ReminderTexts,
    "my_place": PlaceTexts,
    "erase": EraseTexts,
    "unknown": UnknownTexts,
    "clarify": ClarifyTexts,
    "validity": ValidityTexts,
    "notes": NoteTexts,
    "guard": GuardTexts,
    "zalo": ZaloTexts,
    "serve": ServeTexts,
    "errors": ErrorTexts,
    "home": HomeTexts,
    "telegram": TelegramTexts,
    "web": WebTexts,
    "api": ApiTexts,
    "roles": RoleTexts,
    "human": HumanTexts,
    "desk": DeskTexts,
    "notices": NoticeTexts,
    "probe": ProbeTexts,
    "audit": AuditTexts,
    "correcting": CorrectingTexts,
    "correcting_deadlines": RowCorrectingTexts,
    "recording": RecordingTexts,
    "changes": ChangeTexts,
    "keeping": KeepingTexts,
    "procedures": ProcedureTexts,
    "procedure_words": ProcedureWords,
}


def load_texts(overrides: Path | None = None) -> Texts:
    """Read and check the texts.

    Args:
        overrides: folder whose own `texts.toml`, if any, is laid over the one that ships.

    Returns:
        All texts.

    Raises:
        ConfigError: the file cannot be read, or a text is missing, unknown, empty, or has a
            `{name}` that the program does not fill in.
    """
    data = read_toml(FILE, overrides)
    for name in data:
        if name not in _GROUPS:
            raise ConfigError(FILE, name, "không có trong chương trình, hãy xem lại tên mục")
    return Texts(**{name: _group(name, kind, data.get(name)) for name, kind in _GROUPS.items()})


def _group(name: str, kind: type, data: object) -> Any:
    if not isinstance(data, dict):
        raise ConfigError(FILE, name, f"phải là một bảng [{name}]")
    known = {text.name: text for text in fields(kind)}
    for key in data:
        if key not in known:
            raise ConfigError(FILE, f"{name}.{key}", "không có trong chương trình")
    return kind(**{key: _text(f"{name}.{key}", text, data.get(key)) for key, text in known.items()})


def _text(key: str, text: Field[Any], value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ConfigError(FILE, key, "phải là một câu không rỗng, trong dấu nháy")
    slots: tuple[str, ...] = text.metadata.get("slots", ())
    try:
        used = [name for _, name, _, _ in string.Formatter().parse(value) if name is not None]
    except ValueError as error:
        raise ConfigError(FILE, key, "có dấu ngoặc nhọn lẻ; gõ hai lần nếu cần in ra") from error
    for name in used:
        if name not in slots:
            allowed = ", ".join(f"{{{slot}}}" for slot in slots) or "không ngoặc nhọn nào"
            raise ConfigError(FILE, key, f"dùng {{{name}}}; ở đây chỉ được {allowed}")
    # Only texts with slots are filled in later; in the others doubled braces become single here.
    return value if slots else value.format()
