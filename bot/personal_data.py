"""Personal data in what people write: found by pattern and taken out before anything is kept."""

from __future__ import annotations

import re

MASK = "[…]"

_PATTERNS = (
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",  # e-mail
    r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9,10}(?!\d)",  # telephone
    r"(?<!\d)\d(?:[ .-]?\d){8}(?:(?:[ .-]?\d){3})?(?!\d)",  # identity card: 9 or 12 digits
    r"(?<![\w.])\d{2}[A-Z]\d?[- ]?\d{3}[.]?\d{2}(?!\d)",  # number plate
    r"(?<!\d)\d{13,19}(?!\d)",  # bank account or card
)
_PERSONAL = re.compile("|".join(_PATTERNS))


def without_personal_data(text: str) -> str:
    """Return `text` with e-mail addresses and telephone, identity, plate and account numbers masked."""
    return _PERSONAL.sub(MASK, text)
