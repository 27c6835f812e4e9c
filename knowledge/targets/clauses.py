"""From one clause to the things that it measures, each with its figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.targets.quantities import Figures, Kind, Quantity
from knowledge.targets.row import Comparator
from knowledge.targets.series import series
from knowledge.targets.subjects import (
    begins_noun,
    clean_object,
    strip_end,
    strip_start,
    subject_start,
    verb_before,
)

_SEMICOLON = re.compile(r";")
_BREAK = re.compile(r",|(?<!\w)và(?!\w)|(?<!\w)cùng với(?!\w)")
_SAME_AGAIN = re.compile(r"(?:tức(?: là)?|tương đương|tương ứng|hay|bằng)\s*$")
_FARTHER = re.compile(r"(?:hướng tới|tiến tới|hướng đến|tiến đến)\s*(?:mục tiêu\s*)?$")
_FROM_TO = re.compile(r"\s*(?:năm \d{4} |hiện nay )?(?:lên|xuống|còn)(?!\w)")
_QUALIFIER = re.compile(
    r"(?:(?:trong đó|riêng)[\s,:]*)?(?:đối với |ở |tại |trong |của |về )?(?:các |nhóm |những )*"
    r"(?:lĩnh vực|cấp \w+|khối|xã|phường|vùng|khu vực|các sở|sở"
    r"|trung tâm|năm \d{4}\s*$|đô thị|nông thôn)"
)
_SCOPED = re.compile(
    r"(?:(?:trong đó|riêng)[\s,:]*)?(?:đối với |ở |tại |trong )?(?:các |nhóm )*lĩnh vực (?:[^,]*,\s*)*"
)
_HEADED = re.compile(
    r"(?:tỷ lệ|tỉ lệ|mức|mức độ|chỉ số|thứ hạng|số|tổng|hồ sơ|kết quả|thời gian|chi phí)(?!\w)"
)
_EXCEPT = re.compile(r"[(,]?\s*(?:ngoại trừ|trừ|không bao gồm|không kể)\s+(?P<what>[^);.]+)")
_WHOLE = r"(?P<all>tất cả|toàn bộ|mọi)(?: các| những)? (?:{things})(?!\w)"
_PREPOSITION = re.compile(
    r"(?:trong|với|đối với|của|cho|trên|tới|ở|từ|về|là|tại|theo|vào|và|cùng|bằng|giải quyết|lấy)\s+$"
)
_PREDICATE = re.compile(r"(?<!\w)(?:được|phải|đều|là)(?!\w)")
_STARTED = re.compile(r"(?:^|[,:(])\s*$")


@dataclass(frozen=True)
class Measured:
    """A figure and what it measures.

    Attributes:
        quantity: the figure.
        subject: span of the words that say what is measured, before or behind the figure.
        verb: words before a figure whose noun stands behind it ("số hóa", "giảm").
        words: the subject as it is read, small letters; empty where it is taken over from before.
        qualifier: whether the subject only narrows the one before it ("lĩnh vực đất đai").
        exception: what is left out ("hồ sơ mật").
        left, right: the part of the clause that belongs to the figure.
        start, end: the clause.
        year: the year that is this figure's own, where several stand in order.
    """

    quantity: Quantity
    subject: tuple[int, int]
    verb: str
    words: str
    qualifier: bool
    exception: str | None
    left: int
    right: int
    start: int
    end: int
    year: int | None = None


class Clauses:
    """Reads the clauses of sentences.

    Args:
        figures: finds figures.
        wholes: what "tất cả …" makes a share of 100 %.
    """

    def __init__(self, figures: Figures, wholes: tuple[str, ...]) -> None:
        self._figures = figures
        longest = sorted((thing.lower() for thing in wholes), key=len, reverse=True)
        self._whole = re.compile(
            rf"(?<!\w){_WHOLE.format(things='|'.join(map(re.escape, longest)))}"
        )

    def read(self, low: str, start: int, end: int) -> Iterator[Measured]:
        """Yield what a sentence measures, in order.

        Args:
            low: the text in small letters.
            start, end: the sentence.
        """
        begin = start
        for stop in [match.start() for match in _SEMICOLON.finditer(low, start, end)] + [end]:
            yield from self._clause(low, begin, stop)
            begin = stop + 1

    def _clause(self, low: str, start: int, end: int) -> Iterator[Measured]:
        found = [q for q in self._figures.find(low, start, end)]
        kept = [q for i, q in enumerate(found) if _counts(low, found, i, start)]
        kept = kept or list(self._wholes(low, start, end))
        members = series(low, kept, start, end)
        if members is not None:
            for quantity, member in zip(kept, members, strict=True):
                span = (start, kept[0].start)
                yield Measured(
                    quantity, span, "", clean_subject(member.words), False, None, start, end, start,
                    end, member.year,
                )  # fmt: skip
            return
        before: Measured | None = None
        left = start
        for number, quantity in enumerate(kept):
            following = kept[number + 1] if number + 1 < len(kept) else None
            right = following.start if following else end
            measured = _measured(low, quantity, left, right, start, end, before)
            left = quantity.end
            if following:
                left = _parting(low, left, following, measured)
                if measured.subject[0] >= quantity.end:
                    words = clean_object(low[measured.subject[0] : left])
                    measured = replace(
                        measured,
                        subject=(measured.subject[0], left),
                        words=f"{measured.verb} {words}".strip() if words else measured.words,
                    )
            yield measured
            before = measured

    def _wholes(self, low: str, start: int, end: int) -> Iterator[Quantity]:
        """Yield 100 % for "tất cả văn bản … được …"."""
        for match in self._whole.finditer(low, start, end):
            before = low[start : match.start()]
            if _PREPOSITION.search(before):
                continue
            verb = strip_start(before).strip(" ,:")
            opened = not verb or subject_start(before.rstrip()) >= len(before.rstrip())
            if opened and not _PREDICATE.search(low, match.end(), end):
                continue
            if not opened and len(verb_before(before).split()) not in (1, 2, 3):
                continue
            at = match.start()
            yield Quantity(
                Kind.SHARE, Comparator.EQUAL, 100.0, None, "%", at, match.end("all"), at,
                match.end("all"),
            )  # fmt: skip
            return


def _counts(low: str, found: list[Quantity], number: int, start: int) -> bool:
    """Say whether a figure is one of its own and not a remark on another."""
    quantity = found[number]
    before = low[start : quantity.start].rstrip(" (")
    if _SAME_AGAIN.search(before):
        return False
    if number and _FARTHER.search(before) and found[number - 1].kind is quantity.kind:
        return False
    opening = low.rfind("(", start, quantity.start)
    if opening >= 0 and ")" not in low[opening : quantity.start]:
        closing = low.find(")", quantity.end)
        alone = low[opening + 1 : quantity.start].strip() == ""
        if not (alone and closing >= 0 and low[quantity.end : closing].strip() == ""):
            return quantity.kind is Kind.RANK and number == 0
    follows = found[number + 1] if number + 1 < len(found) else None
    if follows is not None and quantity.kind is follows.kind:
        between = low[quantity.end : follows.start]
        prefix = low[quantity.start : quantity.number].strip()
        if prefix.endswith("từ") and _FROM_TO.match(between) and len(between.split()) <= 5:
            return False
    return True


def _measured(
    low: str,
    quantity: Quantity,
    left: int,
    right: int,
    start: int,
    end: int,
    before: Measured | None,
) -> Measured:
    """Return what one figure measures; the words before it or those behind it."""
    prior = low[left : quantity.start]
    stripped = strip_end(prior)
    after = low[quantity.end : right]
    begin = subject_start(stripped)
    has_subject = bool(stripped[begin:].strip(" ,:;"))
    copula = len(stripped) < len(prior.rstrip(" ,:;(")) and not (
        quantity.change == "giảm" and begins_noun(after) and not _HEADED.match(stripped[begin:])
    )
    exception = _EXCEPT.search(low, quantity.end, right) or _EXCEPT.search(low, left, right)
    common = {
        "exception": exception["what"].strip(" ()") if exception else None,
        "left": left,
        "right": right,
        "start": start,
        "end": end,
    }
    lone = low[quantity.start - 1 : quantity.start] == "(" and low[quantity.end : quantity.end + 1] == ")"
    if lone and has_subject:
        words = f"{stripped[begin:].strip(' (')} {clean_object(after.lstrip(')'))}".strip()
        span = (left + begin, right)
        return Measured(quantity, span, "", words, False, **common)
    if quantity.kind is Kind.RANK:
        about = re.match(r"\s*(?:về|trong)\s+(?!cả nước)(?P<what>[^,;.]+)", after)
        if about and not _HEADED.search(stripped[begin:]) and "chỉ số" not in stripped:
            words = f"xếp hạng {clean_object(about['what'])}"
            span = (quantity.end + about.start("what"), quantity.end + about.end("what"))
            return Measured(quantity, span, "", words, False, **common)
    counted = quantity.kind in (Kind.COUNT,) and not copula
    leads = (begins_noun(after) and not (copula and has_subject)) or not has_subject or counted
    if leads and (after.strip(" ,:;.)") or counted):
        if quantity.kind in (Kind.STEP, Kind.SCORE) and has_subject and quantity.change:
            leads = not _HEADED.search(stripped[begin:]) and begins_noun(after)
    else:
        leads = False
    if leads and (begins_noun(after) or counted or quantity.suffix or _share_of(after)):
        return _leading(low, quantity, prior, right, before, common)
    words = clean_subject(stripped[begin:])
    span = (left + begin, left + len(stripped))
    if quantity.change == "giảm" and words and not words.startswith("giảm"):
        words = f"giảm {words}"
    return Measured(quantity, span, "", words, bool(_QUALIFIER.match(words)), **common)


def _share_of(after: str) -> bool:
    return bool(re.match(r"\s*(?:trong (?:tổng )?số|của)\s", after))


def _leading(
    low: str,
    quantity: Quantity,
    prior: str,
    right: int,
    before: Measured | None,
    common: dict[str, object],
) -> Measured:
    """Return a figure whose noun stands behind it: "100% hồ sơ được số hóa"."""
    verb = verb_before(prior)
    bare = not prior.strip(" ,:;").removeprefix("và").strip()
    if bare and before is not None and before.subject[0] >= before.quantity.end:
        verb = before.verb
        if not quantity.stated:
            kept = before.quantity
            quantity = replace(
                quantity, comparator=kept.comparator, strict=kept.strict, change=kept.change
            )
    unit = f"{quantity.unit} " if quantity.kind is Kind.COUNT else ""
    words = clean_object(low[quantity.end : right])
    if quantity.kind is Kind.COUNT:
        words = words.split(",")[0]
    if _QUALIFIED_SHARE.match(prior.strip(" ,:")):
        scope = _QUALIFIED_SHARE.match(prior.strip(" ,:"))
        verb = "" if scope else verb
    return Measured(
        quantity,
        (quantity.end, right),
        verb,
        f"{verb} {unit}{words}".strip(),
        False,
        **common,  # type: ignore[arg-type]
    )


_QUALIFIED_SHARE = re.compile(r"(?:đối với|riêng|ở|tại)\s")


def clean_subject(words: str) -> str:
    """Return the words before a figure as what is measured."""
    words = re.sub(r"\s*\((?:trừ|ngoại trừ|không)[^)]*\)?", "", words)
    words = re.sub(r"\s+so với [^,;]*", "", words)
    words = re.sub(r"[\s,]+(?:(?:đến|trong|vào|cuối|hết|của)\s+)*năm \d{4}$", "", words)
    return " ".join(words.strip(" ,;:.–-+").split())


def _parting(low: str, start: int, following: Quantity, measured: Measured) -> int:
    """Return where, between two figures, the words of the second one begin."""
    between = low[start : following.start]
    breaks = list(_BREAK.finditer(between))
    if not breaks:
        return start
    if measured.subject[0] < measured.quantity.end and not measured.verb:
        return start + breaks[0].start()
    chosen = breaks[-1]
    for match in breaks:
        rest = strip_start(between[match.end() :])
        if _HEADED.match(rest) or re.match(r"(?:giảm|tăng|nâng|số hóa|chỉ số)(?!\w)", rest):
            chosen = match
            break
        if not rest.strip():
            chosen = match
            break
    return start + chosen.start()
