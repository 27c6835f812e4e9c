"""Settings of the assistant: `settings.toml` as checked data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import ConfigError
from config.reading import read_toml

FILE = "settings.toml"
RETAINED = (
    *("turns", "unanswered", "verdicts", "deliveries", "departures", "questions"),
    *("undo", "uploads"),
)
LONGEST = 36_500  # days
EMBEDDED = "embedded"
SENTENCE_TRANSFORMERS = "sentence-transformers:"  # goes before the name or path of a model


@dataclass(frozen=True)
class Settings:
    """What an official may set.

    Attributes:
        place: province or city that a question without a place asks for; "" for none.
        max_bytes: size over which a file is refused.
        max_characters: length over which a question is refused.
        kept_characters: how much of an unanswered question is kept.
        conversation_minutes: how long a turn is remembered for follow-up questions.
        encoder: "embedded", or "sentence-transformers:" and the name or path of a model.
        threads: processor threads of the encoder.
        threshold: confidence below which nothing is known, between 0 and 1.
        close: difference of confidence below which two answers are both offered.
        choices: how many further choices are offered.
        retention: days for which each kind of thing is kept, 0 for ever.
    """

    place: str
    max_bytes: int
    max_characters: int
    kept_characters: int
    conversation_minutes: int
    encoder: str
    threads: int
    threshold: float
    close: float
    choices: int
    retention: Mapping[str, int]


def load_settings(overrides: Path | None = None) -> Settings:
    """Return the bundled settings with those of the folder `overrides` laid over them.

    Raises:
        ConfigError: a value is missing, of the wrong kind or out of range.
    """
    table = read_toml(FILE, overrides)
    return Settings(
        place=_text(table, "office", "place"),
        max_bytes=_whole(table, "files", "max_mb", 1, 1024) * 1024 * 1024,
        max_characters=_whole(table, "questions", "max_characters", 50, 10_000),
        kept_characters=_whole(table, "questions", "kept_characters", 0, 10_000),
        conversation_minutes=_whole(table, "conversation", "minutes", 0, 24 * 60),
        encoder=_encoder(table),
        threads=_whole(table, "search", "threads", 1, 64),
        threshold=_share(table, "answers", "threshold"),
        close=_share(table, "answers", "close"),
        choices=_whole(table, "answers", "choices", 0, 9),
        retention={name: _whole(table, "retention", name, 0, LONGEST) for name in RETAINED},
    )


def _value(table: Mapping[str, Any], section: str, key: str) -> Any:
    try:
        return table[section][key]
    except (KeyError, TypeError):
        raise ConfigError(FILE, f"{section}.{key}", "thiếu giá trị") from None


def _whole(table: Mapping[str, Any], section: str, key: str, least: int, most: int) -> int:
    value = _value(table, section, key)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise ConfigError(FILE, f"{section}.{key}", f"phải là số nguyên từ {least} đến {most}")
    return value


def _text(table: Mapping[str, Any], section: str, key: str) -> str:
    value = _value(table, section, key)
    if not isinstance(value, str):
        raise ConfigError(FILE, f"{section}.{key}", "phải là chữ trong dấu nháy")
    return " ".join(value.split())


def _share(table: Mapping[str, Any], section: str, key: str) -> float:
    value = _value(table, section, key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ConfigError(FILE, f"{section}.{key}", "phải là số từ 0 đến 1")
    return float(value)


def _encoder(table: Mapping[str, Any]) -> str:
    value = str(_value(table, "search", "encoder")).strip()
    names_model = value.startswith(SENTENCE_TRANSFORMERS) and value != SENTENCE_TRANSFORMERS
    if value != EMBEDDED and not names_model:
        problem = f'chỉ nhận "{EMBEDDED}" hoặc "{SENTENCE_TRANSFORMERS}TÊN"'
        raise ConfigError(FILE, "search.encoder", problem)
    return value
