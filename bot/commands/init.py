"""`cchc init`: the first configuration, by a few questions or by options."""

from __future__ import annotations

import re

import click

from bot.commands.base import Command, Session, WrongUse
from bot.commands.failure import PARTLY
from bot.commands.options import known_place

CHANNELS = ("web", "telegram", "zalo_bot", "zalo_oa")
_ADDRESS = re.compile(r"https?://[^\s\"'<>;,/]+\S*")


@click.command("init", cls=Command)
@click.option("--office", metavar="TÊN", help="Tên cơ quan vận hành.")
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

    office = _answer("Tên cơ quan", office, "", yes)
    place = _place(_answer("Tỉnh, thành phố (để trống: cả nước)", place, "", yes))
    port = _port(_answer("Cổng trên máy này", None if port is None else str(port), "8080", yes))
    public_url = _url(_answer("Địa chỉ https từ ngoài vào (nếu có)", public_url, "", yes))
    chosen = channels or _channels(_answer("Kênh, cách nhau dấu phẩy", None, "web", yes))
    files = files_for(Wishes(office, place, port, public_url, chosen))
    if (session.home / ENVIRONMENT).exists():
        # The tokens that stand in it exist nowhere else.
        del files[ENVIRONMENT]
    existing = there_already(session.home, list(files))
    if existing and not overwrite:
        listed = ", ".join(existing)
        if yes or not click.confirm(f"Đã có {listed}. Ghi đè"):
            click.echo(f"Không ghi gì vì đã có {listed}; thêm --overwrite để ghi đè.", err=True)
            return PARTLY
    write(session.home, files)
    for name in files:
        click.echo(f"Đã ghi {session.home / name}")
    click.echo("Tiếp theo: ghi mã của các kênh vào cchc.env, rồi chạy “cchc doctor”.")
    return 0


def _answer(question: str, given: str | None, default: str, silent: bool) -> str:
    if given is not None or silent:
        return (given if given is not None else default).strip()
    return str(click.prompt(question, default=default, show_default=bool(default))).strip()


def _place(written: str) -> str:
    from knowledge.places import Places

    return known_place(written, Places.load()) or "" if written else ""


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
        raise WrongUse(f"Kênh phải trong số: {', '.join(CHANNELS)}.")
    return names
