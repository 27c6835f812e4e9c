"""Headings and clauses that are open at a point of a document, and what a new one closes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from knowledge.structure.markers import Marker, MarkerKind


class NodeKind(Enum):
    """Why a line holds the lines below it."""

    MARKED = auto()
    MARKUP = auto()
    CAPITALS = auto()
    INTRODUCTION = auto()


@dataclass(eq=False)
class Node:
    """An open heading or clause.

    Attributes:
        kind: why it is open.
        title: what it adds to the path; None for a clause that is content itself.
        first, last: indices of its lines.
        marker: its number or sign.
        level: level in the markup.
        introduces: whether it ends with a colon: more a clause with its items than a title.
        used: whether anything stands under it yet.
        is_content: whether its line is a piece of its own already.
    """

    kind: NodeKind
    title: str | None
    first: int
    last: int
    marker: Marker | None = None
    level: int = 0
    introduces: bool = False
    used: bool = False
    is_content: bool = False

    @property
    def named(self) -> bool:
        """Whether it is a Phần, Chương, Mục, Điều or Phụ lục."""
        return self.marker is not None and self.marker.kind.named

    @property
    def loose(self) -> bool:
        """Whether short neighbours of its kind may share a section."""
        if self.kind is not NodeKind.MARKED or self.marker is None:
            return self.kind is NodeKind.INTRODUCTION
        outer = (MarkerKind.CAPITAL, MarkerKind.ROMAN, MarkerKind.ARABIC)
        inner = self.marker.kind not in outer or self.marker.style not in ("", "1")
        return not self.named and (inner or self.introduces)

    @property
    def opens_series(self) -> bool:
        """Whether numbers may start at 1 again below it."""
        return self.named or self.kind is not NodeKind.MARKED


@dataclass(frozen=True)
class Piece:
    """A piece of content.

    Attributes:
        start, end: its span, the line of its innermost heading included if that stands above it.
        body: where the content itself begins.
        path: headings, outermost first.
        owner: the innermost heading; None at the top.
        whole: a table row, which is never cut.
        introduces: the line above a list.
    """

    start: int
    end: int
    body: int
    path: tuple[str, ...]
    owner: Node | None
    whole: bool = False
    introduces: bool = False


def first_heading(titled: Sequence[Node], at: int) -> int:
    """The line at which a section opens that has its content at a line.

    The heading right above belongs to it; above a list's introduction, the heading of that too.
    """
    first = at
    for node in reversed(titled):
        if node.is_content or node.last != first - 1:
            break
        first = node.first
        if not node.loose:
            break
    return first


def kept_above(stack: Sequence[Node], new: Node) -> int:
    """How many open nodes stay open when a heading begins.

    Args:
        stack: open nodes, outermost first.
        new: the heading; for a numbered line `kept_by_marker` has closed what it ends.

    Returns:
        The number of nodes, from the outermost, that the heading stands under.
    """
    if new.kind is NodeKind.INTRODUCTION or (new.kind is NodeKind.MARKED and not new.named):
        return len(stack)
    named_seen = False
    for at, node in enumerate(stack):
        if new.marker is not None and new.named:
            ends = _ends_for_named(node, new.marker, named_seen)
        elif new.kind is NodeKind.MARKUP and node.kind is NodeKind.MARKUP:
            ends = node.level >= new.level
        else:
            # Lists hold no headings; chapters and the markup's own headings do.
            ends = not node.named and node.kind is not NodeKind.MARKUP
        if ends:
            return at
        named_seen = named_seen or node.named
    return len(stack)


def kept_by_marker(stack: Sequence[Node], marker: Marker, ranks: Mapping[MarkerKind, int]) -> int:
    """How many open nodes stay open when a numbered or bulleted line begins.

    Args:
        stack: open nodes, outermost first.
        marker: the line's marker.
        ranks: which kind of marker stands above which in this document.

    Returns:
        The number of nodes, from the outermost, that the line stands under.
    """
    for at in range(len(stack) - 1, -1, -1):
        node = stack[at]
        if node.marker is not None and node.marker.key == marker.key:
            begins_anew = marker.order == 1 and any(n.opens_series for n in stack[at + 1 :])
            if begins_anew:
                break
            return at
    fence = 0
    for at, node in enumerate(stack):
        if node.opens_series and (node.kind is not NodeKind.INTRODUCTION or marker.order <= 1):
            fence = at + 1
    for at in range(fence, len(stack)):
        other = stack[at].marker
        if other is not None and not stands_above(other, marker, ranks):
            return at
    return len(stack)


def stands_above(outer: Marker, inner: Marker, ranks: Mapping[MarkerKind, int]) -> bool:
    """Whether lines with one marker hold lines with another; bullets nest as they come."""
    if outer.kind is MarkerKind.BULLET and inner.kind is MarkerKind.BULLET:
        return outer.style != inner.style
    return (ranks[outer.kind], outer.style) < (ranks[inner.kind], inner.style)


def _ends_for_named(node: Node, marker: Marker, named_seen: bool) -> bool:
    if node.named and node.marker is not None:
        return node.marker.kind >= marker.kind
    # A heading of the markup may hold chapters, but not one that stands inside a chapter.
    return node.kind is not NodeKind.MARKUP or named_seen
