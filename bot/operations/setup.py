"""`cchc init`: a first configuration with comments, and a file for the secrets."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.environment import FILE as ENVIRONMENT
from bot.environment import MODE, VARIABLES
from config.channels import FILE as CHANNELS
from config.channels import load_channels
from config.office import FILE as OFFICE
from config.office import load_office
from config.settings import FILE as SETTINGS
from config.settings import load_settings

#: The channels that can be chosen; "web" is the page.
CHOICES = ("web", "telegram", "zalo_bot", "zalo_oa")


@dataclass(frozen=True)
class Wishes:
    """What was asked for.

    Attributes:
        office: name of the office.
        phone: where citizens reach it; "" where that was not said.
        place: province or city; "" for the whole country.
        port: where the server listens on this machine.
        public_url: https address from outside; "" where there is none.
        channels: some of `CHOICES`.
    """

    office: str
    phone: str
    place: str
    port: int
    public_url: str
    channels: tuple[str, ...]


def files_for(wishes: Wishes) -> dict[str, str]:
    """Return the files of the home with their contents."""
    return {
        f"config/{CHANNELS}": "\n".join(_channels(wishes)) + "\n",
        f"config/{SETTINGS}": "\n".join(_settings(wishes)) + "\n",
        f"config/{OFFICE}": "\n".join(_office(wishes)) + "\n",
        ENVIRONMENT: "\n".join(_environment(wishes.channels)) + "\n",
    }


def there_already(home: Path) -> list[str]:
    """Return those of the configuration's files that the home has already."""
    names = (f"config/{file}" for file in (CHANNELS, SETTINGS, OFFICE))
    return [name for name in names if (home / name).exists()]


def write(home: Path, files: dict[str, str]) -> None:
    """Write the files, each whole or not at all, and read the configuration back.

    Raises:
        OSError: the home cannot be written.
        ConfigError: what was asked for is no valid configuration.
    """
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, text in files.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(aside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, MODE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    load_settings(home / "config")
    load_channels(home / "config")
    load_office(home / "config")


def _channels(wishes: Wishes) -> Iterator[str]:
    webhook = "true" if wishes.public_url.startswith("https://") else "false"
    yield "# Cấu hình kênh của riêng nơi này; mục không ghi ở đây theo mặc định của chương trình."
    yield "# Mã bí mật (token) không ghi ở đây mà ghi trong tệp cchc.env của thư mục dữ liệu."
    yield ""
    yield "[server]"
    yield 'host = "127.0.0.1"         # chỉ máy này; máy chủ web đứng trước (nginx) chuyển tiếp vào'
    yield f"port = {wishes.port}"
    yield "# Địa chỉ https mà người ngoài vào được; để trống thì các kênh tự hỏi máy chủ của mình."
    yield f"public_url = {_quoted(wishes.public_url)}"
    yield ""
    yield "[web]"
    yield f"enabled = {'true' if 'web' in wishes.channels else 'false'}              # trang web"
    title = "Trợ lý cải cách hành chính" + (f" - {wishes.office}" if wishes.office else "")
    yield f"title = {_quoted(title)}"
    for name, messenger in (("telegram", "Telegram"), ("zalo_bot", "Zalo Bot")):
        if name in wishes.channels:
            yield ""
            yield f"[{name}]"
            yield f"# true: {messenger} gọi đến public_url; false: trợ lý tự hỏi {messenger}."
            yield f"webhook = {webhook}"


def _settings(wishes: Wishes) -> Iterator[str]:
    yield "# Cài đặt của riêng nơi này; mục không ghi ở đây theo mặc định của chương trình."
    yield ""
    yield "[office]"
    yield "# Câu hỏi không nêu nơi nào được hiểu là hỏi cho nơi này; để trống: cả nước."
    yield f"place = {_quoted(wishes.place)}"
    yield ""
    yield "# Số ngày giữ dữ liệu, 0 là giữ mãi; bỏ dấu # ở đầu dòng cần đổi."
    yield "[retention]"
    kept = load_settings().retention
    yield from (f"# {name} = {days}" for name, days in kept.items())


def _office(wishes: Wishes) -> Iterator[str]:
    yield "# Điều người dân đọc được khi muốn gặp cán bộ (/canbo); thêm địa chỉ, giờ làm việc:"
    yield "# docs/officials.md, mục Chuẩn bị một lần."
    yield ""
    yield "[office]"
    yield f"name = {_quoted(wishes.office)}"
    yield f"phone = {_quoted(wishes.phone)}"


def _environment(channels: Sequence[str]) -> Iterator[str]:
    yield "# Mã bí mật của các kênh. Tệp này chỉ chủ của nó đọc được (quyền 600); đừng gửi cho ai,"
    yield "# đừng chép vào bản sao lưu chung. Ghi giá trị sau dấu =, không cần dấu nháy."
    for one in VARIABLES:
        # What was not chosen stands there as well, for the day it is.
        mark = "" if one.channel in channels else "# "
        yield ""
        yield f"# {one.said}"
        yield f"{mark}{one.name}="


def _quoted(value: str) -> str:
    # A TOML basic string is a JSON string, but for DEL, which no address or name has.
    return json.dumps(" ".join(value.replace("\x7f", "").split()), ensure_ascii=False)
