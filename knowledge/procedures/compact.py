"""The facts of all national procedures as a small file that ships: a line of JSON each, packed.

Facts only: code, name, field, level, modes with time and fee, authority, numbers of the legal
basis, address. No sentence of the portal is among them, so a fee that is told in words is kept
as "told", and a time that is told in words as unknown.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from knowledge.procedures.facts import MODES, Duration, Fee, Mode, Procedure
from knowledge.procedures.fees import UNKNOWN

FILE = "procedures.jsonl.gz"
ADDRESS = "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/"
TOLD = "told"  # the portal names the fee in words
LONGEST_NAME = 200  # characters of an authority; more is no name

_UNITS = ("day", "working_day", "hour", "minute", "week", "month", "year")


def packed(procedures: Iterable[Procedure]) -> bytes:
    """Return procedures as the file holds them, the same bytes for the same facts."""
    rows = (json.dumps(_row(p), ensure_ascii=False, separators=(",", ":")) for p in procedures)
    return gzip.compress(("\n".join(rows) + "\n").encode(), 9, mtime=0)


def shipped() -> bytes:
    """Return the file that ships."""
    return files("knowledge").joinpath(FILE).read_bytes()


def unpacked(data: bytes) -> Iterator[Procedure]:
    """Yield the procedures of the file, without documents and spans."""
    for line in gzip.decompress(data).decode().splitlines():
        yield _procedure(json.loads(line))


def codes(data: bytes) -> frozenset[str]:
    """Return the codes of the procedures of the file, at a small part of the cost of all facts."""
    lines = gzip.decompress(data).splitlines()
    return frozenset(json.loads(line[1 : line.index(b",")]) for line in lines)


def destination() -> Path:
    """Return where the file lies in a checkout."""
    return Path(__file__).parents[1] / FILE


def _row(p: Procedure) -> list[Any]:
    authority = p.authority if p.authority and len(p.authority) <= LONGEST_NAME else None
    if authority == UNKNOWN:
        authority = None
    modes = [[MODES.index(m.mode), *_time(m.duration), _fee(m.fee)] for m in p.modes]
    address = (p.url or "").removeprefix(ADDRESS)
    return [p.code, p.name, p.field, p.level, modes, authority, list(p.legal_basis), address]


def _time(duration: Duration) -> list[Any]:
    unit = _UNITS.index(duration.unit) if duration.unit else None
    return [duration.amount, unit]


def _fee(fee: Fee) -> Any:
    """Return null where nothing is known, 0 for free, a list of sums, a sum's text, or TOLD."""
    if fee.amounts:
        return list(fee.amounts)
    if fee.text is None or fee.free:
        return None if fee.text is None else 0
    cell = fee.text.partition("(")[0].strip()
    return cell if cell[:1].isdigit() else TOLD


def _procedure(row: list[Any]) -> Procedure:
    code, name, field, level, modes, authority, basis, address = row
    return Procedure(
        code,
        name,
        field,
        level,
        tuple(_mode(*mode) for mode in modes),
        authority=authority,
        legal_basis=tuple(basis),
        url=ADDRESS + address if address else None,
        summary=True,
    )


def _mode(mode: int, amount: float | None, unit: int | None, fee: Any) -> Mode:
    duration = Duration(amount, None if unit is None else _UNITS[unit])
    return Mode(MODES[mode], None, duration, _read_fee(fee))


def _read_fee(fee: Any) -> Fee:
    if fee is None:
        return Fee()
    if fee == 0:
        return Fee("", free=True)
    if isinstance(fee, list):
        return Fee("", tuple(fee))
    return Fee(fee, doubtful=fee.endswith(("VNĐ", "VND")))
