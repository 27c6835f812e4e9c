"""Deadlines in lines of their own below a task: "Thời gian hoàn thành: Quý II/2024."

1. Xây dựng quy chế phối hợp.
- Cơ quan chủ trì: Sở Nội vụ.
- Thời gian hoàn thành: Quý II/2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.deadlines.bodies import responsible
from knowledge.deadlines.row import Deadline
from knowledge.document import Document
from knowledge.dues import Due, dues
from knowledge.targets.passages import Sentence, sentences
from knowledge.targets.setting import Mood, Setting, under

_WHEN = re.compile(
    r"(?:thời gian(?: thực hiện| hoàn thành)?|thời hạn(?: hoàn thành| thực hiện)?"
    r"|tiến độ(?: thực hiện)?|hoàn thành|thời điểm hoàn thành|yêu cầu hoàn thành)\s*(?::|$)"
    r"|(?:thời gian |thời hạn )?(?:hoàn thành|thực hiện xong)\s+(?=(?:trước|trong|chậm nhất|vào"
    r"|quý|tháng)"
    r"(?!\w))"
)
_WHO = re.compile(
    r"(?:(?:các )?(?:cơ quan|đơn vị|sở|phòng|bộ phận)\s+(?:chủ trì|thực hiện|phụ trách|đầu mối)"
    r"(?:,? (?:thực hiện|tham mưu))?|chủ trì|phân công|phụ trách|trách nhiệm|giao)\s*:?\s*$"
)
_LABEL = re.compile(
    r"(?:(?:các )?(?:cơ quan|đơn vị|sở|phòng|bộ phận)\s+\w+(?: \w+)?|chủ trì|phối hợp"
    r"|sản phẩm[^:]{0,30}"
    r"|kết quả[^:]{0,20}|phân công|kinh phí|trách nhiệm|địa điểm|thành phần|hình thức"
    r"|phụ trách)\s*:?\s*$"
)
#: "Từ ngày 20/6 đến ngày 30/6": done by its end.
_SPAN = re.compile(r"từ\s+[^,;.]{1,30}?\s+đến\s+(?:hết\s+)?(?=ngày|tháng|quý|năm|\d)")
_MOST = 5  # lines between a task and its time
_LONGEST = 20  # words of a line that holds nothing but a time


def labelled(document: Document, low: str, setting: Setting) -> Iterator[Deadline]:
    """Yield the deadlines whose time stands in a line or sentence of its own.

    Args:
        document: the document.
        low: its text in small letters.
        setting: what the document is.
    """
    lines = [sentence for sentence in sentences(document, low) if not sentence.headline]
    for number, line in enumerate(lines):
        local = under(setting, line.parts)
        if local.mood not in (Mood.PLAN, Mood.OPEN):
            continue
        due = _time(line, low, local)
        if due is None or (due.kind == "relative" and not _is_issued(local)):
            continue  # elsewhere that is how long a procedure takes
        task, who = _above(lines, number, low)
        if task is None:
            continue
        who = who or _below(lines, number, low)
        yield Deadline(
            task=_words(document.text, task.whole, task.end),
            due=due.due,
            kind=due.kind,
            due_text=document.text[due.start : due.end],
            after=due.after,
            responsible=_words(document.text, who.start, who.end)
            if who
            else _of_task(document, task),
            quote=document.text[task.whole : line.end],
            start=task.whole,
            end=line.end,
        )


def _is_issued(setting: Setting) -> bool:
    """Say whether a document lays down what is to be done and names the day of its issue."""
    return setting.mood is Mood.PLAN and setting.on is not None


def _time(line: Sentence, low: str, setting: Setting) -> Due | None:
    whole = low[line.whole : line.end]
    label = _WHEN.match(whole)
    if label is None or len(whole.split()) > _LONGEST:
        return None
    start = line.whole + label.end()
    words = low[start : line.end].lstrip(" :")
    span = _SPAN.match(words)
    bare = f"đến hết {words[span.end() :]}" if span else f"trong {words}"
    shift = line.end - len(bare)
    found = [] if span else dues(low, line.whole, line.end, setting.year, setting.on)
    if found:
        return found[0]
    for due in dues(bare, 0, len(bare), setting.year, setting.on):
        at = max(start, due.start + shift)
        return Due(due.due, due.kind, at, due.end + shift, True, due.after)
    return None


def _above(lines: list[Sentence], number: int, low: str) -> tuple[Sentence | None, Sentence | None]:
    """Return the task above a time, and the line between them that names who has to do it."""
    who: Sentence | None = None
    for line in reversed(lines[max(0, number - _MOST) : number]):
        lead = low[line.whole : line.start].strip()
        if _LABEL.fullmatch(lead) and line.whole < line.start:
            who = line if _WHO.fullmatch(lead) else who
            continue
        if _WHEN.match(low[line.whole : line.end]):
            return None, None
        return line, who
    return None, None


def _below(lines: list[Sentence], number: int, low: str) -> Sentence | None:
    """Return the line right below a time that names who has to do it."""
    for line in lines[number + 1 : number + 3]:
        if not _LABEL.fullmatch(low[line.whole : line.start].strip()):
            return None
        if _WHO.fullmatch(low[line.whole : line.start].strip()):
            return line
    return None


def _of_task(document: Document, task: Sentence) -> str | None:
    return responsible(document.text, task.start, task.end, task.start, task.parts)


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split()).strip(" .;:")
