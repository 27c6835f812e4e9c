"""What a question asks of a procedure, read as people say it."""

from __future__ import annotations

import pytest

from config.words import load_words
from index.intents import Intents
from index.text import fold_syllable, syllables

INTENTS = Intents(load_words())


def asked(question: str) -> list[str]:
    marked = syllables(question)
    folded = [fold_syllable(s) for s in marked]
    return [intent.name for intent in INTENTS.meant(INTENTS.find(marked, folded), marked, folded)]


@pytest.mark.parametrize(
    ("question", "intents"),
    [
        ("đăng ký tạm trú mất bao lâu", ["time_limit"]),
        ("đăng ký tạm trú phải chờ bao lâu", ["time_limit"]),
        ("làm căn cước thì cơ quan phải giải quyết trong bao lâu", ["time_limit"]),
        ("chuyển nhà mới thì phải đăng ký tạm trú trong bao lâu", ["act_by"]),
        ("chuyen nha moi thi phai dang ky tam tru trong bao nhieu ngay", ["act_by"]),
        ("có phải khai tử trong mấy ngày không", ["time_limit"]),
        ("sinh con chậm nhất bao nhiêu ngày", ["act_by"]),
        ("phải nộp giấy tờ gì, mất bao lâu", ["documents", "time_limit"]),
        ("làm khai tử xong thì xã đưa giấy gì", ["result"]),
        ("làm khai tử thì phải nộp giấy gì", ["documents"]),
        ("làm căn cước xong thì công an đưa giấy gì", ["result"]),
        ("làm căn cước nộp ở đâu", ["authority"]),
        ("làm căn cước nộp hồ sơ ở đâu", ["hand_in"]),
        ("cấp hộ chiếu nộp tỉnh nào cũng được hả", ["hand_in"]),
        ("lý lịch tư pháp xin bên công an hay sở tư pháp", ["authority"]),
        ("đủ điều kiện đăng ký thường trú thì mất mấy ngày", ["time_limit"]),
        ("điều kiện đăng ký thường trú", ["conditions"]),
    ],
)
def test_the_field_that_is_asked_for(question: str, intents: list[str]) -> None:
    assert asked(question) == intents
