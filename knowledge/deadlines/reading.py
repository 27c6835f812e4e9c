"""Deadlines of a document, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, pairwise

from knowledge.deadlines.bodies import BODY_DOES, VERBS, responsible
from knowledge.deadlines.flattened import flattened
from knowledge.deadlines.labelled import labelled
from knowledge.deadlines.row import Deadline
from knowledge.deadlines.tables import of_table, times_of
from knowledge.document import Document
from knowledge.dues import Due, dues
from knowledge.lowering import lowered
from knowledge.targets.passages import Sentence, sentences
from knowledge.targets.row import Target
from knowledge.targets.setting import Mood, Setting, setting_of, under
from knowledge.targets.tables import tables_of
from knowledge.targets.years import year_mentions

_FINISH = re.compile(
    r"(?<!\w)(?:hoàn thành|làm xong|xong|kết thúc|nghiệm thu|hoàn tất"
    r"|đưa vào (?:vận hành|sử dụng|khai thác)|triển khai xong)(?!\w)"
)
#: What is done at a time: alone it only tells when, in front of "trong tháng 9" it sets a time.
_DO = re.compile(rf"^[\s,:-]*(?:(?:giao|yêu cầu|đề nghị)\s[^,;:]{{0,80}}\s)?(?:{VERBS})(?!\w)")
_TASK = re.compile(
    r"^[\s,:-]*(?:giao |yêu cầu |đề nghị )?(?:[^,;:]{0,80}\s)?(?:báo cáo|gửi|tổng hợp|rà soát"
    r"|công bố|tổ chức|xây dựng|ban hành|kiểm tra|đánh giá|khảo sát|công khai|cập nhật|tập huấn"
    r"|đối thoại|họp|lập|trình|thực hiện|tự|lấy ý kiến|đo lường|tiến hành|sơ kết|tổng kết"
    r"|hoàn thành"
    r"|đăng|thống kê|theo dõi|đôn đốc|xác định|bồi dưỡng|đào tạo|kiểm điểm|chấm|phân tích)(?!\w)"
)
_RECUR_TASK = re.compile(
    r"(?<!\w)(?:báo cáo|gửi|rà soát|đánh giá|tổ chức|kiểm tra|công khai|cập nhật|tập huấn|khảo sát"
    r"|đối thoại|họp|tổng hợp|sơ kết|giao ban|công bố|lấy ý kiến|thống kê|đo lường)(?!\w)"
)
_BODY_DOES = re.compile(BODY_DOES)
_PART = re.compile(
    r"(?<!\w)(?:mốc|thời hạn|thời gian hoàn thành|hoàn thành|tiến độ|thời gian thực hiện)"
)
_PAST = re.compile(
    r"(?<!\w)(?:đã|diễn ra|có hiệu lực|hết hiệu lực|dự kiến|được áp dụng|áp dụng từ|vừa|khai trương"
    r"|kết thúc hoạt động|kéo dài|hiệu lực|hoạt động từ|nhiệm kỳ \d{4}|định hướng|tầm nhìn|căn cứ"
    r"|so với)(?!\w)"
)
_SPAN = re.compile(r"(?<!\w)từ\s+(?:ngày|tháng|quý)\s[^,;.]{0,30}$")
#: A task with a share in it that has a day of its own.
_ENDS_BY = re.compile(
    r"(?:hoàn thành|xong|thời hạn|thời gian)[\s:,]*(?:là |việc này )?(?:trước|trong|chậm nhất|vào)"
    r"|(?<!\w)kể từ (?:ngày|khi)(?!\w)"
)
_ONLY_TIME = re.compile(
    r"\s*(?:thời gian |thời hạn |và |(?:công )?việc này )?(?:phải |cần )?"
    r"(?:hoàn thành|thực hiện xong|xong|thời hạn)[\s:]*(?:là |việc này )?"
    r"(?:trước|trong|chậm nhất|vào|quý|tháng|năm)[^;]{0,40}(?:[;.]|$)"
)
_LISTED = re.compile(r"\s*(?:,|và|,\s*và)\s*")
_ROUNDED = re.compile(r"(?<!\w)(?:sơ kết|tổng kết|đánh giá giữa kỳ)(?!\w)[^,;]*$")
_SHARE = re.compile(r"\d\s*%|phần trăm")
_ORDER = re.compile(r"(?<!\w)(?:phải|yêu cầu|giao|đề nghị|chậm nhất|có trách nhiệm)(?!\w)")
_LEADING = re.compile(r"^(?:[\s,;:.\-–]|và\s)+|[\s,;:.\-–]+$")
_UNFINISHED = re.compile(r"\s+(?:phải|cần|sẽ|hoàn thành|xong)$")
_SHORT = 30


class DeadlineReader:
    """Reads deadlines out of documents."""

    def read(self, document: Document, targets: Sequence[Target] = ()) -> tuple[Deadline, ...]:
        """Return the deadlines that a document sets, in reading order.

        Laws and procedures set none; neither does what only tells when something was.

        Args:
            document: with its metadata.
            targets: its targets; a clause with a figure to be reached is one of those.
        """
        setting = setting_of(document)
        if setting.mood is Mood.LEGAL or document.metadata.code:
            return ()
        low = lowered(document.text)
        rows: dict[tuple[str, str | None], Deadline] = {}
        for row in labelled(document, low, setting):
            rows.setdefault((row.task.lower(), row.due), row)
        taken = [(row.start, row.end) for row in rows.values()]
        for sentence in sentences(document, low):
            if sentence.headline or any(a <= sentence.start < b for a, b in taken):
                continue
            local = under(setting, sentence.parts)
            who = _opening(document, sentence)
            for row in _of_sentence(document, low, sentence, local, targets):
                who = row.responsible or who
                row = replace(row, responsible=who)  # said once, for all clauses
                rows.setdefault((row.task.lower(), row.due), row)
        copied = flattened(document.text, low, lambda cell: bool(times_of(cell, setting)))
        for table in chain(tables_of(document, low), copied):
            for row in of_table(table, document.text, low, setting):
                if any(t.start <= row.start and row.end <= t.end for t in targets):
                    continue
                rows.setdefault((row.task.lower(), row.due), row)
        return tuple(sorted(rows.values(), key=lambda row: row.start))


def _of_sentence(
    document: Document,
    low: str,
    sentence: Sentence,
    setting: Setting,
    targets: Sequence[Target],
) -> Iterator[Deadline]:
    carried = _carried(low, sentence, setting)
    for clause in _clauses(low, sentence):
        words = low[slice(*clause)]
        of_target = any(t.start < clause[1] and clause[0] < t.end for t in targets)
        if of_target and _SHARE.search(words) and not _ENDS_BY.search(words):
            continue
        yield from _of_clause(document, low, clause, sentence, setting, carried)


def _opening(document: Document, sentence: Sentence) -> str | None:
    """Return the body that a sentence opens with: it has to do all that its clauses say."""
    text = document.text
    end = text.find(";", sentence.start, sentence.end)
    return responsible(text, sentence.start, end if end > 0 else sentence.end, sentence.start, ())


def _clauses(low: str, sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Yield what semicolons part; "; hoàn thành trước ngày …" goes with what stands before it."""
    begin = sentence.start
    for match in re.finditer(";", low[sentence.start : sentence.end]):
        stop = sentence.start + match.start()
        if not _ONLY_TIME.match(low, stop + 1, sentence.end):
            yield begin, stop
            begin = stop + 1
    yield begin, sentence.end


