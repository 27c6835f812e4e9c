"""What figures of one clause share: the predicate behind the last, the thing behind the second."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from knowledge.targets.measuring import Measured
from knowledge.targets.quantities import Quantity

_PREDICATE = re.compile(
    r"(?<!\w)(?:được|phải|có thể|sử dụng|thực hiện|kết nối|đáp ứng|hài lòng|tham gia"
    r"|hoàn thành)(?!\w)"
)
_ONLY_TIME = re.compile(
    r"[\s,]*(?:(?:phấn đấu|đến|hết|cuối|trong|vào|từ|và|đạt|là|mục tiêu|năm|\d{4}|tối thiểu|ít nhất"
    r"|trên)[\s,:]*)*"
)
_NEAR = 8  # words between two figures of one thing
_SAME_WORDS = 2


def shared(low: str, found: Sequence[Measured]) -> list[Measured]:
    """Return the figures of a clause with what they have in common.

    "90% hồ sơ cấp tỉnh và 80% hồ sơ cấp xã được xử lý trên mạng" says of both that they are
    handled online; "năm 2023 đạt 70%, năm 2025 đạt 85% hồ sơ …" measures one thing twice.

    Args:
        low: the text in small letters.
        found: the figures in order.
    """
    members = list(found)
    for i, (one, following) in enumerate(pairwise(found), 1):
        between = low[one.quantity.end : following.quantity.start]
        if not following.words and len(between.split()) <= _NEAR and ";" not in between:
            members[i] = replace(following, quantity=likewise(following.quantity, one.quantity))
    for i in range(len(members) - 2, -1, -1):
        one, following = members[i], members[i + 1]
        if not _behind(following) or one.quantity.kind is not following.quantity.kind:
            continue
        if not one.words and _ONLY_TIME.fullmatch(low, one.frame.left, one.quantity.start):
            members[i] = replace(one, words=following.words, verb=following.verb)
        elif _behind(one) and _alike(one.words, following.words):
            predicate = _PREDICATE.search(following.words)
            if predicate and not _PREDICATE.search(one.words):
                members[i] = replace(
                    one, words=f"{one.words} {following.words[predicate.start() :]}"
                )
    return members


def likewise(quantity: Quantity, first: Quantity) -> Quantity:
    """Return a figure of a list, meant as the first one is where it says nothing itself."""
    if quantity.stated or not first.stated or quantity.kind is not first.kind:
        return quantity
    return replace(quantity, comparator=first.comparator, strict=first.strict, stated=True)


def _behind(one: Measured) -> bool:
    return bool(one.words) and one.subject[0] >= one.quantity.end


def _alike(one: str, other: str) -> bool:
    return one.split()[:_SAME_WORDS] == other.split()[:_SAME_WORDS]
