"""Opening the application for the time of a command."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from bot.commands.base import Session
from bot.commands.progress import ProgressBar

if TYPE_CHECKING:
    from bot.application import Application


@contextmanager
def opened(session: Session) -> Iterator[Application]:
    """Open the application on the session's home and close it at the end.

    Raises:
        HomeError: the home cannot be used.
        ConfigError: a configuration file is wrong.
    """
    with _without_pandas():
        from bot.application import Application

    with ProgressBar() as progress:
        application = Application.open(session.home, progress)
    try:
        yield application
    finally:
        application.close()


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Hide pandas: sqlite-utils imports it where it is installed, which takes half a second.

    Nothing here gives the database a value of its types.
    """
    hidden = "pandas" not in sys.modules
    if hidden:
        sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        if hidden:
            del sys.modules["pandas"]


def print_json(value: Any, indent: int | None = 2) -> None:
    """Print a value as JSON with Vietnamese letters as they are."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent))
