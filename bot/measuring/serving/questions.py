"""Many different questions as people type them, made of those that ship and of what is known."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence

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


def asked_again(questions: Iterable[str], share: float) -> Iterator[str]:
    """Yield questions of which a share was asked before, word for word, the same at each call.

    Each of those repeats one of all that were asked so far, so that what was asked often is asked
    oftener still: few questions are asked again and again, most of them once (Simon, "On a Class
    of Skew Distribution Functions", 1955).

    Args:
        questions: without end, or as many as are needed.
        share: of the questions that repeat one, between 0 and 1.
    """
    chance = random.Random(SEED)
    new = iter(questions)
    asked: list[str] = []
    while True:
        if asked and chance.random() < share:
            asked.append(chance.choice(asked))
        else:
            asked.append(next(new))
        yield asked[-1]
