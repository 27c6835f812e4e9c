"""Targets of a document, row by row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from config.indicators import Indicators
from knowledge.document import Document
from knowledge.dues import dues
from knowledge.lowering import lowered
from knowledge.targets.clauses import Clauses
from knowledge.targets.cues import is_aim
from knowledge.targets.measuring import HEADED, Measured
from knowledge.targets.names import Names
from knowledge.targets.passages import Sentence, sentences
from knowledge.targets.quantities import Figures, Kind
from knowledge.targets.row import Target
from knowledge.targets.setting import Mood, Setting, setting_of, under
from knowledge.targets.splitting import Part, split
from knowledge.targets.subjects import clean_subject, strip_start, subject_start
from knowledge.targets.table_rows import TableReader
from knowledge.targets.tables import in_cells, tables_of
from knowledge.targets.years import year_mentions

#: Leading words that head a list and are measured by nothing.
_NO_THING = re.compile(
    r"(?<!\w)(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|như sau|cụ thể|sau đây|gồm|nội dung"
    r"|kế hoạch)(?!\w)"
)
#: A figure that opens a sentence.
_BARE = re.compile(
    r"(?:(?:đạt|từ|trên|dưới|tối thiểu|ít nhất|không quá|tối đa|khoảng|≥|>=|≤|<=|<|>|là|mức)\s*)*\d"
)
_THINGS = re.compile(r"\w+ \w+ \w+")
_OPEN = re.compile(r"chỉ số|về|đối với|[\s-]")
_BESIDE = 16  # characters between a year and the figure right behind it, "năm 2024 đạt 80%"
_NEAR = 40  # characters behind a figure in which its year may stand
_SHORT = 28  # a clause shorter than this is quoted with the whole sentence
#: "vào nhóm trung bình cao, đạt ít nhất 43,5 điểm": a place, not what is measured.
_PLACED = re.compile(r"(?:vào|thuộc|nằm trong|đứng trong|trong) (?:nhóm|tốp|top)(?!\w)")
_UNSAID = re.compile(r"(?:các )?(?:chỉ tiêu |tỷ lệ |con số )?tương ứng$")
_SAID_BEFORE = re.compile(r"(?<!\w)(?:này|nêu trên|nói trên)(?!\w)")
_AIM_WORD = re.compile(
    r"(?:(?:mục tiêu|chỉ tiêu)|^(?:\w+ ){0,2}(?:kế hoạch|(?:đạt )?giá trị|điểm số|kết quả))"
    r"(?: đề ra| này| trên)?$|^(?:một )?kế hoạch khác"
)


@dataclass
class _State:
    """What carries on from one sentence to the next.

    Attributes:
        line: line of the last sentence.
        year: the year that the paragraph's last sentence named.
        subject: what the last row measured.
        indices: codes of the indices named so far.
        going: whether the last sentence with figures stated aims.
    """

    line: int = -1
    year: int | None = None
    subject: str = ""
    indices: list[str] = field(default_factory=list)
    going: bool = False


class TargetReader:
    """Reads targets out of documents.

    Args:
        vocabulary: names of indices, measures, fields, units.
    """

    def __init__(self, vocabulary: Indicators) -> None:
        self.names = Names(vocabulary)
        self._index_names = frozenset(entry.name for entry in vocabulary.indices)
        figures = Figures(vocabulary.units)
        self.clauses = Clauses(figures, vocabulary.wholes)
        self._tables = TableReader(self.names, figures)

    def read(self, document: Document) -> tuple[Target, ...]:
        """Return the targets that a document states, in reading order.

        Laws and procedures set none; results that a report states are none.

        Args:
            document: with its metadata, which place the years and say what kind of text it is.
        """
        setting = setting_of(document)
        if setting.mood is Mood.LEGAL or document.metadata.code:
            return ()
        low = lowered(document.text)
        state = _State()
        rows: list[Target] = []
        headlines: list[Target] = []
        for sentence in sentences(document, low):
            found = list(self._sentence(document, low, sentence, setting, state))
            (headlines if sentence.headline else rows).extend(found)
        for table in tables_of(document, low):
            rows += self._tables.read(table, document.text, setting)
            for sentence in in_cells(table, setting, document.text):
                rows += self._sentence(document, low, sentence, setting, _State())
        # A headline says in short, often loosely, what the text says in full.
        said = {(row.value, row.upper, row.unit) for row in rows}
        rows += [row for row in headlines if (row.value, row.upper, row.unit) not in said]
        return tuple(_distinct(rows, self._index_names))

    def _measured_above(self, sentence: Sentence, low: str) -> str | None:
        """Return what a sentence's leading words measure: an index, or a thing."""
        lead = low[sentence.whole : sentence.start].strip(" :.")
        named = self.names.indices(lead)
        if len(named) == 1 and not _OPEN.sub("", lead.replace(lead[named[0].start :], "")).strip():
            return lead
        return _measured_above(sentence, low)

    def _is_field(self, words: str) -> bool:
        """Say whether words begin with the name of a field."""
        return any(mention.start == 0 for mention in self.names.fields(words))

    def _sentence(
        self, document: Document, low: str, sentence: Sentence, setting: Setting, state: _State
    ) -> Iterator[Target]:
        if sentence.line != state.line:
            state.line, state.year = sentence.line, None
        if (head := self._measured_above(sentence, low)) is not None:
            state.subject = head
        seen = [m.key for m in self.names.indices(low, sentence.start, sentence.end)]
        stated: list[str] = []
        local = under(setting, sentence.parts)
        for measured in self.clauses.read(low, sentence.start, sentence.end):
            named = measured.year or _year_beside(low, measured, sentence)
            above = _year_above(sentence.parts)
            before = low[sentence.start : measured.quantity.start]
            whole = low[sentence.start : sentence.end]
            clear = named if named is not None else above
            parts = list(sentence.parts)
            aim = is_aim(measured.quantity, whole, before, parts, local, clear, state.going)
            state.going = aim
            if not aim:
                continue
            year = next((y for y in (named, above, state.year) if y is not None), local.year)
            subject = measured.words
            if head is not None and subject == measured.quantity.unit:
                subject = ""  # "Số thủ tục cắt giảm: ít nhất 25 thủ tục"
            if _AIM_WORD.search(subject) or _PLACED.match(subject):
                subject = ""
            narrow = measured.qualifier or (len(subject.split()) <= 4 and self._is_field(subject))
            if narrow or not subject:
                subject = _inherited(subject or measured.part or "", state.subject, sentence.parts)
            else:
                if (
                    _SAID_BEFORE.search(low[measured.frame.left : measured.quantity.start])
                    and state.subject
                ):
                    subject = f"{subject} ({state.subject})"
                state.subject = subject
                subject = f"{subject} | {measured.part}" if measured.part else subject
            if not subject or _UNSAID.match(subject):
                continue
            for part in split(measured, subject, low, self.names, [*state.indices, *seen], stated):
                stated += [part.key] if part.key else []
                yield _row(
                    document,
                    low,
                    measured,
                    sentence,
                    _as_written(part, document.text, low, sentence),
                    year,
                )
        years = year_mentions(low, sentence.start, sentence.end)
        state.year = years[0].year if years else state.year
        state.indices += [key for key in seen if key not in state.indices]


