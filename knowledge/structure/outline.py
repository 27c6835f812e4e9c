"""The headings above every piece of content, found with a stack of open headings."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.document import BlockKind
from knowledge.folding import fold
from knowledge.structure.levels import marker_ranks
from knowledge.structure.lines import ISSUED_WITH, Line
from knowledge.structure.markers import Marker, MarkerKind
from knowledge.structure.nodes import (
    Node,
    NodeKind,
    Piece,
    first_heading,
    kept_above,
    kept_by_marker,
)
from knowledge.structure.titles import (
    introduces_list,
    is_numbered_title,
    title_line,
    upcoming_marker,
)

#: Level of a heading whose markup gives none: below all that have one.
_UNKNOWN_LEVEL = 9


class Outline:
    """Walks over the lines of one document."""

    def __init__(self, lines: Sequence[Line], title: str | None) -> None:
        """Prepare the walk.

        Args:
            lines: the document's lines.
            title: its title; a line that repeats it is content, not a heading.
        """
        self._lines = lines
        self._title = fold(title).strip() if title else None
        self._title_line = title_line(lines)
        self._ranks = marker_ranks([line.marker for line in lines if line.marker])
        levels = {line.level for line in lines if line.kind is BlockKind.HEADING}
        self._flat = len(levels) <= 1
        self._stack: list[Node] = []
        self._pieces: list[Piece] = []

    def pieces(self) -> list[Piece]:
        """All content in reading order, every line either in a piece or a heading."""
        at = 0
        while at < len(self._lines):
            at = self._take(at)
        self._close(0)
        return self._pieces

    def _take(self, at: int) -> int:
        """Handle a line; returns the index of the next one."""
        line = self._lines[at]
        repeats_title = self._title and fold(line.text).strip() == self._title
        if repeats_title or at == self._title_line:
            self._emit(at)
        elif line.marker and line.marker.kind.named:
            return self._open_named(at, line.marker)
        elif line.kind is BlockKind.HEADING and not (line.marker and self._flat):
            self._open(Node(NodeKind.MARKUP, _title_of(line), at, at, level=_level(line)))
        elif line.marker:
            self._open_marked(at, line.marker)
        elif line.in_capitals or (line.names_annex and self._is_annex(at, at)):
            return self._open_capitals(at)
        elif line.introduces and line.unfinished and introduces_list(self._lines, at):
            self._leave_lists(at)
            self._open(Node(NodeKind.INTRODUCTION, _title_of(line), at, at, introduces=True))
        else:
            if line.kind is not BlockKind.ROW:
                self._leave_lists(at)
            self._emit(at)
        return at + 1

    def _open_named(self, at: int, marker: Marker) -> int:
        line, last = self._lines[at], at
        title = _title_of(line)
        following = self._lines[at + 1] if at + 1 < len(self._lines) else None
        if not line.words and following is not None and following.continues_title:
            last, title = at + 1, f"{title}. {_title_of(following)}"
        sentence = bool(line.words) and not line.unfinished
        node = Node(NodeKind.MARKED, marker.label if sentence else title, at, last, marker)
        if sentence:
            # "Điều 2. Quyết định này có hiệu lực …" is both the heading and what it says.
            node.is_content = True
            self._open(node)
            self._emit(at)
        else:
            self._open(node)
        return last + 1

    def _open_marked(self, at: int, marker: Marker) -> None:
        line = self._lines[at]
        keep = kept_by_marker(self._stack, marker, self._ranks)
        sibling = self._stack[keep] if keep < len(self._stack) else None
        self._close(keep)
        in_list = sibling is not None and sibling.marker is not None and sibling.title is None
        open_keys = {node.marker.key for node in self._stack if node.marker}
        holds = is_numbered_title(self._lines, at, self._ranks, open_keys, in_list=in_list)
        if line.kind is BlockKind.HEADING or holds:
            title, intro = _title_of(line), line.introduces
            self._open(Node(NodeKind.MARKED, title, at, at, marker, introduces=intro))
        else:
            self._emit(at)
            self._stack.append(Node(NodeKind.MARKED, None, at, at, marker, is_content=True))

    def _open_capitals(self, at: int) -> int:
        last = at
        while last + 1 < len(self._lines):
            following = self._lines[last + 1]
            if following.marker or not following.in_capitals:
                break
            last += 1
        title = " ".join(_title_of(line) for line in self._lines[at : last + 1])
        if self._is_annex(at, last):
            marker = Marker(MarkerKind.APPENDIX, "", 0, title, 0)
            self._open(Node(NodeKind.MARKED, title, at, last, marker))
        else:
            self._open(Node(NodeKind.CAPITALS, title, at, last))
        return last + 1

    def _is_annex(self, first: int, last: int) -> bool:
        """Whether lines in capitals name the plan or rules that a decision's articles issue."""
        if not any(node.named for node in self._stack):
            return False
        following = self._lines[last + 1].text if last + 1 < len(self._lines) else ""
        return self._lines[first].names_annex or bool(ISSUED_WITH.match(following))

    def _open(self, node: Node) -> None:
        self._close(kept_above(self._stack, node))
        if self._stack:
            self._stack[-1].used = True
        self._stack.append(node)

    def _leave_lists(self, at: int) -> None:
        """Close finished lists before a plain paragraph, unless the list goes on after it."""
        keep = len(self._stack)
        while keep and self._finished(self._stack[keep - 1]):
            keep -= 1
        upcoming = upcoming_marker(self._lines, at)
        for index in range(keep, len(self._stack)):
            marker = self._stack[index].marker
            if marker and upcoming and marker.key == upcoming.key:
                goes_on = upcoming.order in (0, marker.order + 1)
                keep = index + 1 if goes_on else keep
        self._close(keep)

    def _finished(self, node: Node) -> bool:
        if node.kind is NodeKind.INTRODUCTION:
            return node.used
        return node.kind is NodeKind.MARKED and node.title is None

    def _close(self, keep: int) -> None:
        """Close nodes; a heading that nothing stands under was content after all."""
        while len(self._stack) > keep:
            node = self._stack.pop()
            if not node.used and node.title is not None:
                for index in range(node.first, node.last + 1):
                    self._emit(index)

    def _emit(self, at: int) -> None:
        line = self._lines[at]
        titled = [node for node in self._stack if node.title is not None]
        owner = titled[-1] if titled else None
        start = self._lines[first_heading(titled, at)].start
        if self._stack:
            self._stack[-1].used = True
        self._pieces.append(
            Piece(
                start=start,
                end=line.end,
                body=line.start,
                path=tuple(node.title for node in titled if node.title is not None),
                owner=owner,
                whole=line.kind is BlockKind.ROW,
                introduces=line.introduces,
            )
        )


def _level(line: Line) -> int:
    return line.level or _UNKNOWN_LEVEL


def _title_of(line: Line) -> str:
    return line.text.rstrip(" :.")