def _carried(low: str, sentence: Sentence, setting: Setting) -> Due | None:
    """Return the time in the leading words, "Trước ngày 22/9/2025: …"."""
    head = (sentence.whole, sentence.start)
    found = dues(low, *head, setting.year) if head[0] < head[1] else []
    found = [due for due in found if due.firm or _PART.search(low[slice(*head)])]
    if found:
        return found[-1]
    return None


def _of_clause(
    document: Document,
    low: str,
    clause: tuple[int, int],
    sentence: Sentence,
    setting: Setting,
    carried: Due | None,
) -> Iterator[Deadline]:
    start, end = clause
    years = year_mentions(low, start, end)
    year = years[-1].year if years else setting.year
    found: list[Due] = []
    for due in dues(low, start, end, year):
        if _over(due, document, low):
            continue
        listed = bool(found) and _LISTED.fullmatch(low, found[-1].end, due.start)
        if _is_deadline(due, low, clause, sentence, setting) or (listed and due.kind == "date"):
            found.append(due)
    if not found and carried is not None and not _PAST.search(low[start : start + 30]):
        if _holds(carried, setting) and _TASK.match(low[start:end]):
            yield _row(document, low, clause, sentence, carried)
        return
    found = _most_exact(found)
    found = found[:1] if len({due.due for due in found}) == 1 else found
    for due, piece in zip(found, _pieces(low, clause, found), strict=True):
        yield _row(document, low, piece, sentence, due)


