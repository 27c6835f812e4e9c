"""Options that several commands take: the day and the place of a question, JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.commands.base import WrongUse
from bot.streams import readable

if TYPE_CHECKING:
    from knowledge.places import Places

_Decorated = TypeVar("_Decorated", bound=Callable[..., Any])

if TYPE_CHECKING:
    _Type = click.ParamType[Any]
else:
    _Type = click.ParamType  # generic from click 8.4 on

_VIETNAMESE_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


class _Day(_Type):
    """A day as 2023-06-01 or 01/06/2023."""

    name = "ngày"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the date that was written."""
        written = str(value).strip()
        found = _VIETNAMESE_DAY.fullmatch(written)
        try:
            if found:
                return date(int(found[3]), int(found[2]), int(found[1]))
            return date.fromisoformat(written)
        except ValueError:
            self.fail(f"“{written}” không phải một ngày; hãy viết như 2023-06-01.", param, ctx)


def day_type() -> _Type:
    """Return the type of an option that is a day: 2023-06-01 or 01/06/2023."""
    return _Day()


def day_option(command: _Decorated) -> _Decorated:
    """Add `--on`."""
    return click.option(
        "--on",
        type=_Day(),
        metavar="NGÀY",
        help="Trả lời cho ngày này, ví dụ 2023-06-01; không ghi là hôm nay.",
    )(command)


def place_option(command: _Decorated) -> _Decorated:
    """Add `--place`."""
    return click.option(
        "--place",
        metavar="NƠI",
        help="Tỉnh, thành phố của người hỏi, nếu câu hỏi không nêu nơi nào.",
    )(command)


def known_place(written: str | None, places: Places) -> str | None:
    """Return the table's name for what was given as `--place`.

    Raises:
        WrongUse: no province or city is called that.
    """
    if written is None:
        return None
    name = places.resolve(readable(written))
    if name is None:
        raise WrongUse(
            f"Không rõ “{readable(written)}” là nơi nào;"
            " hãy ghi tên tỉnh, thành phố với --place, ví dụ “Quảng Nam”."
        )
    return name


def json_option(command: _Decorated) -> _Decorated:
    """Add `--json`."""
    return click.option(
        "--json", "as_json", is_flag=True, help="In JSON cho chương trình khác đọc."
    )(command)
