"""Legal documents run together ("Luật Hộ tịch60/2014/QH13Nghị định …") cut after each number."""

from __future__ import annotations

import re

from knowledge.readers.syllable import is_syllable

_NUMBER = re.compile(r"\d[\d.]*/(?:\d{4}/)?([A-ZĐ]+\d*(?:-(?:TTg|[A-ZĐ]+\d*))*)")
_AGENCIES = re.compile(
    "BLĐTBXH|BNNPTNT|BVHTTDL|VKSNDTC|TANDTC|BNNMT|BGTVT|BKHĐT|BKHCN|BTNMT|BTTTT|BGDĐT|BHXH|NHNN|"
    "UBND|VPCP|TTCP|BTC|BCA|BTP|BXD|BQP|BYT|BNV|BCT|BNG|TTg|CP"
)
_LETTERS = re.compile(r"[^\W\d_]*$")
_SMALL_LETTERS = re.compile(r"[^\W\d_A-ZĐ]*")
# How a name in capitals goes on behind the letters that look like the number's: "LUẬT HẢI QUAN".
_CAPITALS = re.compile(r"[ ,]+[A-ZĐÀ-Ỹ]{2}|[^\W\d_A-ZĐa-z]")


def split_acts(text: str) -> list[str]:
    """Cut the portal's list of legal documents behind each number that a name follows.

    A number inside a name is followed by a space or a mark; one that ends a row is followed at
    once by the next name, whose first letter has to be told from the number's last one.
    """
    rows, start = [], 0
    for match in _NUMBER.finditer(text):
        end = _end_of_number(match[1], match.end(), text)
        if end is not None:
            rows.append(text[start:end])
            start = end
    return [*rows, text[start:]]


def _end_of_number(tail: str, end: int, text: str) -> int | None:
    """Return where the number ends if the next row begins there, else None."""
    rest = text[end:]
    found = _LETTERS.search(tail)
    letters = found[0] if found else ""
    agency = _AGENCIES.match(letters)
    known = agency[0] if agency else ""
    if letters and not rest[:1].islower() and _CAPITALS.match(rest):
        # The next name is all in capitals: only a known agency tells where it begins.
        begins = known and (letters != known or rest[0].isalpha())
        return end - len(letters) + len(known) if begins else None
    if not rest[:1].isalpha():
        return None
    if not letters or letters == known:
        return end
    small = _SMALL_LETTERS.match(rest)
    word = letters[-1] + (small[0] if small else "")
    return end - 1 if letters[:-1] == known or is_syllable(word) else end
