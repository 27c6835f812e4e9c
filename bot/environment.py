"""Secrets stand in environment variables, or in the home's `cchc.env`, whose lines set them."""

from __future__ import annotations

import re
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from pathlib import Path

FILE = "cchc.env"
MODE = 0o600

_LINE = re.compile(r"(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)")


@dataclass(frozen=True)
class Variable:
    """A secret that the program reads.

    Attributes:
        name: of the environment variable.
        channel: the channel that needs it, "" for none.
        said: what it is and where it comes from, for people.
        form: what its value looks like, a regular expression.
    """

    name: str
    channel: str
    said: str
    form: str

    def fits(self, value: str) -> bool:
        """Say whether a value can be right."""
        return re.fullmatch(self.form, value) is not None


VARIABLES = (
    Variable(
        "CCHC_TELEGRAM_TOKEN",
        "telegram",
        "Mã của bot Telegram, do @BotFather cấp, dạng 123456789:AA…",
        r"\d{5,}:[\w-]{30,}",
    ),
    Variable(
        "CCHC_ZALO_BOT_TOKEN",
        "zalo_bot",
        "Mã của Zalo Bot, do Zalo Bot Manager cấp, dạng 123456789:abc…",
        r"\d{5,}:\S{10,}",
    ),
    Variable("CCHC_ZALO_OA_APP_ID", "zalo_oa", "Mã ứng dụng của Zalo OA, toàn số", r"\d{5,}"),
    Variable("CCHC_ZALO_OA_APP_SECRET", "zalo_oa", "Khóa bí mật của ứng dụng Zalo OA", r"\S{8,}"),
    Variable(
        "CCHC_ZALO_OA_REFRESH_TOKEN",
        "zalo_oa",
        "Refresh token của Zalo OA; chỉ dùng lần đầu, sau đó trợ lý tự đổi và giữ mã mới",
        r"\S{16,}",
    ),
    Variable(
        "CCHC_ZALO_OA_WEBHOOK_KEY", "zalo_oa", "OA Secret Key, để kiểm chữ ký tin đến", r"\S{8,}"
    ),
    Variable(
        "CCHC_METRICS_TOKEN",
        "",
        "Mã để máy khác xem /metrics; để trống thì chỉ máy này xem được",
        r"\S{16,}",
    ),
)


def parse(text: str) -> dict[str, str]:
    """Return the variables that the lines of an environment file set.

    Lines are `NAME=value` as systemd reads them, the value in quotation marks or not; `#` begins
    a comment. An empty value sets nothing.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is None:
            continue
        value = match[2].strip()
        if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        if value:
            found[match[1]] = value
    return found


def read(home: Path) -> dict[str, str]:
    """Return what the home's environment file sets; nothing where there is none.

    Raises:
        OSError: it is there and cannot be read.
    """
    try:
        return parse((home / FILE).read_text("utf-8-sig", "replace"))
    except FileNotFoundError:
        return {}


def load(home: Path, environ: MutableMapping[str, str]) -> None:
    """Set what the home's environment file says and the environment does not say already."""
    for name, value in read(home).items():
        environ.setdefault(name, value)


def malformed(environ: Mapping[str, str]) -> list[Variable]:
    """Return the secrets that are set to what they cannot be."""
    given = ((one, environ.get(one.name, "")) for one in VARIABLES)
    return [one for one, value in given if value and not one.fits(value)]


def missing(channel: str, environ: Mapping[str, str]) -> list[Variable]:
    """Return the secrets that a channel needs and that are not set."""
    return [one for one in VARIABLES if one.channel == channel and not environ.get(one.name)]
