"""`cchc init`: the first configuration, by a few questions or by options."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

import click

from bot.commands.base import Command, Session, WrongUse
from bot.commands.failure import PARTLY
from bot.streams import readable

CHANNELS = ("web", "telegram", "zalo_bot", "zalo_oa")
_NAMED = ", ".join(CHANNELS)
LONGEST = 200  # characters of a name or a telephone number
_Read = TypeVar("_Read")
_ADDRESS = re.compile(r"https?://[^\s\"'<>;,/]+\S*")


@click.command("init", cls=Command)
@click.option("--office", metavar="TÊN", help="Tên cơ quan vận hành.")
@click.option("--phone", metavar="SỐ", help="Điện thoại để người dân gọi.")
@click.option("--place", metavar="NƠI", help="Tỉnh, thành phố; để trống là cả nước.")
@click.option("--port", type=click.IntRange(1, 65_535), metavar="CỔNG", help="Cổng trên máy này.")
@click.option("--public-url", metavar="ĐỊA_CHỈ", help="Địa chỉ https từ ngoài vào, nếu có.")
@click.option(
    "--channel",
    "channels",
    multiple=True,
    type=click.Choice(CHANNELS),
    help="Kênh sẽ chạy; ghi nhiều lần cho nhiều kênh.",
)
@click.option("--yes", is_flag=True, help="Không hỏi; mục không ghi thì theo mặc định.")
@click.option("--overwrite", is_flag=True, help="Ghi đè tệp cấu hình đã có.")
@click.pass_obj
def init(
    session: Session,
    office: str | None,
    phone: str | None,
    place: str | None,
    port: int | None,
    public_url: str | None,
    channels: tuple[str, ...],
    yes: bool,
    overwrite: bool,
) -> int:
    """Hỏi vài điều và ghi cấu hình đầu tiên có chú thích.

    Mã bí mật của các kênh không hỏi ở đây: ghi chúng vào tệp cchc.env vừa tạo.
    """
    from bot.environment import FILE as ENVIRONMENT
    from bot.operations.setup import Wishes, files_for, there_already, write

    existing = ", ".join(there_already(session.home))
    if existing and not overwrite and (yes or not click.confirm(f"Đã có {existing}. Ghi đè")):
        click.echo(f"Không ghi gì vì đã có {existing}; thêm --overwrite để ghi đè.", err=True)
        return PARTLY
    wishes = Wishes(
        _answer("Tên cơ quan", office, "", yes, _line),
        _answer("Điện thoại để người dân gọi (nếu có)", phone, "", yes, _line),
        _answer("Tỉnh, thành phố (để trống: cả nước)", place, "", yes, _place),
        _answer("Cổng trên máy này", None if port is None else str(port), "8080", yes, _port),
        _answer("Địa chỉ https từ ngoài vào (nếu có)", public_url, "", yes, _url),
        channels or _answer(f"Kênh, cách nhau dấu phẩy ({_NAMED})", None, "web", yes, _channels),
    )
    files = files_for(wishes)
    if (session.home / ENVIRONMENT).exists():
        # The tokens that stand in it exist nowhere else.
        del files[ENVIRONMENT]
    write(session.home, files)
    for name in files:
        click.echo(f"Đã ghi {session.home / name}")
    click.echo("Tiếp theo: ghi mã của các kênh vào cchc.env, rồi chạy “cchc doctor”.")
    return 0


def _answer(
    question: str, given: str | None, default: str, silent: bool, read: Callable[[str], _Read]
) -> _Read:
    """Return what was given or is answered, read; a wrong answer is asked for again.

    Raises:
        WrongUse: what was given cannot be read.
    """
    if given is not None or silent:
        return read(default if given is None else given.strip())
    while True:
        answer = click.prompt(question, default=default, show_default=bool(default))
        try:
            return read(str(answer).strip())
        except WrongUse as error:
            click.echo(error.format_message(), err=True)


def _line(written: str) -> str:
    if len(written) > LONGEST:
        raise WrongUse(f"Dài quá {LONGEST} ký tự; hãy ghi ngắn hơn.")
    return written


def _place(written: str) -> str:
    from knowledge.places import Places

    if not written:
        return ""
    name = Places.load().resolve(readable(written))
    if name is None:
        raise WrongUse(
            f"Không rõ “{written}” là nơi nào; hãy ghi tên tỉnh, thành phố, ví dụ Quảng Nam."
        )
    return name


def _port(written: str) -> int:
    if not written.isdecimal() or not 1 <= int(written) <= 65_535:
        raise WrongUse(f"Cổng phải là số từ 1 đến 65535, không phải “{written}”.")
    return int(written)


def _url(written: str) -> str:
    if written and not _ADDRESS.fullmatch(written):
        raise WrongUse(f"“{written}” không phải địa chỉ; hãy ghi như https://cchc.tinh.gov.vn")
    return written.rstrip("/")


def _channels(written: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name for name in re.split(r"[\s,;]+", written.strip()) if name))
    unknown = [name for name in names if name not in CHANNELS]
    if unknown or not names:
        raise WrongUse(f"Kênh phải trong số: {_NAMED}.")
    return names
