"""Vietnamese text as it is compared: one Unicode form, one tone-mark style, syllables, terms.

Questions come with and without diacritics, so the lexical index compares folded syllables; what
folding loses ("so do" is "sổ đỏ" and "sơ đồ") the adjacent pairs win back. Terms are 32-bit
hashes: no vocabulary has to be kept, loaded or migrated.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Terms = NDArray[np.uint32]

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SYLLABLE = re.compile(r"[^\W_]+")
# Where the tone mark stands in oa, oe, uy: "hoà" (new style) is stored as "hòa", which is how
# official documents print it.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NEW_STYLE = re.compile(rf"(?<![q])(o|u)(a|e|y)([{_TONES}])(?![a-zA-Z\u0302\u0306\u031b])", re.I)


def clean(text: str) -> str:
    """Return `text` in NFC without invisible and control characters; line breaks stay."""
    # What cannot be seen goes first: it may part a letter from its mark.
    visible = _INVISIBLE.sub("", text.replace("\u00a0", " "))
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", visible))


def normalise(text: str) -> str:
    """Return `text` cleaned, lower-cased and with tone marks in one style ("hoà" → "hòa")."""
    decomposed = unicodedata.normalize("NFD", clean(text).lower())
    return unicodedata.normalize("NFC", _NEW_STYLE.sub(r"\1\3\2", decomposed))


@lru_cache(maxsize=65536)
def fold_syllable(syllable: str) -> str:
    """Return one lower-case syllable without any diacritics ("đường" → "duong")."""
    decomposed = unicodedata.normalize("NFD", syllable)
    stripped = "".join(c for c in decomposed if not unicodedata.combining(c))
    return stripped.replace("đ", "d")


def fold(text: str) -> str:
    """Return `text` cleaned, lower-cased, without diacritics; other characters stay in place."""
    folded = unicodedata.normalize("NFC", text).lower().translate(_FOLDED)
    # What has no precomposed form is taken apart, at more cost.
    return _fold_slowly(text) if _COMBINING.search(folded) else folded


def _fold_slowly(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", clean(text).lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).replace("đ", "d")


def _folding_table() -> dict[int, str | None]:
    """Code point → what it folds to: base letters, nothing for what cannot be seen."""
    table: dict[int, str | None] = {0x0111: "d", 0x00A0: " "}
    every = "".join(
        map(chr, (*range(0x20), *range(0x7F, 0xA0), 0xAD, *range(0x300, 0x10000), *_TAGS))
    )
    table |= {ord(control): " " for control in _CONTROL.findall(every)}
    table |= dict.fromkeys(map(ord, _INVISIBLE.findall(every)))
    for code in (*range(0x00C0, 0x0250), *range(0x1E00, 0x1F00)):
        base = unicodedata.normalize("NFD", chr(code))[0].lower()
        if base.isascii():
            table[code] = base
    return table


_TAGS = range(0xE0000, 0xE1000)
_COMBINING = re.compile("[\u0300-\u036f]")
_FOLDED = _folding_table()
# What reaches beyond one syllable: it parts, joins or marks those beside it.
_ODD = re.compile(rf"{_INVISIBLE.pattern}|{_COMBINING.pattern}")


def syllables(text: str) -> list[str]:
    """Return the lower-case syllables and numbers of `text`, in order, with their diacritics."""
    plain = unicodedata.normalize("NFC", text).lower()
    if _ODD.search(plain):
        return _SYLLABLE.findall(normalise(text))
    return [*map(normalise_syllable, _SYLLABLE.findall(plain))]


def folded_syllables(text: str) -> list[str]:
    """Return the syllables and numbers of `text` without diacritics."""
    plain = unicodedata.normalize("NFC", text).lower()
    if _ODD.search(plain):
        return _SYLLABLE.findall(fold(text))
    return [*map(_folded, _SYLLABLE.findall(plain))]


def folded_syllables_of_each(texts: Sequence[str]) -> list[list[str]]:
    """Return the folded syllables of several lines, at less cost than one by one."""
    plain = unicodedata.normalize("NFC", "\n".join(texts)).lower()
    lines = plain.split("\n")
    if len(lines) != len(texts) or _ODD.search(plain):
        return [folded_syllables(text) for text in texts]
    return [[*map(_folded, _SYLLABLE.findall(line))] for line in lines]


@lru_cache(maxsize=262144)
def normalise_syllable(syllable: str) -> str:
    """Return one syllable as `normalise` does; the same ones come again and again."""
    return normalise(syllable)


@lru_cache(maxsize=262144)
def _folded(syllable: str) -> str:
    return syllable.translate(_FOLDED)


@lru_cache(maxsize=262144)
def _hash(syllable: str) -> int:
    return zlib.crc32(syllable.encode())


def syllable_terms(folded: list[str]) -> Terms:
    """Return one term for each folded syllable, in order. Shape: (n,)."""
    return np.fromiter(map(_hash, folded), dtype=np.uint32, count=len(folded))


def pair_terms(syllables: Terms) -> Terms:
    """Return one term for each pair of adjacent syllables, given as their own terms.

    Shape: (n - 1,) or (0,).
    """
    if len(syllables) < 2:
        return np.zeros(0, dtype=np.uint32)
    singles = syllables.astype(np.uint64)
    # A multiplicative mix keeps (a, b) and (b, a) apart.
    mixed = singles[:-1] * np.uint64(2654435761) + singles[1:] * np.uint64(40503)
    return np.asarray(mixed ^ (mixed >> np.uint64(29)), dtype=np.uint32)