def _measured_above(sentence: Sentence, low: str) -> str | None:
    """Return what a sentence's own leading words measure: "Tỷ lệ hồ sơ trực tuyến: cấp xã 50%"."""
    if sentence.whole >= sentence.start:
        return None
    words = strip_start(low[sentence.whole : sentence.start]).strip(" :.")
    words = words[subject_start(words) :].strip()
    if not _THINGS.search(words) or _NO_THING.search(words):
        return None
    return clean_subject(words) if HEADED.match(words) or _BARE.match(low, sentence.start) else None


def _without_part(subject: str, qualifier: str) -> str:
    """Return a subject without the part that another one takes the place of."""
    if qualifier.startswith("của "):
        return re.sub(r"\s+của\s.*$", "", subject)
    kind = re.match(r"(?:các |khối )?(cấp|khối|lĩnh vực)(?!\w)", qualifier)
    sort = kind[1] if kind else r"(?:dịch vụ|lĩnh vực)"
    return re.sub(rf"\s+(?:ở|tại|của|đối với|với|về|trong)\s+(?:các )?{sort}(?!\w).*$", "", subject)


def _as_written(part: Part, text: str, low: str, sentence: Sentence) -> Part:
    """Return a part with the capitals of the text."""
    at = sentence.whole

    def cased(match: re.Match[str]) -> str:
        nonlocal at
        word = match.group()
        found = low.find(word, at, sentence.end)
        found = found if found >= 0 else low.find(word, sentence.whole, sentence.end)
        if not word.islower() or found < 0:
            return word
        at = found + len(word)
        return text[found:at]

    return replace(part, indicator=re.sub(r"\w+", cased, part.indicator))


