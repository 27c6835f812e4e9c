"""The letters of official document numbers: kinds of documents and bodies that issue them.

Keys are folded (small, without marks), values have the official spelling.
"""

from __future__ import annotations

from typing import Final

from knowledge.folding import fold

_KIND_SPELLINGS = "NQ QĐ NĐ TT TTLT CT CTr CTrHĐ KH KL BC TB CV HD QC ĐA TTr PA VB CĐ VBHN"
_ISSUER_SPELLINGS = (
    "CP TTg UBND HĐND TU TW HU QU ThU ĐU ĐH BCĐ VPCP VPUBND VPTU UBTVQH CTN TTCP BNV BCA "
    "BQP BTP BTC BCT BYT BXD BNG BKHCN BGDĐT BTTTT BGTVT BTNMT BNNMT BNNPTNT BLĐTBXH "
    "BKHĐT BVHTTDL BDTTG UBDT NHNN TANDTC VKSNDTC KTNN BHXH SNV STP STC SXD SYT STTTT "
    "SKHCN STNMT SNNMT CCHC MTTW MTTQ TLĐ"
)

#: Kinds as they stand in numbers.
KINDS: Final = {fold(kind): kind for kind in _KIND_SPELLINGS.split()}

#: Issuing bodies as they stand in numbers.
ISSUERS: Final = {fold(issuer): issuer for issuer in _ISSUER_SPELLINGS.split()}

#: Official spelling of every part of a number that is known.
SPELLING: Final = {**ISSUERS, **KINDS}

#: Bodies of the Party write 16-NQ/TU, all others 16/NQ-CP.
PARTY_ISSUERS: Final = frozenset({"TU", "TW", "HU", "QU", "ThU", "ĐU", "ĐH", "BCĐ", "VPTU"})

#: Words and shorthands before a number, with the kind that the number then has.
KIND_WORDS: Final[dict[str, str | None]] = {
    "nghi quyet": "NQ",
    "nq": "NQ",
    "quyet dinh": "QĐ",
    "qd": "QĐ",
    "nghi dinh": "NĐ",
    "nd": "NĐ",
    "thong tu lien tich": "TTLT",
    "thong tu": "TT",
    "tt": "TT",
    "chi thi": "CT",
    "ct": "CT",
    "ke hoach": "KH",
    "kh": "KH",
    "chuong trinh hanh dong": "CTr",
    "chuong trinh": "CTr",
    "ctr": "CTr",
    "cong van": None,
    "cv": None,
    "bo chi so": None,
    "de an": None,
    "cong dien": "CĐ",
    "ket luan": "KL",
    "thong bao": "TB",
    "bao cao": "BC",
    "huong dan": "HD",
}
