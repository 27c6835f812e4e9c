"""Whether a time sets a deadline: what the words around it say for and against."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.deadlines.bodies import BODY_DOES, VERBS, acts, is_body, is_laid_upon
from knowledge.document import Document
from knowledge.dues import Due
from knowledge.targets.passages import Sentence
from knowledge.targets.setting import Mood, Setting

_FINISH = re.compile(
    r"(?<!\w)(?:hoàn thành|làm xong|xong|kết thúc|nghiệm thu|hoàn tất"
    r"|đưa vào (?:vận hành|sử dụng|khai thác)|triển khai xong)(?!\w)"
)
_ASKED = r"(?:(?:giao|yêu cầu|đề nghị)\s[^,;:]{0,80}\s)?"
#: What is done at a time: alone it only tells when, in front of "trong tháng 9" it sets a time.
_DO = re.compile(rf"^[\s,:-]*(?:đồng thời |và )?{_ASKED}(?:{VERBS})(?!\w)")
_TASK = re.compile(
    r"^[\s,:-]*(?:giao |yêu cầu |đề nghị )?(?:[^,;:]{0,80}\s)?(?:báo cáo|gửi|tổng hợp|rà soát"
    r"|công bố|tổ chức|xây dựng|ban hành|kiểm tra|đánh giá|khảo sát|công khai|cập nhật|tập huấn"
    r"|đối thoại|họp|lập|trình|thực hiện|tự|lấy ý kiến|đo lường|tiến hành|sơ kết|tổng kết"
    r"|hoàn thành"
    r"|đăng|thống kê|theo dõi|đôn đốc|xác định|bồi dưỡng|đào tạo|kiểm điểm|chấm|phân tích)(?!\w)"
)
_RECUR_TASK = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|rà soát|đánh giá|tổ chức|kiểm tra|công khai|cập nhật|tập huấn|khảo sát"
    r"|đối thoại|họp|tổng hợp|sơ kết|giao ban|công bố|lấy ý kiến|thống kê|đo lường|làm việc"
    r"|đăng tải|thông báo|kiểm điểm|đôn đốc|tiếp công dân)(?!\w)"
)
_BODY_DOES = re.compile(BODY_DOES)
_DOES = re.compile(rf"[\s,]*(?:phải |cần |sẽ |có trách nhiệm )?(?:{VERBS})(?!\w)")
_PART = re.compile(
    r"(?<!\w)(?:mốc|thời hạn|thời gian hoàn thành|hoàn thành|tiến độ|thời gian thực hiện)"
)
_PAST = re.compile(
    r"(?<!\w)(?:đã|diễn ra|có hiệu lực|hết hiệu lực|dự kiến|được áp dụng|áp dụng từ|vừa|khai trương"
    r"|kết thúc hoạt động|kéo dài|hiệu lực|hoạt động từ|nhiệm kỳ \d{4}|định hướng|tầm nhìn|căn cứ"
    r"|so với)(?!\w)"
)
#: What tells how long something stands, though the day is still to come.
_STANDS = re.compile(
    r"(?<!\w)(?:có hiệu lực|hết hiệu lực|dự kiến|được áp dụng|áp dụng|diễn ra|hiệu lực"
    r"|hoạt động từ|có giá trị|được giữ|tầm nhìn|định hướng)(?!\w)"
)
_ROUNDED = re.compile(r"(?<!\w)(?:sơ kết|tổng kết|đánh giá giữa kỳ)(?!\w)[^,;]*$")
_SHARE = re.compile(r"\d\s*%|phần trăm|\d\s*(?:tỷ|triệu|nghìn)(?: đồng)?(?!\w)")
_ORDER = re.compile(r"(?<!\w)(?:phải|yêu cầu|giao|đề nghị|chậm nhất|có trách nhiệm)(?!\w)")
_TOLD = re.compile(r"(?:ngay )?(?:trong|vào|đến hết|cuối|từ)(?!\w)")
_NUMBERED = re.compile(r"(?:/[\w-]*[a-zđ-]|(?<!\w)số \S+)\s*$")
#: "kế hoạch hằng năm": the word says which one, not when.
_NAMES = re.compile(
    r"(?:kế hoạch|báo cáo|dự toán|chỉ tiêu|nhiệm vụ|chương trình|chỉ số|kết quả|mục tiêu|bộ|kỳ"
    r"|danh mục|tiến độ|lịch|lịch công tác|giao ban|kinh phí|ngân sách|xếp loại|đánh giá)\s*$"
)
_LINKED = re.compile(r"\s+(?:về|cho|với|để|tại|trên|và|theo|đến|qua|bằng|đối với|của)(?!\w)")
_MEANWHILE = re.compile(r"(?:trong|suốt)\s+(?:suốt\s+)?thời gian\s[^,;]*\(\s*$")
#: What a task rests on, or when it comes up: "Căn cứ Chương trình này, các sở …".
_CASE = re.compile(
    r"^[\s,:-]*(?:đối với|trường hợp|trong|khi|căn cứ|trên cơ sở|theo|để|sau khi|nhằm|từ|qua)"
    r"\s[^,;]+,\s*"
)
_PIECE = re.compile(r"[,;(:]")


@dataclass(frozen=True)
class Task:
    """A clause in which a time stands.

    Attributes:
        text, low: the document's text, and in small letters.
        start, end: the clause.
        sentence: the sentence of the clause.
        setting: what the document is.
    """

    text: str
    low: str
    start: int
    end: int
    sentence: Sentence
    setting: Setting

    @property
    def words(self) -> str:
        """The clause in small letters."""
        return self.low[self.start : self.end]

    @property
    def plans(self) -> bool:
        """Whether the document, or this part of it, says what is to be done."""
        return self.setting.mood is Mood.PLAN

    @property
    def leads(self) -> bool:
        """Whether the clause follows the leading words of its sentence."""
        return self.start == self.sentence.start > self.sentence.whole

    def before(self, due: Due) -> str:
        """Return the clause up to a time."""
        return self.low[self.start : due.start]

    def rest(self, due: Due) -> str:
        """Return the clause behind a time."""
        return self.low[due.end : self.end]

    def is_done(self, end: int, start: int | None = None) -> bool:
        """Say whether the clause up to an offset says what is done: by a verb that is known, by
        a body in front of any verb, or because the list is laid upon a body."""
        start = self.start if start is None else start
        words = _CASE.sub("", self.low[start:end])
        if _DO.match(words) or _BODY_DOES.match(words):
            return True
        if not self.plans or len(words.split()) < 2:
            return False
        laid = any(map(is_laid_upon, self.sentence.parts[-1:]))
        return laid or acts(self.text[start:end])


def is_deadline(due: Due, task: Task) -> bool:
    """Say whether a time is one by which the task of its clause is due.

    Args:
        due: the time.
        task: its clause.
    """
    low, before, rest = task.low, task.before(due), task.rest(due)
    if not holds(due, task.setting) or _told_of(due, task):
        return False
    if due.kind == "recurring":
        return _recurs(due, task)
    if due.kind == "relative":
        asked = due.firm or (task.is_done(due.start) and not rest.strip(" .,;)"))
        return task.plans and asked and _words_left(before, rest)
    opening = _bracket(due, task)
    alone = (
        opening >= 0 and low.startswith(")", due.end) and not low[opening + 1 : due.start].strip()
    )
    marked = any(map(names_a_part, task.sentence.parts[-1:]))
    if alone and _MEANWHILE.search(before):
        return False  # "trong suốt thời gian điều tra (tháng 11)"
    if opening >= 0 and not alone and not _FINISH.search(low[due.start : due.end]):
        return False  # with other words the brackets tell something by the way
    if due.firm:
        ordered = task.plans or bool(_ORDER.search(task.words) or _FINISH.search(task.words))
        return marked or (ordered and (task.leads or _words_left(before, rest)))
    if _SHARE.search(task.words):
        return False
    if low.startswith("ngày", due.start):  # only the day itself: "ngày 28/7/2025"
        closes = alone or not rest.strip(" .,;:)")
        named = _NUMBERED.search(before)
        return _ahead(due, task.setting) and closes and not named and task.is_done(due.start)
    return marked or _set_by_task(due, task, alone)


def holds(due: Due, setting: Setting) -> bool:
    """Say whether a day is not before the document's own time."""
    if due.kind != "date" or due.due is None or setting.since is None:
        return True
    return int(due.due[:4]) >= setting.since


