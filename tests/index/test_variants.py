"""Special cases of procedures are told by their names and asked for by those who mean them."""

from __future__ import annotations

import pytest

from config.words import load_words
from index.text import syllables
from index.variants import Variants, special_in

VARIANTS = Variants(load_words().variants)
FOREIGN = "Thủ tục đăng ký kết hôn có yếu tố nước ngoài"
AGAIN = "Thủ tục đăng ký lại kết hôn"


@pytest.mark.parametrize(
    ("question", "name", "special"),
    [
        ("đăng ký kết hôn", "Thủ tục đăng ký kết hôn", 0),
        ("đăng ký kết hôn", FOREIGN, 1),
        ("dang ky ket hon", FOREIGN + " tại khu vực biên giới", 2),
        ("đăng ký kết hôn với người nước ngoài", FOREIGN, 0),
        ("lấy chồng Hàn Quốc", FOREIGN, 0),
        ("đăng ký kết hôn", AGAIN, 1),
        ("mất giấy kết hôn", AGAIN, 0),
        ("làm bằng lái", "Cấp lại giấy phép lái xe", 1),
        ("sang tên sổ đỏ", "Đăng ký, cấp lại sổ", 0),
    ],
)
def test_what_nobody_asked_for_is_counted(question: str, name: str, special: int) -> None:
    assert special_in(name, VARIANTS.unasked(syllables(question))) == special
