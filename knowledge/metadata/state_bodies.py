"""Central bodies that issue documents, by name and by the letters of their numbers."""

from __future__ import annotations

import re
from typing import Final

from knowledge.folding import fold

#: Letters in numbers and the names they stand for.
_BY_LETTERS: Final = {
    "CP": "Chính phủ",
    "TTg": "Thủ tướng Chính phủ",
    "TW": "Ban Chấp hành Trung ương",
    "VPCP": "Văn phòng Chính phủ",
    "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    "QH": "Quốc hội",
    "BNV": "Bộ Nội vụ",
    "BCA": "Bộ Công an",
    "BQP": "Bộ Quốc phòng",
    "BTP": "Bộ Tư pháp",
    "BTC": "Bộ Tài chính",
    "BCT": "Bộ Công Thương",
    "BYT": "Bộ Y tế",
    "BXD": "Bộ Xây dựng",
    "BNG": "Bộ Ngoại giao",
    "BKHCN": "Bộ Khoa học và Công nghệ",
    "BGDĐT": "Bộ Giáo dục và Đào tạo",
    "BTTTT": "Bộ Thông tin và Truyền thông",
    "BGTVT": "Bộ Giao thông vận tải",
    "BTNMT": "Bộ Tài nguyên và Môi trường",
    "BNNMT": "Bộ Nông nghiệp và Môi trường",
    "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
    "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
    "BKHĐT": "Bộ Kế hoạch và Đầu tư",
    "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    "BDTTG": "Bộ Dân tộc và Tôn giáo",
    "TANDTC": "Tòa án nhân dân tối cao",
    "VKSNDTC": "Viện kiểm sát nhân dân tối cao",
    "TTCP": "Thanh tra Chính phủ",
    "NHNN": "Ngân hàng Nhà nước Việt Nam",
}
_FOLDED: Final = {fold(letters): name for letters, name in _BY_LETTERS.items()}

#: Names of the central bodies.
STATE_BODIES: Final = tuple(_BY_LETTERS.values())


def national_issuer(suffix: str | None) -> str | None:
    """The central body that the letters of a number name.

    Args:
        suffix: "NĐ-CP", "QĐ-BNV", "QH15", "BNV-CCHC".

    Returns:
        "Chính phủ", "Bộ Nội vụ"; None for other bodies.
    """
    if suffix is None:
        return None
    parts = (re.sub(r"\d+$", "", fold(part)) for part in suffix.split("-"))
    return next((_FOLDED[part] for part in parts if part in _FOLDED), None)


def is_national(issuer: str) -> bool:
    """Whether a body's documents are for the whole country."""
    return issuer in STATE_BODIES
