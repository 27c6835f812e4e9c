"""Which marker stands above which in one document.

Chapters and articles have fixed levels. Roman numbers, Arabic numbers and letters usually nest in
this order; where a document nests them the other way round, its own series show it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

from knowledge.structure.markers import Marker, MarkerKind

_SWAPPABLE = (MarkerKind.CAPITAL, MarkerKind.ROMAN, MarkerKind.ARABIC, MarkerKind.LETTER)


def marker_ranks(markers: Sequence[Marker]) -> dict[MarkerKind, int]:
    """Rank the kinds of markers of a document, outermost lowest.

    Args:
        markers: all markers in reading order.

    Returns:
        A rank for every kind.
    """
    ranks = {kind: int(kind) for kind in MarkerKind}
    for upper, lower in combinations(_SWAPPABLE, 2):
        if _holds(markers, lower, upper) > _holds(markers, upper, lower):
            ranks[upper], ranks[lower] = ranks[lower], ranks[upper]
    return ranks


def _holds(markers: Sequence[Marker], outer: MarkerKind, inner: MarkerKind) -> int:
    """How often a series of `inner` begins between two neighbours of a series of `outer`."""
    places = [at for at, m in enumerate(markers) if m.kind is outer and m.style in ("", "1")]
    count = 0
    for before, after in pairwise(places):
        if markers[after].order == markers[before].order + 1:
            between = markers[before + 1 : after]
            count += any(m.kind is inner and m.order == 1 for m in between)
    return count
