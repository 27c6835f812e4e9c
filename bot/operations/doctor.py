"""What `cchc doctor` looks at beside the data: the machine, the rights, the secrets, the ways out.

Each look gives one finding, whose message says what is wrong and what to do.
"""

from __future__ import annotations

import os
import shutil
import socket
import stat
import sys
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from bot.checkup import Finding
from bot.environment import FILE as ENVIRONMENT
from bot.environment import malformed, missing
from bot.operations.copying import in_use
from bot.pausing import FILE as PAUSED
from bot.pseudonyms import FILE as KEY
from config.channels import Channels
from config.settings import EMBEDDED, Settings
from index.fidelity import broken_files
from knowledge.store import FILE as DATABASE

PYTHON = (3, 11)
LEAST_FREE = 500_000_000  # bytes: the index is written aside before the old one goes
VIETNAM = timedelta(hours=7)  # Asia/Ho_Chi_Minh, without summer time
ONLINE_SECONDS = 5.0

_GROUP_AND_OTHERS = 0o077


def machine(home: Path) -> Iterator[Finding]:
    """Look at Python, the disk, the time zone and the encoder's files."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < PYTHON:
        yield Finding(False, "python", f"Python {version} quá cũ; hãy cài Python 3.11 trở lên")
    else:
        yield Finding(True, "python", f"Python {version}")
    yield disk(home, shutil.disk_usage(_existing(home)).free)
    yield time_zone(datetime.now().astimezone().utcoffset() or timedelta())


def disk(home: Path, free: int) -> Finding:
    """Say whether there is room.

    Args:
        home: the home.
        free: bytes.
    """
    megabytes = f"{free // 1_000_000:,}".replace(",", ".")
    if free < LEAST_FREE:
        needed = LEAST_FREE // 1_000_000
        message = f"Đĩa của {home} chỉ còn {megabytes} MB; hãy dọn để còn ít nhất {needed} MB"
        return Finding(False, "disk", message)
    return Finding(True, "disk", f"Đĩa còn {megabytes} MB")


def time_zone(offset: timedelta) -> Finding:
    """Say whether "today" is the day of Vietnam.

    Args:
        offset: from UTC.
    """
    if offset != VIETNAM:
        message = "Múi giờ của máy không phải giờ Việt Nam; chạy timedatectl set-timezone "
        return Finding(False, "time_zone", f"{message}Asia/Ho_Chi_Minh")
    return Finding(True, "time_zone", "Múi giờ Việt Nam")


def rights(home: Path) -> Iterator[Finding]:
    """Look at who may read and write the home and its secrets."""
    if not home.is_dir():
        message = f"Chưa có thư mục dữ liệu {home}; chạy “cchc init”"
        yield Finding(False, "rights", message)
        return
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        message = f"Không ghi được vào {home}; hãy chạy bằng đúng người dùng hoặc chown thư mục này"
        yield Finding(False, "rights", message)
        return
    open_to_others = [
        path
        for path in (home / KEY, home / ENVIRONMENT, home / DATABASE)
        if os.name == "posix" and path.exists() and _mode(path) & _GROUP_AND_OTHERS
    ]
    # A closed folder closes what is in it; the secrets are to be closed by themselves as well.
    if os.name == "posix" and _mode(home) & _GROUP_AND_OTHERS:
        open_to_others.insert(0, home)
    else:
        open_to_others = [path for path in open_to_others if path.name != DATABASE]
    if open_to_others:
        named = " ".join(str(path) for path in open_to_others)
        message = f"Người dùng khác trên máy đọc được dữ liệu; chạy chmod go-rwx {named}"
        yield Finding(False, "rights", message)
        return
    yield Finding(True, "rights", "Chỉ người chạy trợ lý đọc được thư mục dữ liệu")


def encoder(settings: Settings) -> Finding:
    """Say whether the encoder's files are those that were released."""
    if settings.encoder != EMBEDDED:
        return Finding(True, "encoder", f"Dùng mô hình riêng {settings.encoder}")
    try:
        broken = broken_files()
    except OSError:
        broken = ["SHA256SUMS"]
    if broken:
        message = (
            f"Tệp mô hình {', '.join(broken)} không đúng bản phát hành; hãy cài lại chương trình"
        )
        return Finding(False, "encoder", message)
    return Finding(True, "encoder", "Tệp mô hình đúng bản phát hành")


def environment(channels: Channels, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the secrets: their form, and whether a channel has some and lacks others."""
    wrong = malformed(environ)
    for one in wrong:
        message = f"{one.name} không đúng dạng ({one.said}); sửa trong {ENVIRONMENT}"
        yield Finding(False, "environment", message)
    lacking = missing("zalo_oa", environ)
    if lacking and any(name.startswith("CCHC_ZALO_OA_") and environ[name] for name in environ):
        named = ", ".join(one.name for one in lacking)
        yield Finding(False, "environment", f"Zalo OA còn thiếu {named}; ghi vào {ENVIRONMENT}")
    running = [name for name in ("telegram", "zalo_bot", "zalo_oa") if not missing(name, environ)]
    if channels.web.enabled:
        running.insert(0, "web")
    if not running:
        message = f"Chưa kênh nào chạy được; ghi mã vào {ENVIRONMENT} hoặc đặt web.enabled = true"
        yield Finding(False, "environment", message)
    elif not wrong:
        yield Finding(True, "environment", f"Kênh sẽ chạy: {', '.join(running)}")


def port(home: Path, channels: Channels) -> Finding:
    """Say whether the server can listen."""
    host, number = channels.server.host, channels.server.port
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, number))
        except OSError as error:
            if in_use(home / DATABASE):
                return Finding(True, "port", f"Cổng {number} đang dùng, trợ lý đang chạy")
            message = (
                f"Không lắng nghe được ở {host}:{number} ({error.strerror}); đóng chương trình đang"
                " dùng cổng hoặc đổi server.port trong config/channels.toml"
            )
            return Finding(False, "port", message)
    return Finding(True, "port", f"Cổng {number} còn trống")


def switch(home: Path) -> Iterator[Finding]:
    """Say so where answering is turned off."""
    if (home / PAUSED).exists():
        message = "Trợ lý đang tạm ngừng trả lời; chạy “cchc resume” để trả lời lại"
        yield Finding(False, "paused", message)


def online(channels: Channels, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Try to reach the messengers' servers, and ourselves from outside; nothing is sent."""
    import httpx

    addresses = {
        "telegram": channels.telegram.api_url,
        "zalo_bot": channels.zalo_bot.api_url,
        "zalo_oa": channels.zalo_oa.api_url,
    }
    wanted = [url for name, url in addresses.items() if not missing(name, environ)]
    if channels.server.public_url:
        wanted.append(f"{channels.server.public_url}/healthz")
    for url in wanted:
        try:
            httpx.head(url, timeout=ONLINE_SECONDS, follow_redirects=False)
        except httpx.HTTPError as error:
            message = (
                f"Không tới được {url} ({type(error).__name__}); kiểm tra mạng, DNS, tường lửa,"
                " chứng thư"
            )
            yield Finding(False, "online", message)
        else:
            yield Finding(True, "online", f"Tới được {url}")


def _existing(path: Path) -> Path:
    """Return the nearest folder above a path that exists."""
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)
