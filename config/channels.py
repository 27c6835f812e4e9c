"""The channels that people write on: `channels.toml` as checked data. Secrets are not in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.errors import ConfigError
from config.reading import read_toml

FILE = "channels.toml"


@dataclass(frozen=True)
class ServerSettings:
    """The one server.

    Attributes:
        host, port: where it listens.
        public_url: where it is reached from outside, "" where it is not.
        answering: how many questions are answered at the same time.
        longest_seconds: after which a process that answers is taken to hang and is replaced.
    """

    host: str
    port: int
    public_url: str
    answering: int
    longest_seconds: int


@dataclass(frozen=True)
class WebSettings:
    """The web page.

    Attributes:
        enabled: whether it is served.
        title: what it is called.
        embed_origins: pages that may hold it in a frame and call its API, "https://tinh.gov.vn".
    """

    enabled: bool
    title: str
    embed_origins: tuple[str, ...]


@dataclass(frozen=True)
class MessengerSettings:
    """A messenger with one token: where its API is, and whether it calls us or we ask it."""

    api_url: str
    webhook: bool


@dataclass(frozen=True)
class TelegramSettings(MessengerSettings):
    """Telegram, which also limits how many messages a second a bot may send in all."""

    per_second: int


@dataclass(frozen=True)
class OfficialAccountSettings:
    """Zalo Official Account.

    Attributes:
        api_url, oauth_url: where its API is and where its tokens are renewed.
        file_hosts: hosts from which files of knowledge keepers are fetched; none where empty.
    """

    api_url: str
    oauth_url: str
    file_hosts: tuple[str, ...]


@dataclass(frozen=True)
class Limits:
    """How much one person may send: messages a minute, and messages waiting for a reply."""

    per_minute: int
    waiting: int


@dataclass(frozen=True)
class Channels:
    """The whole of `channels.toml`, one attribute a table."""

    server: ServerSettings
    web: WebSettings
    telegram: TelegramSettings
    zalo_bot: MessengerSettings
    zalo_oa: OfficialAccountSettings
    limits: Limits


def load_channels(overrides: Path | None = None) -> Channels:
    """Return the bundled channel settings with those of the folder `overrides` laid over them.

    Raises:
        ConfigError: a value is missing, of the wrong kind or out of range.
    """
    read = _Reading(read_toml(FILE, overrides))
    public_url = read.address("server", "public_url", needed=False)
    telegram = _messenger(read, "telegram", public_url)
    per_second = read.whole("telegram", "per_second", 1, 10_000)
    return Channels(
        server=ServerSettings(
            read.text("server", "host"),
            read.whole("server", "port", 0, 65_535),
            public_url,
            read.whole("server", "answering", 1, 16),
            read.whole("server", "longest_seconds", 1, 3_600),
        ),
        web=WebSettings(
            read.flag("web", "enabled"),
            read.text("web", "title"),
            read.origins("web", "embed_origins"),
        ),
        telegram=TelegramSettings(telegram.api_url, telegram.webhook, per_second),
        zalo_bot=_messenger(read, "zalo_bot", public_url),
        zalo_oa=OfficialAccountSettings(
            read.address("zalo_oa", "api_url"),
            read.address("zalo_oa", "oauth_url"),
            read.hosts("zalo_oa", "file_hosts"),
        ),
        limits=Limits(
            read.whole("limits", "per_minute", 1, 10_000), read.whole("limits", "waiting", 1, 1000)
        ),
    )


def _messenger(read: _Reading, section: str, public_url: str) -> MessengerSettings:
    webhook = read.flag(section, "webhook")
    if webhook and not public_url:
        raise ConfigError(FILE, f"{section}.webhook", "cần server.public_url khi đặt là true")
    return MessengerSettings(read.address(section, "api_url"), webhook)


class _Reading:
    """Takes checked values out of the file's tables."""

    def __init__(self, tables: Mapping[str, Any]) -> None:
        self._tables = tables

    def _value(self, section: str, key: str) -> Any:
        try:
            return self._tables[section][key]
        except (KeyError, TypeError):
            raise ConfigError(FILE, f"{section}.{key}", "thiếu giá trị") from None

    def flag(self, section: str, key: str) -> bool:
        value = self._value(section, key)
        if not isinstance(value, bool):
            raise ConfigError(FILE, f"{section}.{key}", "phải là true hoặc false")
        return value

    def whole(self, section: str, key: str, least: int, most: int) -> int:
        value = self._value(section, key)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise ConfigError(FILE, f"{section}.{key}", f"phải là số nguyên từ {least} đến {most}")
        return value

    def text(self, section: str, key: str) -> str:
        value = self._value(section, key)
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(FILE, f"{section}.{key}", "phải là chữ không rỗng, trong dấu nháy")
        return value.strip()

    def address(self, section: str, key: str, needed: bool = True) -> str:
        """Return an address without the stroke at its end; "" for an empty one that may be."""
        value = self._value(section, key)
        if value == "" and not needed:
            return ""
        if not _is_address(value):
            raise ConfigError(FILE, f"{section}.{key}", 'phải là địa chỉ, ví dụ "https://…"')
        return str(value).rstrip("/")

    def origins(self, section: str, key: str) -> tuple[str, ...]:
        value = self._value(section, key)
        if not isinstance(value, list) or not all(_is_origin(one) for one in value):
            problem = 'phải là danh sách địa chỉ trang, ví dụ ["https://tinh.gov.vn"]'
            raise ConfigError(FILE, f"{section}.{key}", problem)
        return tuple(one.rstrip("/") for one in value)

    def hosts(self, section: str, key: str) -> tuple[str, ...]:
        value = self._value(section, key)
        if not isinstance(value, list) or not all(_is_host(one) for one in value):
            problem = 'phải là danh sách tên máy chủ, ví dụ ["example.vn"]'
            raise ConfigError(FILE, f"{section}.{key}", problem)
        return tuple(one.lower() for one in value)


def _is_host(value: object) -> bool:
    return isinstance(value, str) and bool(re.fullmatch(r"(?:[\w-]+\.)+[A-Za-z]{2,}", value, re.A))


def _is_address(value: object) -> bool:
    if not isinstance(value, str) or any(c.isspace() or c in "\"'<>;," for c in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _is_origin(value: object) -> bool:
    return _is_address(value) and urlsplit(str(value)).path in ("", "/")
