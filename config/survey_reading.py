"""Checking a questionnaire: whatever is wrong in one is named by file and key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from config.entries import Entry, Seen
from config.survey import END, LEVELS, SKIPPED, Kind, Option, Question, Survey

DEFAULT = "mac-dinh"
MOST_OPTIONS = 9  # each has to be one digit to type
SKIP = "bo-qua"  # how the answer is called that is none
SLOTS = ("office", "service")


def read_survey(entry: Entry, name: str) -> Survey:
    """Return the survey that a file holds.

    Args:
        entry: the whole file.
        name: name of the file without its ending.

    Raises:
        ConfigError: something is missing, unknown, leads back, or has too few answers.
    """
    entry.only("title", "services", "overall", "thanks", "questions")
    services = entry.data.get("services", [])
    parsed = _questions(entry)
    survey = Survey(
        name=name,
        title=entry.string("title"),
        services=() if services == [] else entry.strings("services"),
        overall=entry.string("overall"),
        thanks=entry.string("thanks"),
        questions=tuple(question for _, question in parsed),
    )
    if not survey.services and name != DEFAULT:
        raise entry.error("services", f"chỉ {DEFAULT} được để trống; hãy ghi mã dịch vụ")
    _check_overall(entry, survey)
    for part, question in parsed:
        _check_jumps(part, question, survey)
    return survey


def _questions(entry: Entry) -> list[tuple[Entry, Question]]:
    parsed: list[tuple[Entry, Question]] = []
    seen = Seen()
    for part in _parts(entry, "questions"):
        part.only("id", "kind", "text", "labels", "options", "optional", "factor", "next")
        seen.add(part, "id", [part.string("id")])
        parsed.append((part, _question(part)))
    words = [part for part, question in parsed if question.kind is Kind.TEXT]
    if len(words) > 1:
        raise words[1].error("kind", "chỉ được một câu text")
    if words and parsed[-1][0] is not words[0]:
        raise words[0].error("kind", "câu text phải đứng cuối")
    return parsed


def _question(part: Entry) -> Question:
    kind = part.string("kind")
    if kind not in set(Kind):
        raise part.error("kind", f"phải là {', '.join(Kind)}")
    if part.string("id") == END or not part.string("id").replace("-", "").isalnum():
        raise part.error("id", f"phải gồm chữ, số, gạch nối và khác “{END}”")
    return Question(
        id=part.string("id"),
        kind=Kind(kind),
        text=_filled(part, "text"),
        options=_options(part, Kind(kind)),
        optional="optional" in part.data and part.flag("optional"),
        factor=part.string("factor") if "factor" in part.data else "",
        jumps=_jumps(part),
    )


def _options(part: Entry, kind: Kind) -> tuple[Option, ...]:
    allowed = {Kind.SCALE: "labels", Kind.CHOICE: "options"}.get(kind)
    for key in ("labels", "options"):
        if key in part.data and key != allowed:
            raise part.error(key, f"không dùng cho câu {kind}")
    if kind is Kind.SCALE:
        labels = part.strings("labels")
        if not 2 <= len(labels) <= MOST_OPTIONS:
            raise part.error("labels", f"phải có từ 2 đến {MOST_OPTIONS} mức")
        return tuple(Option(str(n), label.strip()) for n, label in enumerate(labels, 1))
    if kind is Kind.TEXT:
        return ()
    entries = _parts(part, "options")
    if not 2 <= len(entries) <= MOST_OPTIONS:
        raise part.error("options", f"phải có từ 2 đến {MOST_OPTIONS} lựa chọn")
    seen, written = Seen(), Seen()
    options = []
    for item in entries:
        item.only("id", "label", "also")
        if item.string("id") == SKIP:
            raise item.error("id", f"“{SKIP}” dành cho câu được bỏ qua")
        seen.add(item, "id", [item.string("id")])
        also = item.strings("also") if "also" in item.data else ()
        written.add(item, "label", [item.string("label")])
        options.append(Option(item.string("id"), item.string("label").strip(), also))
    return tuple(options)


def _jumps(part: Entry) -> dict[str, str]:
    jumps: dict[str, str] = {}
    if "next" not in part.data:
        return jumps
    for item in _parts(part, "next"):
        item.only("when", "go")
        when = item.data.get("when")
        if not isinstance(when, list) or not when:
            raise item.error("when", "phải là danh sách câu trả lời, ví dụ [4, 5]")
        for answer in map(str, when):
            given = SKIPPED if answer == SKIP else answer
            if given in jumps:
                raise item.error("when", f"ghi “{answer}” hai lần")
            jumps[given] = item.string("go")
    return jumps


def _check_jumps(part: Entry, question: Question, survey: Survey) -> None:
    order = [one.id for one in survey.questions]
    known = {option.id for option in question.options}
    if question.optional:
        known.add(SKIPPED)
    for answer, target in question.jumps.items():
        if answer not in known:
            raise part.error("next", f"không có câu trả lời “{answer or SKIP}”")
        if target != END and target not in order:
            raise part.error("next", f"không có câu hỏi “{target}”")
        if target != END and order.index(target) <= order.index(question.id):
            raise part.error("next", f"đi ngược về “{target}”, sẽ hỏi vòng mãi")


def _check_overall(entry: Entry, survey: Survey) -> None:
    named = next((one for one in survey.questions if one.id == survey.overall), None)
    if named is None:
        raise entry.error("overall", f"không có câu hỏi “{survey.overall}”")
    if named.kind is not Kind.SCALE or len(named.options) != LEVELS:
        raise entry.error("overall", f"phải là câu scale có đúng {LEVELS} mức")
    if named.optional or survey.questions[0] is not named:
        raise entry.error("overall", "phải là câu đầu tiên, không được bỏ qua")


def _parts(entry: Entry, key: str) -> list[Entry]:
    value: Sequence[Any] | None = entry.data.get(key)
    if not isinstance(value, list) or not value or not all(isinstance(v, dict) for v in value):
        raise entry.error(key, "phải là danh sách các mục bắt đầu bằng “- ”")
    return [Entry(entry.file, f"{entry.at(key)}[{n}]", item) for n, item in enumerate(value, 1)]


def _filled(part: Entry, key: str) -> str:
    """Return a text after checking that only the known slots are used in it."""
    text = part.string(key).strip()
    try:
        text.format(**dict.fromkeys(SLOTS, ""))
    except (LookupError, ValueError, AttributeError) as error:
        raise part.error(key, "chỉ được dùng {office} và {service} trong ngoặc nhọn") from error
    return text
