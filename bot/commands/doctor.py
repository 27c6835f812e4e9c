"""`cchc doctor`: what is wrong with the machine, the home and its secrets, and what to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from bot.commands.base import Command, Session
from bot.commands.check import home_findings, show
from bot.commands.failure import PARTLY
from bot.commands.options import json_option

if TYPE_CHECKING:
    from bot.checkup import Finding


@click.command("doctor", cls=Command)
@json_option
@click.option("--online", is_flag=True, help="Thử cả đường ra máy chủ của các kênh.")
@click.pass_obj
def doctor(session: Session, as_json: bool, online: bool) -> int:
    """Tìm chỗ chưa ổn của máy, dữ liệu, cấu hình và nói cách sửa.

    Kết thúc với mã 1 khi có điều không ổn.
    """
    findings = [asdict(finding) for finding in _around(session, online)]
    # A home is not made by looking at it.
    if session.home.is_dir():
        findings += home_findings(session)
    show(session, findings, as_json)
    return 0 if all(finding["ok"] for finding in findings) else PARTLY


def _around(session: Session, online: bool) -> Iterator[Finding]:
    from bot.checkup import Finding
    from bot.common import OVERRIDES
    from bot.environment import read
    from bot.operations import doctor
    from config.channels import load_channels
    from config.errors import ConfigError
    from config.settings import load_settings

    home = session.home
    yield from doctor.machine(home)
    yield from doctor.rights(home)
    yield from doctor.switch(home)
    try:
        settings, channels = load_settings(home / OVERRIDES), load_channels(home / OVERRIDES)
        environ = {**read(home), **os.environ}
    except (ConfigError, OSError) as error:
        yield Finding(False, "config", str(error))
        return
    yield doctor.encoder(settings)
    yield from doctor.environment(channels, environ)
    yield doctor.port(home, channels)
    if online:
        yield from doctor.online(channels, environ)