def _inherited(qualifier: str, subject: str, parts: tuple[str, ...]) -> str:
    """Return the subject of a clause that only narrows the one before it."""
    base = subject
    if not base:
        base = next(
            (part for part in reversed(parts) if re.match(r"(?:tỷ lệ|mức|chỉ số|số )", part)), ""
        )
    if not qualifier:
        return base
    return f"{_without_part(base, qualifier)} | {qualifier}" if base else qualifier


def _year_beside(low: str, measured: Measured, sentence: Sentence) -> int | None:
    """Return the year that a figure's own clause or the sentence before it names."""
    quantity = measured.quantity
    limit = min(measured.frame.right, quantity.end + max(_NEAR, measured.subject[1] - quantity.end))
    comma = low.find(",", quantity.end, limit)
    behind = year_mentions(low, quantity.end, comma if comma > 0 else limit)
    ahead = year_mentions(low, measured.frame.left, quantity.start)
    if ahead and quantity.start - ahead[-1].end <= _BESIDE:
        return ahead[-1].year
    if behind and (not ahead or len(behind) == 1):
        return behind[0].year
    for start in (measured.frame.left, measured.frame.start, sentence.start):
        found = year_mentions(low, start, quantity.start)
        if found:
            return found[-1].year
    return None


def _year_above(parts: tuple[str, ...]) -> int | None:
    for part in reversed(parts):
        found = year_mentions(part, 0, len(part))
        if found:
            return found[-1].year
    return None


def _row(
    document: Document,
    low: str,
    measured: Measured,
    sentence: Sentence,
    part: Part,
    year: int | None,
) -> Target:
    quantity = measured.quantity
    start, end = _clause_span(document.text, measured, sentence)
    scope = "; ".join(
        piece
        for piece in (part.scope, f"trừ {measured.exception}" if measured.exception else None)
        if piece
    )
    unit = quantity.unit
    if quantity.kind is Kind.RANK:
        unit = "hạng"
    return Target(
        indicator=part.indicator,
        key=part.key,
        comparator=quantity.comparator,
        value=quantity.value,
        upper=quantity.upper,
        unit=unit,
        scope=scope or None,
        field=part.field,
        year=year,
        deadline=_day_beside(low, measured, year),
        quote=document.text[start:end],
        start=start,
        end=end,
        strict=quantity.strict,
        approximate=quantity.approximate,
    )


def _day_beside(low: str, measured: Measured, year: int | None) -> date | None:
    """Return the day by which a clause sets its figure, where it names one."""
    for due in dues(low, measured.frame.start, measured.frame.end, year):
        if due.kind == "date" and due.firm and due.due:
            return date.fromisoformat(due.due)
    return None


def _clause_span(text: str, measured: Measured, sentence: Sentence) -> tuple[int, int]:
    """Return the clause to quote; the sentence where the clause alone says too little."""
    start, end = measured.frame.start, measured.frame.end
    while start < end and text[start] in " ,;:":
        start += 1
    while end > start and text[end - 1] in " ,;:":
        end -= 1
    if end - start < _SHORT or measured.qualifier or not measured.words:
        start, end = sentence.start, sentence.end
    return start, end


def _distinct(rows: list[Target], names: frozenset[str]) -> Iterator[Target]:
    """Drop rows that repeat another one; a headline often repeats the text.

    Args:
        rows: in reading order.
        names: display names of the indices.
    """
    kept: dict[tuple[object, ...], Target] = {}
    for row in rows:
        index = row.indicator.split(" (")[0]
        name = index if index in names else row.indicator.lower()
        said = (name, row.comparator, row.value, row.upper, row.unit, row.year, row.scope)
        known = kept.get(said)
        if known is None or (index in names and len(row.quote) > len(known.quote)):
            kept[said] = row
    yield from sorted(kept.values(), key=lambda row: row.start)
