"""What a procedure states in the sentences of its fields rather than in its table.

How long it takes where the table names no unit, by when somebody has to act, where the papers are
handed in: each is told by the words that such sentences use.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection, Iterator, Sequence

from bot.conversation import Shown
from index.quoting import LENGTH
from index.searcher import Hit
from index.text import fold, syllables
from knowledge.document import Section
from knowledge.procedures.facts import Mode
from knowledge.procedures.letters import UPPER
from knowledge.sentences import sentence_spans

STEPS = "Trình tự thực hiện"
TABLE = "Cách thức thực hiện"
CONDITIONS = "Yêu cầu, điều kiện thực hiện"
PAPERS = "Thành phần hồ sơ"

ELSE = 0.1  # what each word counts that the procedure's name says and the question does not
CASE = 0.3  # what it counts that a sentence begins with a case of its own

_PERIOD = (
    r"\d+\s*(?:\([^)]{1,20}\)\s*)?(?:ngày|giờ|tháng)|(?:một|hai|ba|năm|mười) (?:ngày|tháng)"
    r"|ngay (?:trong|sau|khi)"
)
_WITHIN = re.compile(_PERIOD, re.IGNORECASE)
_NEXT_DAY = "ngày làm việc tiếp theo"
# From when the body that decides counts.
_RECEIPT = re.compile(
    r"(?:kể từ|từ|sau) (?:ngày|khi|thời điểm)?\s*(?:được )?(?:tiếp )?nhận (?:được |đủ |đầy đủ )*"
    r"(?:hồ sơ|văn bản|đơn|giấy|yêu cầu|đề nghị|thông báo|thông tin|tờ khai)"
    rf"|{_NEXT_DAY}",
    re.IGNORECASE,
)
_RESULT = re.compile(
    r"\b(?:cấp|trả|giải quyết|quyết định|chấp thuận|phê duyệt|xác nhận|đăng ký|ban hành)\b",
    re.IGNORECASE,
)
_SIDE = re.compile(
    r"chưa (?:đầy )?đủ|không (?:đủ|đầy đủ|hợp lệ|đáp ứng)|chưa hợp lệ|bổ sung|từ chối|lấy ý kiến"
    r"|không đồng ý|xác minh|thông báo (?:bằng văn bản|cho)",
    re.IGNORECASE,
)
# By when somebody has to do something.
_DUE = re.compile(
    r"trong (?:thời hạn|thời gian|vòng)|chậm nhất|muộn nhất|trước (?:ngày|khi|ít nhất|\d)|không quá"
    r"|ít nhất|kể từ",
    re.IGNORECASE,
)
_BOUND = re.compile(r"\b(?:phải|có trách nhiệm|có nghĩa vụ|chậm nhất|thực hiện)\b", re.IGNORECASE)
_HAND_IN = re.compile(
    r"\b(?:[Nn]ộp|[Gg]ửi)\b[^;\n]{0,160}?\b(?:tại|đến|tới|cho|về)\s+"
    rf"(?:[{UPPER}]|cơ quan|trụ sở|nơi)"
)


def processing_time(hit: Hit, rows: Sequence[Mode]) -> Shown | None:
    """Return the sentence of the steps that says how long the body that decides may take.

    Args:
        hit: the procedure.
        rows: of its table; numbers that they state without a unit have to be those of the words.
    """

    def rank(text: str) -> float | None:
        if not (_WITHIN.search(text) and _RECEIPT.search(text) and agrees(text, rows)):
            return None
        return bool(_RESULT.search(text)) - 2 * bool(_SIDE.search(text))

    return _best(hit, (STEPS,), rank)


def acting_time(hit: Hit, asked: str) -> Shown | None:
    """Return the sentence that says by when somebody has to act, the one most like the question.

    Args:
        hit: the procedure.
        asked: the question as understood.
    """
    unit = next((u for u in ("giờ", "ngày", "tháng") if u in asked), "")
    likeness = _Likeness(asked, hit.document.title)

    def rank(text: str) -> float | None:
        if not (_WITHIN.search(text) and _DUE.search(text)) or _RECEIPT.search(text):
            return None
        fits = bool(_BOUND.search(text)) + 0.3 * (unit in text)
        return likeness.of(text) + fits - bool(_SIDE.search(text))

    return _best(hit, (CONDITIONS, STEPS, TABLE, PAPERS), rank)


def where(hit: Hit, asked: str) -> Shown | None:
    """Return the sentence of the steps that says where to hand in, the one most like the question.

    Args:
        hit: the procedure.
        asked: the question as understood.
    """
    likeness = _Likeness(asked, hit.document.title)

    def rank(text: str) -> float | None:
        return likeness.of(text) if _HAND_IN.search(text) else None

    return _best(hit, (STEPS,), rank)


class _Likeness:
    """How much of a question a sentence says, and how little else of the procedure's name.

    Args:
        asked: the question as understood.
        title: the name; what it says beside the question is another case.
    """

    def __init__(self, asked: str, title: str) -> None:
        self._asked = set(syllables(fold(asked)))
        self._else = set(syllables(fold(title))) - self._asked

    def of(self, text: str) -> float:
        said = set(syllables(fold(text)))
        shared = len(self._asked & said) / math.sqrt(len(said) or 1)
        return shared - ELSE * len(self._else & said) - CASE * text.lower().startswith("trường hợp")


def _best(hit: Hit, fields: Collection[str], rank: Callable[[str], float | None]) -> Shown | None:
    """Return the sentence of the highest rank, with those that follow as far as they fit."""
    best: tuple[float, Section, int, int] | None = None
    text = hit.document.text
    for section, start, end in _sentences(hit, fields):
        value = rank(text[start:end])
        if value is not None and (best is None or value > best[0]):
            best = value, section, start, end
    if best is None:
        return None
    _, section, start, end = best
    reached = end
    for _, stop in sentence_spans(text, end, section.end):
        if stop - start > LENGTH:
            break
        reached = stop
    return Shown(
        hit.document.id, start, reached, ((0, end - start),), section.heading, hit.confidence
    )


def _sentences(hit: Hit, fields: Collection[str]) -> Iterator[tuple[Section, int, int]]:
    """Yield the sentences of some fields, field by field."""
    for field in fields:
        for section in hit.document.sections:
            if section.heading[:1] == (field,):
                for start, end in sentence_spans(hit.document.text, section.start, section.end):
                    yield section, start, end


def agrees(words: str, rows: Sequence[Mode]) -> bool:
    """Say whether words name one of the numbers that rows state without a unit, if they do."""
    amounts = {f"{row.duration.amount:g}" for row in rows if row.duration.amount is not None}
    named = {number.lstrip("0") for number in re.findall(r"\d+", words)}
    named |= {"1"} if _NEXT_DAY in words.lower() else set()
    return not amounts or bool(amounts & named)
