"""The fee of a row: "Miễn phí(…)", "50,000 Việt Nam Đồng(…)", "Không có thông tin".

The portal's editors write the sum into the remark as often as into its own cell, and some enter
thousands of đồng: "135 VNĐ(… 135.000 đồng/lần)".
"""

from __future__ import annotations

import re

from knowledge.procedures.facts import Fee

UNKNOWN = "Không có thông tin"
FREE = "Miễn phí"
FEE = rf"{FREE}|{UNKNOWN}|\d[\d.,]*\s?(?:Việt Nam Đồng|VNĐ|VND|USD|EUR)"

LEAST = 1000  # đồng; a smaller sum was entered in thousands

_CELL = re.compile(r"(\d[\d.,]*)\s?(Việt Nam Đồng|VNĐ|VND|USD|EUR)")
_SUM = re.compile(
    r"(?<![\d/.,])(?P<number>\d{1,3}(?:[.,]\d{3})+|\d+(?:,\d+)?)"
    r"(?:\s?\(.{1,60}?\))?\s?(?P<scale>nghìn|ngàn|triệu|tỷ)?\s?"
    r"(?:đồng|Đồng|vnđ|VNĐ|VND|vnd|Việt Nam Đồng|[đĐ](?![^\W\d_])|"
    r"(?=/\s?(?!\d))(?<=\d\d\d))"
)
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
_NONE = re.compile(
    r"[-+\s]*(?:không(?: có| thu(?: phí| lệ phí)?| mất phí| phải nộp(?: phí| lệ phí)?"
    r"| (?:phí|lệ phí))?|miễn(?: phí| lệ phí)?|0)(?:\s*\([^)]*\))?[\s.;]*",
    re.IGNORECASE,
)
_EXTRA = re.compile(r"[-+(\s]*(?:miễn (?:lệ )?phí[.;)]|phí cấp bản sao)", re.IGNORECASE)


def read_fee(cell: str, remark: str) -> Fee:
    """Read a fee.

    Args:
        cell: what stands in the fee's own cell, matches FEE.
        remark: what stands in brackets behind it, with its brackets; may be empty.
    """
    inner = _inner(remark)
    if cell == UNKNOWN and not inner:
        return Fee()
    if cell in (FREE, UNKNOWN):
        sums = _sums(inner)
        says_free = not inner or bool(_NONE.fullmatch(inner) or _EXTRA.match(inner))
        return Fee(inner or cell, sums, free=cell == FREE and says_free and not sums)
    number, currency = _CELL.fullmatch(cell).groups()  # type: ignore[union-attr]
    text = f"{cell}{remark}"
    if currency in ("USD", "EUR"):
        return Fee(text)
    return _charged(int(re.sub(r"\D", "", number)), text, _sums(inner))


def _charged(stated: int, text: str, named: tuple[int, ...]) -> Fee:
    """Return the fee of a row whose cell holds a sum."""
    if stated == 0:
        return Fee(text, named, free=not named)
    if stated >= LEAST:
        return Fee(text, tuple(dict.fromkeys((stated, *named))))
    if stated * 1000 in named:
        return Fee(text, tuple(dict.fromkeys((stated * 1000, *named))))
    return Fee(text, named, doubtful=not named)


def _inner(remark: str) -> str:
    """Return a remark without its brackets."""
    inner = remark.strip()
    if inner.startswith("("):
        inner = inner[1:].removesuffix(")") if inner.endswith(")") else inner[1:]
    return inner.strip()


def _sums(text: str) -> tuple[int, ...]:
    """Return the sums in đồng that a text names, each once."""
    found: dict[int, None] = {}
    for match in _SUM.finditer(text):
        number, scale = match["number"], _SCALES.get(match["scale"] or "", 1)
        if _GROUPED.fullmatch(number):
            value = float(re.sub(r"\D", "", number))
        else:
            value = float(number.replace(",", "."))
        if value * scale >= LEAST:
            found[round(value * scale)] = None
    return tuple(found)