def is_over(due: Due, document: Document, low: str) -> bool:
    """Say whether "đến hết ngày 31/7" tells how things stood when the document was issued."""
    issued = document.metadata.issued_on
    standing = low.startswith(("đến hết", "đến ngày"), due.start)
    return bool(standing and issued and due.kind == "date" and (due.due or "") < str(issued))


def carries(due: Due, task: Task) -> bool:
    """Say whether a clause without a time of its own is due by the time of its leading words."""
    if _PAST.search(task.words[:30]) or not holds(due, task.setting):
        return False
    return bool(_TASK.match(task.words)) or (task.plans and task.is_done(task.end))


def names_a_part(lead: str) -> bool:
    """Say whether leading words announce a time: "Thời hạn: …"."""
    return bool(_PART.search(lead))


def _told_of(due: Due, task: Task) -> bool:
    """Say whether the words tell of what was, or of how long something stands."""
    before, rest = task.before(due), task.rest(due)
    piece = _PIECE.split(before)[-1]
    if task.plans and due.firm and _ahead(due, task.setting):
        return bool(_STANDS.search(piece)) and not task.is_done(due.start, due.start - len(piece))
    if task.plans and task.is_done(due.start):
        before, rest = piece, _PIECE.split(rest)[0]
    if _PAST.search(before):
        return True
    words = f"{before} {rest}"
    told = _PAST.search(words) or task.setting.mood is Mood.RESULT
    return bool(told) and not _ORDER.search(words)


