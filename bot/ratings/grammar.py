"""The grammar of praise and blame: which level a row of kinds of words comes to.

It is small and closed: a row for which there is no rule has no level.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby, pairwise

from config.survey import LEVELS

NUMBER = "number"  # kind of a word for a number, with the number behind it
NOT = "not"
CONTRADICTION = 0
_LEVELS: Mapping[tuple[str, ...], int] = {
    ("best",): 5,
    ("strong", "best"): 5,
    ("best", "strong"): 5,
    ("worst",): 1,
    ("middle",): 3,
    ("good",): 4,
    ("strong", "good"): 5,
    ("good", "strong"): 5,
    ("fairly", "good"): 4,
    ("bad",): 2,
    ("fairly", "bad"): 2,
    ("strong", "bad"): 1,
    ("bad", "strong"): 1,
    ("not", "good"): 2,
    ("strong", "not", "good"): 1,
}


def verdict(kinds: tuple[str, ...]) -> int | None:
    """Return the level that words come to, None for none, CONTRADICTION where they disagree.

    Args:
        kinds: of the words in order, as in `config.rating_words`; numbers as NUMBER and digits.
    """
    bare = tuple(kind for kind in kinds if kind != "filler")
    bare = tuple(kind for at, kind in enumerate(bare) if not _gives(bare, at))
    found = list(_statements(bare))
    agreed = {levels[0] for levels in found if len(set(levels)) == 1}
    if len(agreed) == 1:
        return agreed.pop()
    return CONTRADICTION if found and not agreed else None


def _statements(kinds: tuple[str, ...]) -> Iterator[tuple[int, ...]]:
    """Yield the levels of the statements that the words can be cut into, at least one each."""
    for length in range(1, len(kinds) + 1):
        level = _of_statement(kinds[:length])
        if level is None:
            continue
        if length == len(kinds):
            yield (level,)
        for rest in _statements(kinds[length:]):
            yield (level, *rest)


def _of_statement(kinds: tuple[str, ...]) -> int | None:
    if kinds[0].startswith(NUMBER):
        level = int(kinds[0].removeprefix(NUMBER))
        return level if kinds[1:] in ((), ("units",)) and 1 <= level <= LEVELS else None
    # "rất rất tốt"; but "không không tốt" may be praise.
    if any(pair == (NOT, NOT) for pair in pairwise(kinds)):
        return None
    return _LEVELS.get(tuple(kind for kind, _ in groupby(kinds)))


def _gives(kinds: tuple[str, ...], at: int) -> bool:
    """Say whether a word stands before a number that it gives: "cho 5", not "cho tốt"."""
    return kinds[at] == "give" and kinds[at + 1 : at + 2] != () and kinds[at + 1][:6] == NUMBER
