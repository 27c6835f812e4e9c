"""`cchc check`: is the store whole, the configuration right, the index in step."""

from __future__ import annotations

import locale
import os
import sqlite3
from dataclasses import asdict
from typing import Any

import click

from bot.commands.base import Command, Session
from bot.commands.failure import PARTLY, failure
from bot.commands.opening import opened, print_json
from bot.commands.options import json_option


@click.command("check", cls=Command)
@json_option
@click.pass_obj
def check(session: Session, as_json: bool) -> int:
    """Kiểm tra dữ liệu, cấu hình và chỉ mục.

    Kết thúc với mã 1 khi có điều không ổn.
    """
    findings = home_findings(session)
    show(session, findings, as_json)
    return 0 if all(finding["ok"] for finding in findings) else PARTLY


def show(session: Session, findings: list[dict[str, Any]], as_json: bool) -> None:
    """Print what was found."""
    if as_json:
        print_json(findings)
        return
    click.echo(f"Thư mục dữ liệu: {session.home}")
    right, wrong = ("✓", "✗") if _shows_marks() else ("[ok]", "[!!]")
    for finding in findings:
        mark = right if finding["ok"] else wrong
        click.echo(f"{mark} {finding['message']}")


def home_findings(session: Session) -> list[dict[str, Any]]:
    """Return what is found; a home that does not open is a finding too."""
    from bot.home import HomeError
    from config.errors import ConfigError

    try:
        with opened(session) as application:
            return [asdict(finding) for finding in application.check()]
    except ConfigError as error:
        return [{"ok": False, "subject": "Cấu hình", "message": str(error)}]
    except (HomeError, sqlite3.Error, OSError) as error:
        message = failure(error).message
        return [{"ok": False, "subject": "Thư mục dữ liệu", "message": message}]


def _shows_marks() -> bool:
    """Say whether the terminal's own encoding and font are likely to have the marks."""
    plain = os.environ.get("TERM") in ("dumb", "linux")
    return not plain and locale.getencoding().lower().replace("-", "") == "utf8"
