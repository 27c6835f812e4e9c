"""Who issued a document, and for which place."""

from __future__ import annotations

import re
from collections import Counter

from knowledge.folding import fold
from knowledge.metadata.state_bodies import STATE_BODIES, is_national
from knowledge.places import NATIONAL, Places

_PEOPLES_COMMITTEE = r"ubnd|uy ban nhan dan"
_COUNCIL = r"hdnd|hoi dong nhan dan"
_BODY = re.compile(
    rf"(?P<of>(?:pho )?chu tich |van phong )?\b(?P<body>{_PEOPLES_COMMITTEE}|{_COUNCIL})\s+"
    r"(?P<level>tinh|thanh pho|tp\.?|huyen|quan|thi xa|xa|phuong|dac khu)\b"
)
_STATE = {fold(name): name for name in STATE_BODIES} | {"thu tuong": "Thủ tướng Chính phủ"}
_STATE_NAME = re.compile(
    r"\b(?:"
    + "|".join(sorted((re.escape(name) for name in _STATE), key=len, reverse=True))
    + r")\b"
)
_PARTY = re.compile(r"(?:ban thuong vu )?(?P<body>tinh uy|thanh uy|huyen uy|quan uy|dang uy)\b")
_LEVELS = {
    "tinh": "tỉnh",
    "thanh pho": "thành phố",
    "tp": "thành phố",
    "huyen": "huyện",
    "quan": "quận",
    "thi xa": "thị xã",
    "xa": "xã",
    "phuong": "phường",
    "dac khu": "đặc khu",
}
_PARTY_NAMES = {
    "tinh uy": "Tỉnh ủy",
    "thanh uy": "Thành ủy",
    "huyen uy": "Huyện ủy",
    "quan uy": "Quận ủy",
    "dang uy": "Đảng ủy",
}
#: Names of districts and communes have up to this many words.
_NAME_WORDS = 3
#: Levels that ended on 1 July 2025.
_DISTRICT = re.compile(r"\b(?:huyen|quan|thi xa|huyen uy|quan uy)\b")


def find_issuer(text: str, offset: int, places: Places) -> str | None:
    """The body that a sentence says issued the document named at an offset.

    Args:
        text: the announcing sentence.
        offset: where the document's number or kind stands in it.
        places: names of places.

    Returns:
        "UBND tỉnh Quảng Nam", "Tỉnh ủy Vĩnh Long", "UBND tỉnh" where the place is not said there.
        The body before the number wins over the ones after it.
    """
    folded = fold(text)
    before = list(_bodies(text, folded, 0, offset, places))
    after = list(_bodies(text, folded, offset, len(text), places))
    return before[0] if before else (after[0] if after else None)


def is_district_body(issuer: str | None) -> bool:
    """Whether an issuer belongs to the district level."""
    return issuer is not None and bool(_DISTRICT.search(fold(issuer)))


def with_place(issuer: str | None, place: str | None) -> str | None:
    """ "UBND tỉnh" of a known province -> "UBND tỉnh Đắk Lắk"."""
    if issuer and place and place != NATIONAL and re.search(r"(?:tỉnh|thành phố|ủy)$", issuer):
        return f"{issuer} {place.removeprefix('TP. ')}"
    return issuer


def find_place(title: str, text: str, issuer: str | None, places: Places) -> str | None:
    """The province a document is for, as its time called it.

    Args:
        title: the document's title.
        text: canonical text.
        issuer: who issued it.
        places: names of places.

    Returns:
        The issuer's province; else the one of the title; else the only or far most frequent one of
        the text. None where several are about equally likely.
    """
    if issuer:
        if is_national(issuer):
            return NATIONAL
        named = [m.name for m in places.find(issuer)]
        if named:
            return named[0]
    for part in (title, text[:600], text):
        votes = Counter(m.name for m in places.find(part) if m.certain)
        ranked = votes.most_common(2)
        # One mention in passing makes no place of an article that no body issued.
        if ranked and issuer is None and part is not title and ranked[0][1] < 2:
            continue
        if len(ranked) == 1:
            return ranked[0][0]
        if ranked and part is not title and ranked[0][1] >= 3 * ranked[1][1]:
            return ranked[0][0]
        if ranked and part is title:
            return None
    return None


def _bodies(text: str, folded: str, start: int, end: int, places: Places) -> list[str]:
    """Names of the bodies in a part of a sentence, in reading order."""
    found = [
        (match.start(), _STATE[match.group()]) for match in _STATE_NAME.finditer(folded, start, end)
    ]
    for match in _BODY.finditer(folded, start, end):
        body = "UBND" if re.fullmatch(_PEOPLES_COMMITTEE, match["body"]) else "HĐND"
        # A signature is its chairman's, the decision the committee's.
        signed = re.search(r"\bky\b", folded[match.end() : end])
        of = {"van phong ": "Văn phòng ", "chu tich ": "" if signed else "Chủ tịch "}
        level = _LEVELS[match["level"].rstrip(".")]
        name = _name_at(text, match.start("level"), match.end(), places)
        found.append(
            (
                match.start(),
                " ".join(filter(None, (f"{of.get(match['of'] or '', '')}{body} {level}", name))),
            )
        )
    for match in _PARTY.finditer(folded, start, end):
        name = _name_at(text, match.end(), match.end(), places)
        found.append((match.start(), " ".join(filter(None, (_PARTY_NAMES[match["body"]], name)))))
    return [name for _, name in sorted(found)]


def _name_at(text: str, level: int, offset: int, places: Places) -> str | None:
    """The name after "UBND tỉnh": of a known place, else the words with capitals."""
    for mention in places.find(text[level : offset + 30]):
        if level + mention.start <= offset + 2:
            written = mention.locality or mention.name
            return written.removeprefix("TP. ")
    words: list[str] = []
    for word in text[offset:].split()[:_NAME_WORDS]:
        if not (word[0].isupper() or (words and word.strip(".,;:").isdecimal())):
            break
        words.append(word.strip(".,;:()"))
        if word[-1] in ".,;:)":
            break
    if all(word.isupper() for word in words):
        words = [word.capitalize() for word in words]
    return " ".join(words) or None
