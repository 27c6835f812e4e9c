"""Procedures of the national public-service portal: a record to a document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from knowledge.document import Block, BlockKind, RawDocument
from knowledge.readers import errors, procedure_tables
from knowledge.readers.clean import clean, clean_lines, has_words
from knowledge.readers.errors import ReadError
from knowledge.readers.lines import as_blocks, join_wrapped

_CODE, _NAME = "ma_thu_tuc", "ten_thu_tuc"


def _text_blocks(text: str) -> Iterable[Block]:
    return as_blocks(join_wrapped(clean_lines(text)))


def _condition_blocks(text: str) -> Iterable[Block]:
    # Where a page states no result, its last lines were saved with the conditions.
    return _text_blocks(procedure_tables.without_form(text))


_FIELDS: tuple[tuple[str, str, Callable[[str], Iterable[Block]]], ...] = (
    ("trinh_tu_thuc_hien", "Trình tự thực hiện", _text_blocks),
    ("cach_thuc_thuc_hien", "Cách thức thực hiện", procedure_tables.mode_blocks),
    ("thanh_phan_ho_so", "Thành phần hồ sơ", procedure_tables.paper_blocks),
    ("doi_tuong_thuc_hien", "Đối tượng thực hiện", _text_blocks),
    ("co_quan_thuc_hien", "Cơ quan thực hiện", _text_blocks),
    ("co_quan_co_tham_quyen", "Cơ quan có thẩm quyền", _text_blocks),
    ("dia_chi_tiep_nhan", "Địa chỉ tiếp nhận hồ sơ", _text_blocks),
    ("co_quan_duoc_uy_quyen", "Cơ quan được ủy quyền", _text_blocks),
    ("co_quan_phoi_hop", "Cơ quan phối hợp", _text_blocks),
    ("ket_qua_xu_ly", "Kết quả thực hiện", procedure_tables.result_blocks),
    ("can_cu_phap_ly", "Căn cứ pháp lý", procedure_tables.basis_blocks),
    ("yeu_cau_dieu_kien", "Yêu cầu, điều kiện thực hiện", _condition_blocks),
    ("thu_tuc_lien_quan", "Thủ tục liên quan", _text_blocks),
)
# The heading under which each field of the portal's record is stored.
HEADINGS = {key: heading for key, heading, _ in _FIELDS} | {_NAME: "Tên thủ tục"}
_NOTHING = re.compile(
    r"(?:không(?: có(?: thông tin| yêu cầu)?| quy định)?|-+|\.+)\.?", re.IGNORECASE
)
_MINISTRY = re.compile(r"Q[ĐD](?:/?\d+)?-([A-ZĐ]+)(?![A-ZĐa-z])")
_MINISTRIES = {
    "BCA": "Bộ Công an",
    "BTP": "Bộ Tư pháp",
    "BTC": "Bộ Tài chính",
    "BXD": "Bộ Xây dựng",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
}


def is_procedure(record: Mapping[str, Any]) -> bool:
    """Tell whether a record has the keys of a portal procedure."""
    return _CODE in record or _NAME in record


def read_procedure(record: Mapping[str, Any], source: str) -> RawDocument:
    """Make a document of a procedure: a heading for each field that says something.

    Args:
        record: the portal's record, its values texts.
        source: the file's name, used where the record has no address.

    Raises:
        ReadError: the record has no code, no name or nothing else.
    """
    texts = {key: value for key, value in record.items() if isinstance(value, str)}
    code, name = clean(texts.get(_CODE, "")), clean(texts.get(_NAME, ""))
    if not code or not name:
        raise ReadError(errors.JSON_SHAPE)
    blocks = [block for field in _FIELDS for block in _field_blocks(texts, *field)]
    if not has_words(name) or not blocks:
        raise ReadError(errors.NO_WORDS)
    heading = (Block("Tên thủ tục", BlockKind.HEADING, 1), Block(name))
    pairs = _front_matter(texts, code)
    return RawDocument(code, pairs.get("url", source), (*heading, *blocks), name, pairs)


def _field_blocks(
    texts: Mapping[str, str], key: str, label: str, cut: Callable[[str], Iterable[Block]]
) -> Iterator[Block]:
    text = "\n".join(clean_lines(texts.get(key, "")))
    blocks = [block for block in cut(text) if not _NOTHING.fullmatch(block.text)]
    if blocks:
        yield Block(label, BlockKind.HEADING, 1)
        yield from blocks


def _front_matter(texts: Mapping[str, str], code: str) -> dict[str, str]:
    number = clean(texts.get("so_quyet_dinh", ""))
    ministry = _MINISTRY.search(number)
    pairs = {
        "kind": "Thủ tục hành chính",
        "code": code,
        "field": clean(texts.get("linh_vuc", "")),
        "level": clean(texts.get("cap_thuc_hien", "")),
        "url": clean(texts.get("detail_url", "")),
        "number": number,
        "issuer": _MINISTRIES.get(ministry[1], "") if ministry else "",
        "place": "Toàn quốc",
    }
    return {key: value for key, value in pairs.items() if value}
