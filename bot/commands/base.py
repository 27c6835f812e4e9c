"""What all commands share: help in Vietnamese, errors of use in Vietnamese, common options."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

_HEADINGS = {
    "Options": "Tùy chọn",
    "Commands": "Lệnh",
    "Arguments": "Tham số",
    "Positional arguments": "Tham số",
}


@dataclass(frozen=True)
class Session:
    """What the options before the subcommand say.

    Attributes:
        home: the home directory.
        debug: whether details of errors are wanted.
    """

    home: Path
    debug: bool


class WrongUse(click.UsageError):
    """The command was called wrongly; the message is a Vietnamese sentence."""


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help and errors are Vietnamese."""

    context_class = _Context

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[TÙY CHỌN]")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with its own help in Vietnamese."""
        return _in_vietnamese(super().get_help_option(ctx))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what is left over in Vietnamese."""
        ctx.allow_extra_args = True
        rest = super().parse_args(ctx, args)
        if ctx.args and not ctx.resilient_parsing:
            raise WrongUse(f"Thừa “{' '.join(ctx.args)}”; tên có dấu cách thì đặt trong dấu nháy.")
        return rest


class Group(click.Group):
    """A group of commands whose help and errors are Vietnamese."""

    context_class = _Context
    command_class = Command

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[TÙY CHỌN]")
        kwargs.setdefault("subcommand_metavar", "LỆNH …")
        super().__init__(*args, **kwargs)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help` with its own help in Vietnamese."""
        return _in_vietnamese(super().get_help_option(ctx))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or say which one may be meant."""
        if args and self.get_command(ctx, args[0]) is None and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], self.list_commands(ctx), 1)
            hint = f"có phải bạn cần “{near[0]}”?" if near else "xem các lệnh có:"
            raise WrongUse(f"Không có lệnh “{args[0]}”; {hint} ({ctx.command_path} --help)")
        return super().resolve_command(ctx, args)


class ListedByDefault(Group):
    """A group whose words that are no subcommand belong to its subcommand `list`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `list` before what names no subcommand."""
        known = {*self.commands, "--help"}
        if not args or args[0] not in known:
            args = ["list", *args]
        return super().parse_args(ctx, args)


def _in_vietnamese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "Hiện phần hướng dẫn này."
    return option


def sentence(error: click.ClickException) -> str:
    """Return one Vietnamese sentence for an error of the command line."""
    context = getattr(error, "ctx", None)
    more = f"xem “{context.command_path if context else 'cchc'} --help”."
    if isinstance(error, WrongUse) or not isinstance(error, click.UsageError):
        return error.format_message()
    if isinstance(error, click.NoSuchOption):
        near = f"có phải bạn cần {error.possibilities[0]}? " if error.possibilities else ""
        return f"Không có tùy chọn {error.option_name}; {near}{more}"
    if isinstance(error, click.BadOptionUsage):
        return f"Tùy chọn {error.option_name} thiếu hoặc thừa giá trị; {more}"
    name = _name(error)
    if isinstance(error, click.MissingParameter):
        return f"Thiếu {name}; {more}"
    if isinstance(error, click.BadParameter):
        kind = error.param.type if error.param else None
        if isinstance(kind, click.Choice):
            return f"{name} phải là {' hoặc '.join(map(str, kind.choices))}."
        if isinstance(kind, (click.IntRange, click.FloatRange)):
            return f"{name} phải là số{_limits(kind)}."
        return f"{name}: {error.message}"
    return f"Cách gọi lệnh chưa đúng; {more}"


def _limits(kind: click.IntRange | click.FloatRange) -> str:
    low = "" if kind.min is None else f" từ {kind.min}"
    return low if kind.max is None else f"{low} đến {kind.max}"


def _name(error: click.UsageError) -> str:
    param = getattr(error, "param", None)
    if isinstance(param, click.Option):
        return max(param.opts, key=len)
    return param.make_metavar(click.Context(Command(""))) if param else "tham số"
