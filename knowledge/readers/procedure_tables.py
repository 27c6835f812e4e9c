"""The portal's tables, which arrive with their cells run together, cut into rows again.

Nothing but white space comes between characters here, and only column heads, result codes and
the page's form go, so that a quote still reads as the portal's page does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.document import Block, BlockKind
from knowledge.readers.clean import clean_lines
from knowledge.readers.lines import as_blocks, join_wrapped
from knowledge.readers.procedure_acts import split_acts

_MODES_HEAD = "Hình thức nộpThời gianPhí, lệ phíMô tả"
_PAPERS_HEAD = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_BASIS_HEAD = "Tên văn bản pháp lýMã văn bản"
# In running text a mode of submission is followed by a space or a mark; in a table by its time.
_MODE = re.compile(r"(?=(?:Trực tiếp|Trực tuyến|Dịch vụ bưu chính)(?:\s?\d|[A-ZĐÀ-Ỹ]))")
# The count at the end of a row stands without a space behind the paper or its form's file.
_COUNT = re.compile(r"(?<![\s(\d])(\d+ bản chính(?:,\s?\d+ bản sao)?|\d+ bản sao)(?![\s.,;:)])")
_COUNT_AT_END = re.compile(r"(?<![\s(])\d+ bản (?:chính|sao)$")
_RESULT_CODE = re.compile(
    r"Mã: ?(?:KQ[.-][A-Za-z]\d+[.-](?:KQ-)?\d+(?:\.\d+)*|Chưa xác định(?: rõ)?"
    r"|[A-Za-z0-9_.-]{1,30}?(?=\n|\Z|[A-ZĐÀ-Ỹ][a-zđà-ỹ]))"
)
_FORM = re.compile(r"Chọn cơ quan thực hiện\s*Tỉnh/ ?Thành phố.*\Z", re.DOTALL)
_EMPTY_CELLS = re.compile(r"(?:Từ khóa|Mô tả)\s*Không có thông tin")
_CELL_NAMES = re.compile(r"Từ khóa(?=\S)|Mô tả(?=[\s\W]|[A-ZĐÀ-Ỹ])")
_LONGEST_HEADING = 150


def mode_blocks(text: str) -> Iterator[Block]:
    """Yield the ways of submitting: each row with its mode, time, fee and remark."""
    for row in _MODE.split(text.replace(_MODES_HEAD, "\n")):
        yield from _row_blocks(row)


def paper_blocks(text: str) -> Iterator[Block]:
    """Yield the papers, one row each, under the cases that they are asked for."""
    case, *tables = text.split(_PAPERS_HEAD)
    yield from _case_blocks(case, is_table_head=bool(tables))
    for number, table in enumerate(tables, 1):
        *rows, rest = _COUNT.sub("\\1\0", table).split("\0")
        if _COUNT_AT_END.search(rest):
            rows, rest = [*rows, rest], ""
        for row in rows:
            yield from _row_blocks(row)
        yield from _case_blocks(rest, is_table_head=number < len(tables))


def basis_blocks(text: str) -> Iterator[Block]:
    """Yield the legal documents, one row each."""
    for part in text.split(_BASIS_HEAD):
        for row in split_acts(part):
            yield from _row_blocks(row)


def result_blocks(text: str) -> Iterator[Block]:
    """Yield the results, one row each, without their codes and the form below them."""
    for row in _RESULT_CODE.sub("\0", without_form(text)).split("\0"):
        yield from _row_blocks(row)


def without_form(text: str) -> str:
    """Take off the form below the portal's page and the empty cells of its result table."""
    return _CELL_NAMES.sub("\n", _EMPTY_CELLS.sub("\n", _FORM.sub("", text)))


def _row_blocks(text: str) -> Iterator[Block]:
    first, *others = join_wrapped(clean_lines(text)) or [""]
    if first:
        yield Block(first, BlockKind.ROW)
    yield from as_blocks(others)


def _case_blocks(text: str, is_table_head: bool) -> Iterator[Block]:
    lines = [line for line in join_wrapped(clean_lines(text)) if line != "--"]
    if is_table_head and len(lines) == 1 and len(lines[0]) <= _LONGEST_HEADING:
        yield Block(lines[0], BlockKind.HEADING, 2)
    else:
        yield from as_blocks(lines)
