"""Personal data in what people write: found by pattern and taken out before anything is kept.

Numbers of documents and procedures, dates, years and sums of money look alike and stay.
"""

from __future__ import annotations

import re

from bot.house_numbers import without_house_numbers

MASK = "[…]"

# Not a piece of a longer number: "000.00.00.H47", "500.000.000 đồng", "01/02/2023".
_APART = r"(?<!\w)(?<!\d[.,/-])"
_ENDED = r"(?![.,/-]?\d)(?!\s*(?:đồng|đ\b|vnđ|vnd|usd|tỷ|triệu|nghìn|ngàn|%))"

_PATTERNS = (
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail
    rf"{_APART}0\d(?:[ .-]?\d){{8,9}}{_ENDED}",  # telephone
    rf"(?<!\w)\+84(?:[ .-]?\d){{8,10}}{_ENDED}",  # telephone from abroad
    rf"{_APART}\d{{3}}(?: \d{{3}}){{2,3}}{_ENDED}",  # identity card in groups of three
    rf"{_APART}\d{{4}} \d{{4}} \d{{4}}(?: \d{{4}})?{_ENDED}",  # identity or bank card in fours
    rf"(?<!\d)(?<!\d[.,/-])\d{{9,}}{_ENDED}",  # identity card, tax code, insurance, account
    rf"{_APART}[a-z]\d{{7}}{_ENDED}",  # passport
    rf"{_APART}\d{{2}}[ -]?[a-z][a-z\d]?[ .-]?\d{{3}}\.?\d{{2}}{_ENDED}",  # number plate
)
_PERSONAL = re.compile("|".join(_PATTERNS), re.IGNORECASE)
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ .-]?)+")


def without_personal_data(text: str) -> str:
    """Return `text` with addresses and numbers that name a person masked.

    These are e-mail addresses and the numbers of telephones, identity cards, passports, accounts,
    vehicles and houses.
    """
    return without_house_numbers(_PERSONAL.sub(_masked, text), MASK)


def _masked(found: re.Match[str]) -> str:
    # "2021 2022 2023" is written like a bank card.
    return found[0] if _YEARS.fullmatch(found[0]) else MASK
