"""Many different questions as people type them, made of those that ship and of what is known."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from index.training.mistyping import mistyped

SEED = 20261129
NAMED = 10  # words of a procedure's name that people type at most
# What is asked of a procedure, and what people say around a question.
ASKED = (
    "{} cần những giấy tờ gì?",
    "{} nộp hồ sơ ở đâu?",
    "{} mất bao lâu?",
    "Lệ phí {} là bao nhiêu?",
    "Điều kiện để {} là gì?",
    "{} do cơ quan nào giải quyết?",
)
BEFORE = ("", "Cho tôi hỏi ", "Ad ơi ", "Em muốn hỏi ", "Xin hỏi ", "Cho mình hỏi chút, ")
AFTER = ("", " ạ", " vậy", " em cảm ơn", " nhé", " với ạ")


def many_questions(typical: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield questions without end, hardly ever one twice, the same ones at each call.

    Half of them are the typical ones in other words around them, half ask for one of the
    procedures. Most are typed without diacritics, some with half of them or with slips.

    Args:
        typical: questions as they ship, at least one.
        names: of the procedures that are known; none gives typical questions alone.
    """
    chance = random.Random(SEED)
    while True:
        if names and chance.random() < 0.5:
            name = " ".join(chance.choice(names).split()[:NAMED])
            asked = chance.choice(ASKED).format(name)
        else:
            asked = chance.choice(typical)
        around = f"{chance.choice(BEFORE)}{asked.rstrip('?')}{chance.choice(AFTER)}?"
        yield mistyped(around, chance)
