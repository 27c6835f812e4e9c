"""Old font encodings: is this text TCVN3 or VNI, and what does it say in Unicode?

Correct text must never be touched, so converting asks for strong evidence: words that no
Unicode text contains (a sign or a capital in the middle of a word, a vowel followed by a stray
accented letter) and that become well-spelt Vietnamese under one table. A line that holds a real
Vietnamese letter is left alone whatever the rest of the text is.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from knowledge.readers import errors
from knowledge.readers.errors import ReadError
from knowledge.readers.legacy_tables import TCVN3, VNI
from knowledge.readers.syllable import is_syllable

_WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_HIGH = re.compile("[\u00a1-\u00ff]")
# Letters that Unicode Vietnamese has and that neither old encoding's text can contain.
_VIETNAMESE = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")
_TCVN3_SIGN = re.compile(
    "[A-Za-z][¡-¯±-¹»-¾×÷]|[¡-¯µ-¹»-¾×÷][A-Za-z]|[a-z][À-Ý]|[a-z\u00a1-\u00ff][ÞßÐþ]|[®§][a-z\u00a8-\u00ff]"
)
_VNI_PAIR = re.compile("(?:[aA][øùûõïâàáåãäêèéúüë]|[eEoO][øùûõïâàáåãä]|[uyôöUYÔÖ][øùûõï])", re.I)
_VNI_KEY = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
# UTF-8 read as a Western encoding, and the signs left by lost or private characters.
_GARBLED = re.compile(
    "Ã[\u0080-\u00bf\u0192\u201a-\u2022]|áº|á»|Æ°|Ä[\u0090\u0091\u2018]|[\ufffd\ue000-\uf8ff]"
)

_ENOUGH = 3
_SHARE = 0.12
_WELL_SPELT = 0.8
_GARBLED_SHARE, _ODD_SHARE = 0.1, 0.3


def looks_like_tcvn3(text: str) -> bool:
    """Tell whether a text is surely Vietnamese in the TCVN3 (ABC) encoding."""
    return _convinces(text, _TCVN3_SIGN, _from_tcvn3)


def looks_like_vni(text: str) -> bool:
    """Tell whether a text is surely Vietnamese in the VNI-Windows encoding."""
    return _convinces(text, _VNI_PAIR, _from_vni)


def to_unicode(text: str) -> str:
    """Return a text in NFC, its old-encoded lines converted where the encoding is sure.

    Args:
        text: the text of a whole document, or enough of it to judge.

    Returns:
        The converted text, or the same text in NFC.

    Raises:
        ReadError: much of the text is garbled and no table explains it.
    """
    return "\n".join(lines_to_unicode(text.split("\n")))


def lines_to_unicode(lines: list[str]) -> list[str]:
    """Do as `to_unicode` for the lines of a document; as many lines come back.

    Raises:
        ReadError: much of the text is garbled and no table explains it.
    """
    lines = [unicodedata.normalize("NFC", line) for line in lines]
    suspect = [line for line in lines if not _VIETNAMESE.search(line)]
    text = "\n".join(suspect)
    # TCVN3 first: its signs are the rarer ones, VNI's pairs occur by chance among its words.
    for convinced, convert in ((looks_like_tcvn3, _from_tcvn3), (looks_like_vni, _from_vni)):
        if convinced(text):
            return [line if _VIETNAMESE.search(line) else convert(line) for line in lines]
    if _is_garbled("\n".join(lines)):
        raise ReadError(errors.LEGACY_FONT)
    return lines


def spelling_score(text: str) -> float:
    """Return the share of a text's words with accents that are Vietnamese syllables, 0 to 1."""
    marked = [word for word in _LETTERS.findall(text) if not word.isascii()]
    return sum(map(is_syllable, marked)) / len(marked) if marked else 0.0


def from_bytes(data: bytes) -> str | None:
    """Decode bytes of one of the old encodings, or return None where none is convincing."""
    text = data.decode("cp1252", errors="ignore")
    if looks_like_tcvn3(text):
        return _from_tcvn3(text)
    return _from_vni(text) if looks_like_vni(text) else None


def _convinces(text: str, sign: re.Pattern[str], convert: Callable[[str], str]) -> bool:
    words = _WORD.findall(text)
    marked = [word for word in words if _HIGH.search(word)]
    if len(marked) < _SHARE * len(words):
        return False
    as_read = sum(map(is_syllable, marked))
    converted = sum(is_syllable(convert(word)) for word in marked)
    telling = {
        word
        for word in marked
        if sign.search(word) and not is_syllable(word) and is_syllable(convert(word))
    }
    return len(telling) >= _ENOUGH and as_read < converted >= _WELL_SPELT * len(marked)


def _from_tcvn3(text: str) -> str:
    return text.translate({ord(old): new for old, new in TCVN3.items()})


def _from_vni(text: str) -> str:
    return _VNI_KEY.sub(lambda match: VNI[match[0]], text)


def _is_garbled(text: str) -> bool:
    words = text.split()
    garbled = [word for word in words if _GARBLED.search(word)]
    odd = [word for word in words if _TCVN3_SIGN.search(word) and not is_syllable(word)]
    return any(
        len(set(found)) >= _ENOUGH and len(found) > share * len(words)
        for found, share in ((garbled, _GARBLED_SHARE), (odd, _ODD_SHARE))
    )
