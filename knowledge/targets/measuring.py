"""What one figure measures: the words before it, or those behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from knowledge.targets.quantities import Kind, Quantity
from knowledge.targets.subjects import (
    begins_noun,
    clean_object,
    clean_subject,
    deed_before,
    done_at,
    strip_end,
    subject_start,
    verb_before,
)

_QUALIFIER = re.compile(
    r"(?:(?:trong đó|riêng)[\s,:]*)?(?:đối với |ở |tại |trong |của |về )?(?:các |nhóm |những )*"
    r"(?:(?<=của )(?:doanh nghiệp|người dân|tổ chức|cá nhân|công dân|hợp tác xã|hộ kinh doanh)"
    r"|lĩnh vực|cấp \w+|khối|xã|phường|vùng|khu vực|các sở|sở"
    r"|trung tâm|năm \d{4}\s*$|đô thị|nông thôn)"
)
#: The heads of what is measured where it stands before its figure.
HEADED = re.compile(
    r"(?:tỷ lệ|tỉ lệ|mức|mức độ|chỉ số|thứ hạng|số|tổng|hồ sơ|kết quả|thời gian|chi phí)(?!\w)"
)
_EXCEPT = re.compile(r"[(,]?\s*(?:ngoại trừ|trừ|không bao gồm|không kể)\s+(?P<what>[^);.]+)")
_WANTED = re.compile(
    r"(?<!\w)(?:phấn đấu|đặt mục tiêu|yêu cầu|bảo đảm|đảm bảo|hướng đến|hướng tới|quyết tâm"
    r"|phải có|có)\s*$"
)
_WANTED_REACHED = re.compile(r"(?<!\w)(?:phấn đấu|yêu cầu|bảo đảm|đảm bảo)(?: phải)? đạt\s*$")
#: "20 cán bộ, công chức": what is set side by side is counted together.
_SIDE_BY_SIDE = re.compile(
    r"(?P<more>(?:(?:,| và| hoặc)\s*(?:công chức|viên chức|người lao động|doanh nghiệp|hợp tác xã"
    r"|phường|thị trấn|đặc khu|ban|ngành|địa phương|tổ dân phố|thôn|bản|ấp|đơn vị|tổ chức"
    r"|cá nhân)(?!\w))+)"
)
_IN_BRACKETS = re.compile(
    r"\s*\(\s*(?:đối với |ở |tại |cho )?(?P<part>(?:các |khối |nhóm )*(?:cấp|khối|sở|lĩnh vực|xã"
    r"|phường|huyện|vùng|đô thị|nông thôn)(?!\w)[^()]*)\)"
)
_FOR_PART = re.compile(
    r"\s*(?:đối với|ở|tại|cho)\s+(?P<part>(?:các |khối |nhóm )*(?:cấp|khối|sở|lĩnh vực|xã|phường"
    r"|huyện|vùng|đô thị|nông thôn)[^,;.]*)"
)
_NEXT_PART = re.compile(r"\s+và\s+(?=(?:trên|dưới|đạt|tối thiểu|ít nhất|từ)?\s*$)")
_RANKED_IN = re.compile(
    r"\s*(?:(?:của )?(?:toàn )?(?:tỉnh|quốc|cả nước|khu vực|vùng)\s+)?(?:về"
    r"|trong)\s+(?!cả nước)(?P<what>[^,;.]+)"
)
_PURPOSE = re.compile(r"\s*(?:/|mỗi |hằng |hàng |một )?(?:năm\s+)?(?:cho|để)\s")
_SHARE_OF = re.compile(r"\s*(?:trong (?:tổng )?số|của)\s")
_FOR_WHOM = re.compile(r"(?:đối với|riêng|ở|tại)\s")


def is_qualifier(words: str) -> bool:
    """Say whether words, small letters, only narrow a target: "cấp xã", "lĩnh vực đất đai"."""
    return bool(_QUALIFIER.match(words))


@dataclass(frozen=True)
class Frame:
    """Where a figure stands.

    Attributes:
        left, right: the part of the clause that belongs to the figure.
        start, end: the clause.
    """

    left: int
    right: int
    start: int
    end: int


@dataclass(frozen=True)
class Measured:
    """A figure and what it measures.

    Attributes:
        quantity: the figure.
        frame: where it stands.
        subject: span of the words that say what is measured, before or behind the figure.
        words: the subject as it is read, small letters; empty where it is taken over from before.
        verb: words before a figure whose noun stands behind it ("số hóa", "giảm").
        qualifier: whether the subject only narrows the one before it ("lĩnh vực đất đai").
        exception: what is left out ("hồ sơ mật").
        year: the year that is this figure's own, where several stand in order.
        part: for whom the figure holds, said behind it ("đối với cấp xã").
    """

    quantity: Quantity
    frame: Frame
    subject: tuple[int, int]
    words: str
    verb: str = ""
    qualifier: bool = False
    exception: str | None = None
    year: int | None = None
    part: str | None = None


def measured(low: str, quantity: Quantity, frame: Frame, before: Measured | None) -> Measured:
    """Return what a figure measures.

    Args:
        low: the text in small letters.
        quantity: the figure.
        frame: where it stands.
        before: the figure before it in the clause, whose verb may hold for this one too.
    """
    found = _named(low, quantity, frame, before)
    match = _EXCEPT.search(low, quantity.end, frame.right)
    match = match or _EXCEPT.search(low, frame.left, frame.right)
    return replace(found, exception=match["what"].strip(" ()") if match else None)


def _named(low: str, quantity: Quantity, frame: Frame, before: Measured | None) -> Measured:
    prior = low[frame.left : quantity.start]
    after = low[quantity.end : frame.right]
    stripped = strip_end(prior)
    begin = subject_start(stripped)
    subject = stripped[begin:].strip(" ,:;")
    if subject and low[quantity.start - 1 : quantity.start] == "(" and after.startswith(")"):
        words = f"{subject.strip(' (')} {clean_object(after.lstrip(')'))}".strip()
        return Measured(quantity, frame, (frame.left + begin, frame.right), words)
    ranked = _RANKED_IN.match(after) if quantity.kind is Kind.RANK else None
    if ranked and not HEADED.search(subject) and "chỉ số" not in subject:
        span = (quantity.end + ranked.start("what"), quantity.end + ranked.end("what"))
        return Measured(quantity, frame, span, f"xếp hạng {clean_object(ranked['what'])}")
    if _noun_behind(quantity, prior, stripped, subject, after):
        return _leading(low, quantity, frame, before)
    words = clean_subject(subject)
    if low[frame.left : quantity.start].rstrip().endswith(("(", "(đạt")) or words.startswith(
        "so với"
    ):
        words = ""  # "tăng 3% (đạt 84,5%)" goes on about what stands before
    if quantity.change == "giảm" and words and not words.startswith("giảm"):
        words = f"giảm {words}"
    part = _IN_BRACKETS.match(after) or _FOR_PART.match(after)
    return Measured(
        quantity,
        frame,
        (frame.left + begin, frame.left + len(stripped)),
        words,
        qualifier=is_qualifier(words),
        part=_NEXT_PART.split(part["part"])[0].strip() if part else None,
    )


def _noun_behind(quantity: Quantity, prior: str, stripped: str, subject: str, after: str) -> bool:
    """Say whether what is measured stands behind the figure: "100% hồ sơ được số hóa"."""
    if quantity.kind is Kind.MONEY and len(subject.split()) <= 2:
        return bool(_PURPOSE.match(after))
    noun = begins_noun(after)
    counted = quantity.kind is Kind.COUNT
    copula = len(stripped) < len(prior.rstrip(" ,:;("))
    if quantity.change == "giảm" and noun and not HEADED.match(subject):
        copula = False
    if quantity.kind in (Kind.STEP, Kind.SCORE) and subject and quantity.change:
        return noun and not HEADED.search(subject)
    if counted and not copula:
        return True
    if not after.strip(" ,:;.)"):
        return False
    behind = noun or quantity.suffix is not None or bool(_SHARE_OF.match(after))
    if noun and is_qualifier(subject) and _WANTED_REACHED.search(prior):
        return True  # "các xã phấn đấu đạt trên 70% hồ sơ trực tuyến"
    if noun and (_WANTED.search(prior) or not (copula and subject)):
        return True
    return behind and not subject


def _leading(low: str, quantity: Quantity, frame: Frame, before: Measured | None) -> Measured:
    """Return a figure whose noun stands behind it."""
    prior = low[frame.left : quantity.start]
    verb = verb_before(prior)
    bare = not prior.strip(" ,:;").removeprefix("và").strip()
    if bare and before is not None and before.subject[0] >= before.quantity.end:
        verb = before.verb
        if not quantity.stated:
            kept = before.quantity
            quantity = replace(
                quantity, comparator=kept.comparator, strict=kept.strict, change=kept.change
            )
    words = clean_object(low[quantity.end : frame.right])
    beside = _SIDE_BY_SIDE.match(low, quantity.end)
    if quantity.kind is Kind.COUNT and beside:
        rest = clean_object(low[beside.end() : max(beside.end(), frame.right)])
        words = f"{quantity.unit}{beside['more']} {rest.split(',')[0]}".strip()
    elif quantity.kind is Kind.COUNT and low[quantity.end : frame.right].startswith(","):
        words = quantity.unit
    elif quantity.kind is Kind.COUNT:
        words = f"{quantity.unit} {words.split(',')[0]}"
    if done := done_at(prior):
        verb = done
    elif _FOR_WHOM.match(prior.strip(" ,:")):
        verb = ""
    if quantity.kind is Kind.COUNT and not verb:
        verb = deed_before(prior)
    span = (quantity.end, frame.right)
    return Measured(quantity, frame, span, f"{verb} {words}".strip(), verb)
