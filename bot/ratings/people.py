"""Names of people in comments, as far as they are certain: behind a form of address, in capitals.

"cán bộ Nguyễn Văn A", "chị Lan". Who writes without capitals, or names somebody without a form of
address, is not noticed; names of places have none before them and stay.
"""

from __future__ import annotations

import re

from config.rating_words import PeopleWords

_CAPITAL = "".join(filter(str.isupper, map(chr, range(0x1F00))))
_WORD = rf"[{_CAPITAL}][^\W\d_]*"
LONGEST = 5  # words of a name


class People:
    """Takes names of people out of a text.

    Args:
        words: forms of address, and words in capitals behind them that are no names.
    """

    def __init__(self, words: PeopleWords) -> None:
        titles = sorted(words.titles, key=len, reverse=True)
        # In capitals only where it has several words: "Bà Rịa", "Cô Tô" are places.
        begun = [title.capitalize() for title in titles if " " in title]
        either = "|".join(map(re.escape, [*titles, *begun]))
        others = "|".join(map(re.escape, words.not_names))
        self._pattern = re.compile(
            rf"(?<!\w)((?:{either})(?:\s+|\s*:\s*))(?!(?:{others})\b)"
            rf"{_WORD}(?:\s+{_WORD}){{0,{LONGEST - 1}}}"
        )

    def without_names(self, text: str, mask: str) -> str:
        """Return `text` with names masked.

        Args:
            text: in NFC.
            mask: what stands in place of a name.
        """
        return self._pattern.sub(lambda found: found[1] + mask, text)
