"""Deadlines of a document, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from knowledge.deadlines.bodies import responsible
from knowledge.deadlines.deciding import Task, carries, is_deadline, is_over, names_a_part
from knowledge.deadlines.flattened import flattened
from knowledge.deadlines.labelled import labelled
from knowledge.deadlines.parting import LISTED, counting, pieces
from knowledge.deadlines.quoting import quoted_row
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

_SHARE = re.compile(r"\d\s*%|phần trăm")
#: A task with a share in it that has a day of its own.
_ENDS_BY = re.compile(
    r"(?:hoàn thành|xong|thời hạn|thời gian)[\s:,]*(?:là |việc này )?(?:trước|trong|chậm nhất|vào)"
    r"|(?<!\w)kể từ (?:ngày|khi)(?!\w)"
)
_BY = r"(?:trước|trong|chậm nhất|muộn nhất|trễ nhất|vào|đến|quý|tháng|năm|ngày|\d)"
#: "; hoàn thành trước ngày 15/12", "; thời hạn: 05/9/2025", "; đến 31/7 phải hoàn thành".
_ONLY_TIME = re.compile(
    r"\s*(?:thời gian |thời hạn |và |(?:công )?việc này )?(?:phải |cần |yêu cầu )?"
    r"(?:hoàn thành|thực hiện xong|xong|thời hạn|thời gian(?: thực hiện)?|hạn(?: cuối| chót)?)"
    rf"[\s:]*(?:là |việc này )?{_BY}[^;]{{0,40}}(?:[;.]|$)"
    r"|\s*(?:trước|trong|chậm nhất|muộn nhất|đến)\s[^;,]{3,40}?\s(?:phải |cần )?"
    r"(?:hoàn thành|xong)\s*(?:[;.]|$)"
)
#: "Khắc phục lỗi đồng bộ, thời gian hoàn thành: 25/11" is one clause, no leading words.
_TIME_LAST = re.compile(
    r"\w[^:]*[,;]\s*(?:thời gian|thời hạn|hạn)(?: hoàn thành| thực hiện)?\s*:\s*$"
)
#: "; gửi về Sở Nội vụ trước ngày 10": what is sent stands in the clause before.
_SENT = re.compile(
    r"\s*(?:và |đồng thời )?(?:kết quả |báo cáo )?(?:gửi|nộp|trình|báo cáo)"
    r"(?: kết quả)?(?: thực hiện)?"
    r"\s+(?:về|cho|đến|tới|qua|sở|ubnd|ủy ban|văn phòng|bộ|chủ tịch|ban)(?!\w)"
)


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
    if _TIME_LAST.search(low, sentence.whole, sentence.start):
        sentence = replace(sentence, start=sentence.whole)
    carried = _carried(low, sentence, setting)
    for clause in _clauses(low, sentence, setting):
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


def _clauses(low: str, sentence: Sentence, setting: Setting) -> Iterator[tuple[int, int]]:
    """Yield what semicolons part; "; hoàn thành trước ngày …" goes with what stands before it."""
    begin = sentence.start
    for match in re.finditer(";", low[sentence.start : sentence.end]):
        stop = sentence.start + match.start()
        sent = _SENT.match(low, stop + 1, sentence.end)
        if _ONLY_TIME.match(low, stop + 1, sentence.end) or (
            sent and not dues(low, begin, stop, setting.year, setting.on)
        ):
            continue
        yield begin, stop
        begin = stop + 1
    yield begin, sentence.end


def _carried(low: str, sentence: Sentence, setting: Setting) -> Due | None:
    """Return the time in the leading words, "Trước ngày 22/9/2025: …"."""
    head = (sentence.whole, sentence.start)
    found = dues(low, *head, setting.year, setting.on) if head[0] < head[1] else []
    found = [due for due in found if due.firm or names_a_part(low[slice(*head)])]
    return found[-1] if found else None


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
    task = Task(document.text, low, start, end, sentence, setting)
    found: list[Due] = []
    for due in dues(low, start, end, year, setting.on):
        if is_over(due, document, low):
            continue
        listed = bool(found) and LISTED.fullmatch(low, found[-1].end, due.start)
        if is_deadline(due, task) or (listed and due.kind == "date"):
            found.append(due)
    if not found:
        if carried is not None and carries(carried, task):
            yield quoted_row(document, low, clause, sentence, carried)
        return
    found = counting(found, low, clause)
    for due, piece in zip(found, pieces(low, clause, found), strict=True):
        row = quoted_row(document, low, piece, sentence, due, found)
        if row.task:
            yield row
