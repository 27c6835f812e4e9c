"""The command line `cchc`."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import click

from bot.commands.accounts import accounts
from bot.commands.add import add
from bot.commands.answers import answers
from bot.commands.ask import ask
from bot.commands.audit import audit
from bot.commands.backup import backup, migrate, restore
from bot.commands.base import Group, Session, sentence
from bot.commands.bench import bench
from bot.commands.chat import chat
from bot.commands.check import check
from bot.commands.correcting import deadlines, targets
from bot.commands.doctor import doctor
from bot.commands.documents import documents
from bot.commands.evaluate import evaluate
from bot.commands.explain import explain
from bot.commands.extract import extract
from bot.commands.failure import PARTLY, failure
from bot.commands.init import init
from bot.commands.link import link
from bot.commands.notice import notice
from bot.commands.pause import pause, resume
from bot.commands.privacy import export_user, forget_user, retention
from bot.commands.procedures import procedures
from bot.commands.qr import qr
from bot.commands.ratings import ratings
from bot.commands.remove import remove
from bot.commands.report import report
from bot.commands.results import progress
from bot.commands.roles import roles
from bot.commands.serve import serve
from bot.commands.standing import end, replace, withdraw
from bot.commands.survey import survey
from bot.home import resolve_home
from bot.streams import hush, use_utf8

DISTRIBUTION = "tro-ly-cchc"
INTERRUPTED = 130


class _Program(Group):
    """The outermost group: whatever a command lets through becomes one sentence."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except Exception as error:
            if ctx.params.get("debug"):
                traceback.print_exc()
            raise failure(error) from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order in which they were added, the daily ones first."""
        return list(self.commands)


def _print_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"cchc {metadata.version(DISTRIBUTION)}")
        ctx.exit()


@click.group(cls=_Program, invoke_without_command=True)
@click.option(
    "--home",
    type=click.Path(path_type=Path),
    metavar="THƯ_MỤC",
    help="Thư mục dữ liệu; không ghi thì theo biến CCHC_HOME, rồi đến thư mục của người dùng.",
)
@click.option("--debug", is_flag=True, help="Hiện chi tiết khi có lỗi.")
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_print_version,
    help="Hiện phiên bản.",
)
@click.pass_context
def cli(ctx: click.Context, home: Path | None, debug: bool) -> None:
    """Trợ lý cải cách hành chính: hỏi đáp trích nguyên văn từ văn bản, không cần mạng.

    Bắt đầu bằng “cchc chat”, hoặc hỏi ngay: cchc ask "làm lại căn cước mất bao lâu".
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
        return
    ctx.obj = Session(resolve_home(home), debug)


DAILY = (chat, serve, ask, add, documents, remove, explain, link)
LOOK_UPS = (targets, deadlines, procedures, progress, extract)
RATINGS = (survey, qr, report)
PEOPLE = (roles, accounts, answers, notice, audit)
OPERATIONS = (
    *(init, doctor, backup, restore, migrate),
    *(pause, resume, retention, export_user, forget_user),
)
MEASURING = (evaluate, bench, ratings)

for command in (*DAILY, *LOOK_UPS, *RATINGS, *PEOPLE, check, *OPERATIONS, *MEASURING):
    cli.add_command(command)
for command in (replace, end, withdraw):
    documents.add_command(command)


def run(args: Sequence[str]) -> int:
    """Run the command line.

    Args:
        args: what follows `cchc`.

    Returns:
        Exit status: 0 done, 1 done in part or not found, 2 wrong use, 130 interrupted.
    """
    use_utf8()
    try:
        status = cli.main(list(args), "cchc", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        # Whatever an error quotes, it is one line.
        click.echo(f"Lỗi: {' '.join(sentence(error).split())}", err=True)
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except BrokenPipeError:
        hush()
        return PARTLY
    return status if isinstance(status, int) else 0


def main() -> None:
    """Entry point of `cchc`."""
    # What one question multiplies is too little to be shared: further threads would wait for each
    # other in a loop and take several times the work itself.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    sys.exit(run(sys.argv[1:]))
