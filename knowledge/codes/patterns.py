"""How document numbers are written, as patterns over folded text.

Groups: number, year, suffix; kind and issuer where those stand apart.
"""

from __future__ import annotations

import re

from knowledge.codes.words import ISSUERS, KIND_WORDS, KINDS

_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
_ISSUER = "|".join(sorted(ISSUERS, key=len, reverse=True))
_WORD = "|".join(sorted((re.escape(w) for w in KIND_WORDS), key=len, reverse=True))
_NUMBER = r"(?P<number>\d{1,5}[a-d]?)"
_YEAR = r"(?:(?:\s*[/-]\s*|\s+nam\s+)(?P<year>(?:19|20)\d\d))"
_START = r"(?<![\w/.,-])"
_END = r"(?![\w])"

PROCEDURE = re.compile(
    r"(?<![\w.])(?P<number>\d\.\d{6})(?:\.\d{3}\.\d\d\.\d\d)?(?:\.(?P<suffix>[a-z]\d{2,3}))?(?![\w])"
)
LAW = re.compile(_START + _NUMBER + _YEAR + r"\s*[/-]\s*(?P<suffix>(?:ubtv)?qh\d{1,2})" + _END)
FULL = re.compile(
    _START + _NUMBER + _YEAR + rf"?\s*[/-]\s*(?P<suffix>(?:{_KIND})\s*[-/]\s*[a-z]+\d{{0,2}}"
    r"(?:-[a-z]+)*)" + _END
)
SPACED = re.compile(
    _START + _NUMBER + _YEAR + rf"?\s*[/\s-]\s*(?P<suffix>(?:{_KIND})\s+(?:{_ISSUER}))" + _END
)
OFFICE = re.compile(
    _START + _NUMBER + _YEAR + r"?/(?P<suffix>[a-z]{2,9}(?:-[a-z]{2,9}){1,2})" + _END
)
SHORT = re.compile(
    rf"(?<![\w])(?P<kind>{_WORD})\s*(?:so\s*:?\s*)?{_NUMBER}{_YEAR}?\s*[/\s-]\s*"
    rf"(?:(?:{_KIND})\s*-\s*)?(?P<issuer>{_ISSUER}){_END}"
)
ISSUER_FIRST = re.compile(
    rf"(?<![\w])(?P<kind>{_KIND})\s*[-/\s]\s*(?P<issuer>{_ISSUER})\s*(?:so\s*:?\s*)?{_NUMBER}{_YEAR}?"
    r"(?![\w]|[/.,-]\d)"
)
# "kế hoạch 5 năm", "quyết định 28/7", "kế hoạch 2023" are no document numbers.
PARTIAL = re.compile(
    rf"(?<![\w])(?P<kind>{_WORD})(?:-|\s*)(?P<so>so\s*:?\s*)?{_NUMBER}{_YEAR}?(?![\w%]|[/.,-]\d|\s*%)"
    r"(?!\s+(?:nam|thang|ngay|viec|noi dung|muc|dong|trieu|ty|nguoi|ho so|buoc|nhom|nhiem vu)\b)"
)

#: In the order in which they claim their piece of a text.
ALL = (PROCEDURE, LAW, FULL, SPACED, OFFICE, SHORT, ISSUER_FIRST, PARTIAL)
