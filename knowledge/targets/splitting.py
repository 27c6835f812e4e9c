"""One clause, several rows: indices and fields that share a figure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.targets.measuring import Measured
from knowledge.targets.names import Mention, Names

_REST = re.compile(r"(?:các |những )?chỉ số (?:còn lại|khác)")
_FILLER = re.compile(
    r"(?<!\w)(?:các|cả|những|và|chỉ số|thứ hạng|xếp hạng|vị trí|điểm số|điểm|kết quả|bộ|của|tỉnh"
    r"|thành phố|huyện|xã|địa phương|cấp tỉnh|cấp|năm|đều|hạng|giá trị|hai|ba|bốn|năm \d{4}|\d{4}"
    r"|về|đối với|giữ|thuộc|nằm|trong|này)(?!\w)"
)
_FIELDS = re.compile(r"(?:các |nhóm |những )*lĩnh vực:?\s+(?P<list>.+)$")
_NARROWING = re.compile(r"(?:riêng|đối với|trong|ở|tại)\s[^,]{0,14}lĩnh vực")
_LIST = re.compile(r"\s*,\s*|\s+và\s+|\s*;\s*")
_CUT = re.compile(
    r"\s+(?:đạt|là|có|phải|được|của|cho|tại|với|do|theo|trên|ở)(?!\w).*$|[(|].*$|,\s*(?:tỉnh|huyện|"
    r"thành phố|ubnd).*$"
)
_PLAIN = re.compile(
    r"(?:giải quyết|thủ tục|hành chính|hồ sơ|dịch vụ|cung cấp|công lập|công|sự nghiệp"
    r"|lĩnh vực|các|và|,|về|của|khu vực|nhà nước|\s)+"
)
_OF_SERVICES = re.compile(
    r"(?:về|đối với|với)\s+(?P<list>(?:chất lượng |giải quyết )?(?:các )?(?:dịch vụ|lĩnh vực"
    r"|thủ tục|hồ sơ)[^|]*)$"
)


@dataclass(frozen=True)
class Part:
    """What one row measures: its words, its code, what it is narrowed to."""

    indicator: str
    key: str | None
    scope: str | None
    field: str | None


def split(
    measured: Measured,
    subject: str,
    low: str,
    names: Names,
    indices: list[str],
    stated: list[str],
) -> list[Part]:
    """Return the rows of a figure.

    Args:
        measured: the figure with its clause.
        subject: what it measures; a part behind "|" only narrows it.
        low: the text in small letters.
        names: names of indices and fields.
        indices: codes of the indices that the document named so far.
        stated: codes that already have a figure in this sentence.
    """
    if _REST.search(subject):
        rest = [key for key in dict.fromkeys(indices) if key not in stated]
        if rest:
            return [Part(names.vocabulary.name_of(key), key, None, None) for key in rest]
    base, _, narrowed = (piece.strip() for piece in subject.partition("|"))
    found = list(dict.fromkeys(mention.key for mention in names.indices(base)))
    if len(found) == 1 and _only_names(base, names.indices(base)) and not narrowed:
        name = names.vocabulary.name_of(found[0])
        mention = names.indices(base)[0]
        written = base[mention.start : mention.end]
        words = name if name.lower() in base else f"{name} ({written})"
        return [Part(words, found[0], None, None)]
    if found and _only_names(base, names.indices(base)) and not narrowed:
        return [Part(names.vocabulary.name_of(key), key, None, None) for key in found]
    fields = fields_of(narrowed or base, names)
    ahead = low[measured.frame.start : measured.subject[0]]
    if not fields and not narrowed and measured.subject[0] < measured.quantity.start:
        fields = fields_of(ahead.strip(), names) if _NARROWING.search(ahead) else []
    words = f"{base} {narrowed}".strip() if narrowed else base
    key = names.key_of(base)
    if len(fields) > 1:
        trimmed = base if narrowed else _without_list(base)
        return [Part(f"{trimmed} lĩnh vực {f}", key, f"lĩnh vực {f}", f) for f in fields]
    scope = narrowed or None
    return [Part(words, key, scope, fields[0] if fields else None)]


def fields_of(words: str, names: Names) -> list[str]:
    """Return the fields that words set side by side: "lĩnh vực đất đai, xây dựng, đầu tư"."""
    match = _FIELDS.search(words)
    if match:
        listed = _CUT.sub("", match["list"])
        known = names.fields(listed)
        pieces = [p.strip() for p in _LIST.split(listed) if p.strip()]
        if known and all(
            any(m.key in p or listed[m.start : m.end] in p for m in known) for p in pieces
        ):
            return list(dict.fromkeys(mention.key for mention in known))
        return [p for p in pieces if len(p.split()) <= 6]
    match = _OF_SERVICES.search(words)
    if match is None:
        return []
    listed = match["list"]
    known = names.fields(listed)
    left = listed
    for mention in reversed(known):
        left = left[: mention.start] + left[mention.end :]
    if known and (not left.strip(" ,") or _PLAIN.fullmatch(left)):
        return list(dict.fromkeys(mention.key for mention in known))
    return []


def _only_names(words: str, mentions: list[Mention]) -> bool:
    """Say whether words are nothing but names of indices."""
    left = words
    for mention in reversed(mentions):
        left = f"{left[: mention.start]} {left[mention.end :]}"
    left = re.sub(r"\([^)]*\)", " ", left)
    return len(re.findall(r"\w+", _FILLER.sub(" ", left))) <= 2


def _without_list(words: str) -> str:
    match = _FIELDS.search(words) or _OF_SERVICES.search(words)
    cut = words[: match.start()] if match else words
    return (
        re.sub(r"(?:\s(?:về|đối với|ở|tại|trong|riêng|,))+\s*$", "", cut.strip()).strip(" ,")
        or words
    )
