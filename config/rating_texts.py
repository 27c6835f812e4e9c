"""What is said when ratings are asked for and stored: `rating_texts.toml` as checked data."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from config.errors import ConfigError
from config.sentences import read_sentences, slots

FILE = "rating_texts.toml"
WORD = 24  # characters of a word that stands on a button
WORDS = ("skip", "comment", "change", "take_back", "show", "stop", "resume", "not_done")


@dataclass(frozen=True)
class RatingTexts:
    """The whole of `rating_texts.toml`; the names in WORDS are words to type."""

    skip: str
    comment: str
    change: str
    take_back: str
    show: str
    stop: str
    resume: str
    not_done: str
    where: str
    how: str
    unclear: str
    pick: str
    pick_more: str
    unknown_subject: str
    write: str
    commented: str
    comment_masked: str
    comment_empty: str
    not_written: str
    taken_back: str
    resumed: str
    already: str
    too_many: str
    gone: str
    forged: str
    expired: str
    withdrawn: str
    too_many_codes: str
    cancelled: str
    report_refused: str
    unsubscribed: str
    weekly: str
    monthly: str
    card_title: str
    card_how: str
    card_page: str
    no_field: str
    event_signature: str
    event_body: str
    event_large: str
    event_unknown: str
    event_at: str
    event_future: str
    event_case: str
    event_off: str
    serving: str
    still_unclear: str = slots("most")
    event_field: str = slots("field")
    event_user: str = slots("channels")
    report_unknown: str = slots("words")
    invited: str = slots("service", "office")
    reminded: str = slots("service", "office")
    asked_later: str = slots("service", "office")
    kept: str = slots("answers")
    can_change: str = slots("hours")
    comment_cut: str = slots("limit")
    shown: str = slots("service", "office", "answers", "time", "day")
    shown_comment: str = slots("text")
    nothing_kept: str = slots("hours")
    stopped: str = slots("word")
    postponed: str = slots("days")
    following: str = slots("service", "office")
    subscribed: str = slots("period")
    card_typed: str = slots("code")
    card_zalo: str = slots("code")


def load_rating_texts(overrides: Path | None = None) -> RatingTexts:
    """Return the texts with those of the folder `overrides` laid over them.

    Raises:
        ConfigError: a text is missing or wrong, a word is too long or stands for two things.
    """
    texts = read_sentences(FILE, RatingTexts, overrides)
    seen: set[str] = set()
    for name in (field.name for field in fields(texts) if field.name in WORDS):
        word = getattr(texts, name).strip().lower()
        if len(word) > WORD or "\n" in word:
            raise ConfigError(FILE, name, f"phải ngắn hơn {WORD + 1} ký tự")
        if word in seen:
            raise ConfigError(FILE, name, f"“{word}” đã dùng cho việc khác")
        seen.add(word)
    return texts
