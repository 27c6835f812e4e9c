"""Small letters with one style of tone marks, position by position."""

from __future__ import annotations

import re

# "hoà", "thuý" -> "hòa", "thúy": the style in which the words of this package are written.
_STYLES = {
    f"{first}{new}": f"{old}{second}"
    for first, second, olds, news in (
        ("o", "a", "òóỏõọ", "àáảãạ"),
        ("o", "e", "òóỏõọ", "èéẻẽẹ"),
        ("u", "y", "ùúủũụ", "ỳýỷỹỵ"),
    )
    for old, new in zip(olds, news, strict=True)
}
_NEW_STYLE = re.compile(rf"(?<!q)(?:{'|'.join(_STYLES)})(?![a-zà-ỹđ])")


class _Small(dict[int, str]):
    def __missing__(self, code: int) -> str:
        small = chr(code).lower()
        # A few capitals grow when lowered; keeping them whole keeps the offsets.
        self[code] = small if len(small) == 1 else chr(code)
        return self[code]


_SMALL = _Small({0x00A0: " "})


def lowered(text: str) -> str:
    """Return a text in small letters, tone marks in one style, keeping its length.

    Args:
        text: NFC text.

    Returns:
        A text of equal length, so that an offset into one is an offset into the other.
    """
    return _NEW_STYLE.sub(lambda match: _STYLES[match[0]], text.translate(_SMALL))
