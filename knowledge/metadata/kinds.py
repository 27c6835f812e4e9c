"""Kinds of official documents, by name and by the letters of their numbers."""

from __future__ import annotations

import re

from knowledge.codes import Code
from knowledge.folding import fold

KINDS = (
    "Thông tư liên tịch",
    "Nghị quyết",
    "Quyết định",
    "Kế hoạch",
    "Chương trình",
    "Chỉ thị",
    "Thông tư",
    "Nghị định",
    "Công văn",
    "Công điện",
    "Phương án",
    "Báo cáo",
    "Kết luận",
    "Hướng dẫn",
    "Thông báo",
    "Đề án",
    "Luật",
)
_KIND_OF_LETTERS = {
    "nq": "Nghị quyết",
    "qd": "Quyết định",
    "kh": "Kế hoạch",
    "ctr": "Chương trình",
    "ctrhd": "Chương trình",
    "ct": "Chỉ thị",
    "tt": "Thông tư",
    "ttlt": "Thông tư liên tịch",
    "nd": "Nghị định",
    "bc": "Báo cáo",
    "kl": "Kết luận",
    "hd": "Hướng dẫn",
    "tb": "Thông báo",
    "cd": "Công điện",
    "pa": "Phương án",
}
KIND_WORD = "|".join(fold(kind) for kind in KINDS)
#: Patterns over folded text: any kind, and the kinds that an article announces.
PLAN_WORD = "ke hoach|chuong trinh|de an|nghi quyet|quyet dinh|chi thi|nghi dinh|thong tu"
KIND_OF_WORD = {fold(kind): kind for kind in KINDS}


def kind_of_code(code: Code | None) -> str | None:
    """The kind of document that a number's letters stand for."""
    if code is None or code.suffix is None:
        return None
    letters = fold(code.suffix.split("-")[0])
    if re.fullmatch(r"(?:ubtv)?qh\d+", letters):
        return "Luật" if letters.startswith("qh") else "Nghị quyết"
    return _KIND_OF_LETTERS.get(letters)
