"""Numbers of official documents and of procedures, however people write them.

61/2018/NĐ-CP   61-2018-nd-cp   NĐ 61/2018   nghị định 61        one decree
3478/QĐ-UBND    3478/QD-UBND    QĐ 3478 UBND                     one decision
16-NQ/TU        16/nq-tu        NQ 16                            one party resolution
1.013833.H14    1.013833                                         one procedure
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.codes.patterns import ALL, ISSUER_FIRST, OFFICE, PARTIAL, SHORT
from knowledge.codes.words import ISSUERS, KIND_WORDS, KINDS, PARTY_ISSUERS, SPELLING
from knowledge.folding import fold


@dataclass(frozen=True)
class Code:
    """An official number, whole or as much of it as was written.

    Attributes:
        number: "3532", "30c", "1.004222"; leading zeros as printed.
        year: "2018" of 61/2018/NĐ-CP.
        suffix: "NĐ-CP", "QĐ-UBND", "NQ-TU", "QH15"; only the kind ("NQ") of a partial code;
            the province's sign ("H14") of a procedure.
    """

    number: str
    year: str | None = None
    suffix: str | None = None

    @property
    def is_procedure(self) -> bool:
        """Whether this is a code of the national procedure portal."""
        return "." in self.number

    @property
    def complete(self) -> bool:
        """Whether the code names its document without further help."""
        return self.is_procedure or (self.suffix is not None and self.suffix not in KINDS.values())

    def matches(self, other: Code) -> bool:
        """Whether both may name the same document: nothing that both state differs."""
        if self.number.lstrip("0").lower() != other.number.lstrip("0").lower():
            return False
        if self.year and other.year and self.year != other.year:
            return False
        if self.suffix is None or other.suffix is None:
            return True
        mine, its = _parts(self.suffix), _parts(other.suffix)
        shared = min(len(mine), len(its))
        return mine[:shared] == its[:shared]

    def __str__(self) -> str:
        """The official form: "61/2018/NĐ-CP", "16-NQ/TU", "1.013833.H14"."""
        if self.is_procedure:
            return f"{self.number}.{self.suffix}" if self.suffix else self.number
        head = f"{self.number}/{self.year}" if self.year else self.number
        if self.suffix is None:
            return head
        kind, _, issuer = self.suffix.partition("-")
        if issuer in PARTY_ISSUERS:
            return f"{head}-{kind}/{issuer}"
        return f"{head}/{self.suffix}"


@dataclass(frozen=True)
class CodeMention:
    """A code and where it stands: `text[start:end]` is what was written."""

    code: Code
    start: int
    end: int


def code_mentions(text: str) -> list[CodeMention]:
    """Find every code in a text, whole and partial ones, in reading order without overlaps.

    Args:
        text: NFC text, with or without diacritics.

    Returns:
        The mentions; `mention.code.complete` tells the whole ones.
    """
    folded = fold(text)
    found: list[CodeMention] = []
    for pattern in ALL:
        for match in pattern.finditer(folded):
            start, end = match.start("number"), match.end()
            if pattern in (SHORT, ISSUER_FIRST, PARTIAL):
                start = match.start("kind")
            if any(start < other.end and other.start < end for other in found):
                continue
            code = _code_of(match, pattern, text)
            if code is not None:
                found.append(CodeMention(code, start, end))
    return sorted(found, key=lambda mention: mention.start)


def find_codes(text: str) -> list[str]:
    """The whole codes of a text in their official form, each once, in reading order."""
    return list(dict.fromkeys(str(m.code) for m in code_mentions(text) if m.code.complete))


def parse_code(text: str) -> Code | None:
    """The first code in a short text such as a question's word or a front-matter value."""
    mentions = code_mentions(text)
    return mentions[0].code if mentions else None


def _code_of(match: re.Match[str], pattern: re.Pattern[str], text: str) -> Code | None:
    groups = match.groupdict()
    number = text[match.start("number") : match.end("number")].lower()
    year = groups.get("year")
    if pattern in (SHORT, ISSUER_FIRST):
        kind = KIND_WORDS.get(groups["kind"], KINDS.get(groups["kind"]))
        issuer = ISSUERS[groups["issuer"]]
        return Code(number, year, f"{kind}-{issuer}" if kind else issuer)
    if pattern is PARTIAL:
        if not groups["so"] and _reads_as_count(number, year, groups["kind"]):
            return None
        return Code(number, year, KIND_WORDS[groups["kind"]])
    if groups["suffix"] is None:
        return Code(number, year, None)
    written = text[match.start("suffix") : match.end("suffix")]
    if pattern is OFFICE and written != written.upper() and not _known(groups["suffix"]):
        return None
    return Code(number, year, "-".join(_spelled(part) for part in re.split(r"[-/\s]+", written)))


def _reads_as_count(number: str, year: str | None, kind: str) -> bool:
    """Whether a number after a kind's name and without "số" is more likely a year or a count."""
    if year:
        return False
    looks_like_year = len(number) == 4 and number[:2] in ("19", "20")
    return looks_like_year or (len(number) == 1 and len(kind) > 3) or kind in ("chuong trinh", "tt")


def _known(folded_suffix: str) -> bool:
    return any(part in ISSUERS for part in folded_suffix.split("-"))


def _spelled(part: str) -> str:
    """The official spelling of one part of a suffix."""
    return SPELLING.get(fold(part)) or part.upper()


def _parts(suffix: str) -> list[str]:
    return [fold(part) for part in suffix.split("-")]
