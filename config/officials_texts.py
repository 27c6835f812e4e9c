"""What is said by and to the people behind the assistant: five tables of `texts.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


def _slots(*names: str) -> Any:
    """A text in which `{name}` stands for something that the program fills in."""
    return field(metadata={"slots": names})


@dataclass(frozen=True)
class RoleTexts:
    """Roles: their names, and what is said when a code is redeemed."""

    citizen: str
    official: str
    keeper: str
    administrator: str
    none: str
    how: str
    wrong: str
    locked: str
    no_name: str
    refused: str
    keeper_can: str
    administrator_can: str
    yours: str = _slots("roles")
    given: str = _slots("role", "name")
    official_can: str = _slots("count")

    def name(self, role: str) -> str:
        """Return how a role is called."""
        return str(getattr(self, role))


@dataclass(frozen=True)
class HumanTexts:
    """Asking for a human."""

    not_configured: str
    how: str
    sent: str
    too_many: str
    nothing: str
    action: str
    action_label: str
    kept: str
    weekdays: str
    office: str = _slots("name")
    phone: str = _slots("phone")
    address: str = _slots("address")
    hours: str = _slots("hours")
    day: str = _slots("day", "spans")
    waits: str = _slots("time")
    send_last: str = _slots("question")


@dataclass(frozen=True)
class DeskTexts:
    """The officials' queue and their answers."""

    empty: str
    heading: str
    how: str
    gone: str
    taken: str
    lost: str
    write: str
    too_long: str
    put_back: str
    dismissed: str
    cancelled: str
    nothing_to_cancel: str
    send: str
    keep: str
    rewrite: str
    back: str
    dismiss: str
    no_matter: str
    which_document: str
    which_of: str
    no_document: str
    unanswered: str
    wrong: str
    sent: str
    search: str
    ask_again: str
    notify: str = _slots("count")
    group: str = _slots("count", "question", "why")
    taken_mark: str = _slots("question")
    asked: str = _slots("count", "question")
    also: str = _slots("question")
    more: str = _slots("count")
    preview: str = _slots("text")
    answered: str = _slots("count")
    kept: str = _slots("title")
    letter: str = _slots("author", "day", "question", "text")
    curated: str = _slots("author", "day", "text")
    rests_on: str = _slots("title", "validity")
    rests_on_numbered: str = _slots("number", "title", "validity")


@dataclass(frozen=True)
class NoticeTexts:
    """Notices: taking them or not, writing and stopping them."""

    offer: str
    offer_stop: str
    take: str
    stop_taking: str
    compose: str
    list: str
    taken: str
    stopped_taking: str
    not_taken: str
    write: str
    too_long: str
    everyone: str
    one_place: str
    rewrite: str
    drop: str
    send: str
    dropped: str
    which_place: str
    no_place: str
    none: str
    gone: str
    how_to_stop: str
    recent: str
    waiting: str
    done: str
    halted: str
    preview: str = _slots("text")
    to_whom: str = _slots("count", "place")
    sending: str = _slots("count")
    stopped: str = _slots("sent", "count")
    row: str = _slots("id", "day", "sent", "count", "state", "text")
    stop_one: str = _slots("id")


@dataclass(frozen=True)
class ProbeTexts:
    """The search playground."""

    how: str
    nothing: str
    candidate: str = _slots("rank", "title", "confidence", "score")
    matched: str = _slots("words")
    missing: str = _slots("words")
    below: str = _slots("threshold")
    above: str = _slots("threshold")


@dataclass(frozen=True)
class RowCorrectingTexts:
    """Correcting rows of one kind that were read."""

    how: str
    which: str
    none_label: str
    states_none: str
    yes: str
    dropped: str
    gone: str
    row: str = _slots("row", "quote", "title")
    write: str = _slots("mark")
    read_back: str = _slots("row")
    kept: str = _slots("row")


@dataclass(frozen=True)
class CorrectingTexts(RowCorrectingTexts):
    """Correcting targets, and adding those that were missed."""

    not_verbatim: str = _slots()
    none_words: str = _slots()
    no_document: str = _slots("document")

    def none(self) -> tuple[str, ...]:
        """Return what is typed for a row whose clause states nothing of the kind."""
        return tuple(word.strip() for word in self.none_words.split(";"))


@dataclass(frozen=True)
class RecordingTexts:
    """Typing results."""

    how: str
    no_place: str
    yes: str
    no: str
    dropped: str
    refused: str = _slots("reason")
    read_back: str = _slots("result")
    result: str = _slots("indicator", "place", "year", "value", "day", "source")
    stored: str = _slots("result")


@dataclass(frozen=True)
class AuditTexts:
    """What was done, by its name in the audit list."""

    document_stored: str
    document_corrected: str
    document_replaced: str
    document_ended: str
    document_removed: str
    code_made: str
    code_withdrawn: str
    role_taken: str
    role_withdrawn: str
    question_answered: str
    question_dismissed: str
    answer_kept: str
    answer_withdrawn: str
    notice_sent: str
    notice_stopped: str
    undone: str
    row_corrected: str
    row_restored: str
    result_stored: str
    account_opened: str
    account_removed: str
    password_changed: str
    password_reset: str
    paused: str
    resumed: str

    def label(self, action: str) -> str:
        """Return how an action is called."""
        return str(getattr(self, action, action))
