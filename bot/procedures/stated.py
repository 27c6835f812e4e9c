"""What a procedure states in the sentences of its fields rather than in its table.

How long it takes where the table names no unit, by when somebody has to act, where the papers are
handed in: each is told by the words that such sentences use.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from bot.conversation import Shown
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

_PERIOD = (
    r"\d+\s*(?:\([^)]{1,20}\)\s*)?(?:ngày|giờ|tháng)|(?:một|hai|ba|năm|mười) (?:ngày|tháng)"
    r"|ngay (?:trong|sau|khi)"
)
_WITHIN = re.compile(_PERIOD, re.IGNORECASE)
# From when the body that decides counts.
_RECEIPT = re.compile(
    r"(?:kể từ|từ|sau) (?:ngày|khi|thời điểm)?\s*(?:được )?(?:tiếp )?nhận (?:được |đủ |đầy đủ )*"
    r"(?:hồ sơ|văn bản|đơn|giấy|yêu cầu|đề nghị|thông báo|thông tin|tờ khai)"
    r"|ngày (?:làm việc )?tiếp theo",
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
    best: tuple[float, Shown] | None = None
    for section, start, end in _sentences(hit, (STEPS,)):
        text = hit.document.text[start:end]
        if not (_WITHIN.search(text) and _RECEIPT.search(text) and _agrees(text, rows)):
            continue
        rank = bool(_RESULT.search(text)) - 2 * bool(_SIDE.search(text))
        if best is None or rank > best[0]:
            best = rank, _shown(hit, section, start, end)
    return best[1] if best else None


def acting_time(hit: Hit, asked: str) -> Shown | None:
    """Return the sentence that says by when somebody has to act, the one most like the question.

    Args:
        hit: the procedure.
        asked: the question as understood.
    """
    words = set(syllables(fold(asked)))
    best: tuple[float, Shown] | None = None
    for section, start, end in _sentences(hit, (CONDITIONS, STEPS, TABLE, PAPERS)):
        text = hit.document.text[start:end]
        if not (_WITHIN.search(text) and _DUE.search(text)) or _RECEIPT.search(text):
            continue
        said = syllables(fold(text))
        rank = len(words & set(said)) / (len(said) or 1) ** 0.5 + bool(_BOUND.search(text))
        if best is None or rank > best[0]:
            best = rank, _shown(hit, section, start, end)
    return best[1] if best else None


def where(hit: Hit) -> Shown | None:
    """Return the first sentence of the steps that says where to hand in."""
    for section, start, end in _sentences(hit, (STEPS,)):
        if _HAND_IN.search(hit.document.text, start, end):
            return _shown(hit, section, start, end)
    return None


def _sentences(hit: Hit, fields: Collection[str]) -> Iterator[tuple[Section, int, int]]:
    """Yield the sentences of some fields, field by field."""
    for field in fields:
        for section in hit.document.sections:
            if section.heading[:1] == (field,):
                for start, end in sentence_spans(hit.document.text, section.start, section.end):
                    yield section, start, end


def _shown(hit: Hit, section: Section, start: int, end: int) -> Shown:
    return Shown(hit.document.id, start, end, (), section.heading, hit.confidence)


def _agrees(words: str, rows: Sequence[Mode]) -> bool:
    """Say whether words name one of the numbers that rows state without a unit, if they do."""
    amounts = {f"{row.duration.amount:g}" for row in rows if row.duration.amount is not None}
    named = {number.lstrip("0") for number in re.findall(r"\d+", words)}
    return not amounts or bool(amounts & named)