def _ahead(due: Due, setting: Setting) -> bool:
    """Say whether a day is known to come after the document was issued."""
    if setting.on is None or due.kind != "date" or due.due is None:
        return False
    return due.due > setting.on.isoformat()


def _recurs(due: Due, task: Task) -> bool:
    before, rest, plan = task.before(due), task.rest(due), task.plans
    if not plan and not due.firm:
        return False
    midway = before.rstrip().endswith(",") and _RECUR_TASK.match(rest.lstrip())
    if plan and (midway or (is_body(before.strip()) and _DOES.match(rest))):
        return True
    done = task.is_done(due.start)
    if plan and done and not _SHARE.search(task.words):
        linked = _LINKED.match(rest) and not _NAMES.search(before)
        if linked or not rest.strip() or rest.lstrip()[0] in ".,;":
            return True
    opens = not before.strip(" ,-")
    if opens and (_TASK.match(rest) or (plan and _DOES.match(rest))):
        return True
    if not due.firm:
        return False
    if plan and "BYMONTHDAY" in (due.due or ""):
        return _words_left(before, rest)
    return bool(_RECUR_TASK.search(task.words)) or (plan and (done or bool(_DOES.match(rest))))


def _set_by_task(due: Due, task: Task, alone: bool) -> bool:
    """Say whether a task makes a deadline of "trong quý III"."""
    before, rest = task.before(due), task.rest(due)
    written = task.low[due.start : due.end]
    closes = not rest.strip(" .,;")
    month = re.search(r"tháng|quý|tuần|\d\s*[/.-]\s*\d", written)
    told = bool(month) and (bool(_TOLD.match(written)) or (alone and task.plans))
    if written.startswith("từ ") and not (task.plans and closes):
        return False  # most spans tell how long something goes on
    ends_year = task.plans and re.match(r"(?:trước |vào )?cuối năm", written)
    if (told or ends_year) and task.is_done(due.start):
        return True
    stated = is_body(before.strip()) and _DOES.match(rest)
    if task.plans and told and ((task.leads and closes) or stated):
        return True
    return bool(_ROUNDED.search(before.rstrip())) or bool(_FINISH.search(task.words))


def _bracket(due: Due, task: Task) -> int:
    """Return where the bracket that a time stands in opens, -1 where it stands in none."""
    opening = task.low.rfind("(", task.start, due.start)
    return -1 if opening < 0 or ")" in task.low[opening : due.start] else opening


def _words_left(before: str, rest: str) -> bool:
    return len(re.findall(r"\w+", f"{before} {rest}")) >= 2