def _is_deadline(
    due: Due, low: str, clause: tuple[int, int], sentence: Sentence, setting: Setting
) -> bool:
    start, end = clause
    before, words = low[start : due.start], low[start:end]
    if not _holds(due, setting) or _PAST.search(before) or _SPAN.search(before):
        return False
    if _PAST.search(words) and not _ORDER.search(words):
        return False
    if setting.mood is Mood.RESULT and not _ORDER.search(words):
        return False
    marked = any(_PART.search(part) for part in sentence.parts[-1:])
    if due.kind == "recurring":
        rest = low[due.end : end]
        opens = not before.strip(" ,-")
        if setting.mood is not Mood.PLAN and not due.firm:
            return False
        midway = before.rstrip().endswith(",") and _RECUR_TASK.match(rest.lstrip())
        if midway and setting.mood is Mood.PLAN:
            return True
        closes = not rest.strip(" .,;") and setting.mood is Mood.PLAN and not _SHARE.search(words)
        if closes and (_DO.match(before) or _BODY_DOES.match(before)):
            return True
        return (opens and bool(_TASK.match(rest))) or (due.firm and bool(_RECUR_TASK.search(words)))
    if due.kind == "relative":
        return setting.mood is Mood.PLAN and _words_left(low, clause, due)
    if _in_brackets(low, clause, due) and not _FINISH.search(low[due.start : due.end]):
        return False
    if due.firm:
        ordered = setting.mood is Mood.PLAN or bool(_ORDER.search(words) or _FINISH.search(words))
        return marked or (ordered and _words_left(low, clause, due))
    if _SHARE.search(words):
        return False
    told = re.match(r"(?:ngay )?(?:trong|vào|đến hết|cuối)", low[due.start : due.end])
    yearly = "tháng" not in low[due.start : due.end] and "quý" not in low[due.start : due.end]
    done = bool(told) and not yearly and bool(_DO.match(before) or _BODY_DOES.match(before))
    led = start == sentence.start > sentence.whole and not low[due.end : end].strip(" .,;")
    done = done or (setting.mood is Mood.PLAN and bool(told) and not yearly and led)
    closing = bool(_ROUNDED.search(low[start : due.start].rstrip()))
    return marked or done or closing or bool(_FINISH.search(words))


def _over(due: Due, document: Document, low: str) -> bool:
    """Say whether "đến hết ngày 31/7" tells how things stood when the document was issued."""
    issued = document.metadata.issued_on
    standing = low.startswith(("đến hết", "đến ngày"), due.start)
    return bool(standing and issued and due.kind == "date" and (due.due or "") < str(issued))


def _pieces(low: str, clause: tuple[int, int], found: list[Due]) -> list[tuple[int, int]]:
    """Return the part of a clause that belongs to each of its times."""
    start, end = clause
    if len(found) < 2 or all(
        _LISTED.fullmatch(low, one.end, other.start) for one, other in pairwise(found)
    ):
        return [clause] * len(found)
    if not low[start : found[0].start].strip(" ,-"):
        starts = [due.start for due in found]
        return list(zip(starts, [*starts[1:], end], strict=True))
    ends = [*(due.end for due in found[:-1]), end]
    return list(zip([start, *ends[:-1]], ends, strict=True))


def _most_exact(found: list[Due]) -> list[Due]:
    """Leave out "hằng quý" where the day in it is said too."""
    rules = [due for due in found if due.kind == "recurring"]
    exact = [due for due in rules if due.due and "BYMONTHDAY" in due.due]
    return [due for due in found if due not in rules or due in exact] if exact else found


def _in_brackets(low: str, clause: tuple[int, int], due: Due) -> bool:
    opening = low.rfind("(", clause[0], due.start)
    if opening < 0 or ")" in low[opening : due.start]:
        return False
    # "(trước ngày 15/6)" says when; with other words the brackets tell something by the way.
    alone = not low[opening + 1 : due.start].strip() and low.startswith(")", due.end)
    return not (due.firm and alone)


def _words_left(low: str, clause: tuple[int, int], due: Due) -> bool:
    left = low[clause[0] : due.start] + " " + low[due.end : clause[1]]
    return len(re.findall(r"\w+", left)) >= 2


def _holds(due: Due, setting: Setting) -> bool:
    """Say whether a day is not before the document's own time."""
    if due.kind != "date" or due.due is None or setting.since is None:
        return True
    return int(due.due[:4]) >= setting.since


def _row(
    document: Document, low: str, clause: tuple[int, int], sentence: Sentence, due: Due
) -> Deadline:
    start, end = clause
    inside = start <= due.start < end
    text = document.text
    if inside:
        task = f"{text[start : due.start]} {text[due.end : end]}"
        rest = due.end if not low[start : due.start].strip(" ,:-") else start
    else:
        task, rest = text[start:end], start
    task = " ".join(_LEADING.sub("", task).split())
    if len(task.split()) < 4 and sentence.whole < sentence.start and inside:
        lead = text[sentence.whole : sentence.start].strip(" :")
        task = f"{lead}: {task}" if task else lead
    first, last = _quoted(text, clause, sentence, inside)
    who = responsible(text, start, end, rest, sentence.parts)
    if who is None and sentence.whole < sentence.start:
        who = responsible(text, sentence.whole, end, sentence.whole, ())
    if who and who.islower() and (at := low.find(who)) >= 0:
        who = text[at : at + len(who)]
    return Deadline(
        task=_UNFINISHED.sub("", _LEADING.sub("", task)),
        due=due.due,
        kind=due.kind,
        due_text=text[due.start : due.end],
        after=due.after,
        responsible=who,
        quote=text[first:last],
        start=first,
        end=last,
    )


def _quoted(
    text: str, clause: tuple[int, int], sentence: Sentence, inside: bool
) -> tuple[int, int]:
    """Return the clause to quote; with its leading words where they hold the time."""
    start, end = clause
    if not inside or end - start < _SHORT:
        start = sentence.whole if not inside or start == sentence.start else start
    while start < end and text[start] in " ,;:":
        start += 1
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    return start, end
