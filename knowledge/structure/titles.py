"""Which lines are titles of what follows, judged by the lines around them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from knowledge.document import BlockKind
from knowledge.structure.lines import Line
from knowledge.structure.markers import Marker, MarkerKind
from knowledge.structure.nodes import stands_above

#: A numbered line that is longer is a clause, not a title.
_LONGEST_TITLE = 150
#: A line that ends with a full stop is a title only if it is shorter than this.
_LONGEST_STOPPED_TITLE = 80
#: How far ahead a list may go on after a plain paragraph.
_LOOK_AHEAD = 4
#: The document's own title stands within the first lines.
_TOP = 3


def title_line(lines: Sequence[Line]) -> int | None:
    """The index of the line that the markup sets as the title of the whole document.

    Args:
        lines: all lines.

    Returns:
        The first heading if it stands at the top and no other has its level; else None.
    """
    headings = [at for at, line in enumerate(lines) if line.kind is BlockKind.HEADING]
    if not headings or headings[0] >= _TOP or lines[headings[0]].marker:
        return None
    levels = [lines[at].level for at in headings]
    alone = levels.count(levels[0]) == 1 and all(level >= levels[0] for level in levels)
    return headings[0] if alone and len(levels) > 1 else None


def is_numbered_title(
    lines: Sequence[Line],
    at: int,
    ranks: Mapping[MarkerKind, int],
    open_keys: Collection[tuple[MarkerKind, str]],
    *,
    in_list: bool,
) -> bool:
    """Whether a numbered line is a heading of what follows, not a clause.

    Args:
        lines: all lines.
        at: the numbered line.
        ranks: which kind of marker stands above which in this document.
        open_keys: series that are open above the line.
        in_list: whether the line before it in its series is a clause.
    """
    line = lines[at]
    following = lines[at + 1] if at + 1 < len(lines) else None
    marker = line.marker
    if marker is None or following is None or following.kind is BlockKind.HEADING:
        return False
    beneath = following.marker
    if beneath is not None:
        if beneath.kind.named or beneath.key == marker.key or beneath.key in open_keys:
            return False
        if not stands_above(marker, beneath, ranks) or beneath.order > 1:
            return False
        if marker.kind is MarkerKind.BULLET:
            return line.introduces and line.unfinished
        stopped = marker.kind < MarkerKind.PAREN_NUMBER and line.text.endswith(".")
        return line.unfinished or (stopped and len(line.text) <= _LONGEST_STOPPED_TITLE)
    if following.in_capitals and not line.in_capitals:
        return False
    if line.introduces:
        return line.unfinished
    short = line.unfinished and len(line.text) <= _LONGEST_TITLE
    return short and marker.kind is not MarkerKind.BULLET and not in_list


def introduces_list(lines: Sequence[Line], at: int) -> bool:
    """Whether a line stands right above items or table rows."""
    if at + 1 >= len(lines):
        return False
    below = lines[at + 1]
    if below.kind in (BlockKind.ITEM, BlockKind.ROW):
        return True
    return below.marker is not None and not below.marker.kind.named


def upcoming_marker(lines: Sequence[Line], at: int) -> Marker | None:
    """The marker with which a list may go on after the paragraph at an index."""
    for line in lines[at + 1 : at + 1 + _LOOK_AHEAD]:
        if line.marker or line.kind is BlockKind.HEADING or line.in_capitals or line.introduces:
            return line.marker
    return None
