"""Pieces of content put together, or cut, to sections of a useful size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from knowledge.document import Section
from knowledge.sentences import sentence_spans
from knowledge.structure.nodes import Piece

#: A section that is shorter takes in its neighbour.
_SMALL = 200
#: Neighbours under one heading are put together up to this length.
_TOGETHER = 700
#: No more is added to a section beyond this length.
_LARGE = 900
#: A longer clause is cut.
_LONGEST = 1200


@dataclass
class _Group:
    """Pieces that become one section."""

    pieces: list[Piece]

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def length(self) -> int:
        return self.pieces[-1].end - self.start

    def section(self) -> Section:
        path = self.pieces[0].path
        for piece in self.pieces[1:]:
            path = _shared(path, piece.path)
        return Section(path, self.start, self.pieces[-1].end)


def sections_of(text: str, pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """Make sections of a document's pieces.

    Args:
        text: the canonical text.
        pieces: its content in reading order.

    Returns:
        Sections in reading order, which hold every piece and do not overlap.
    """
    groups: list[_Group] = []
    for piece in _cut_all(text, pieces):
        if groups and _belongs(groups[-1], piece):
            groups[-1].pieces.append(piece)
        else:
            groups.append(_Group([piece]))
    return tuple(group.section() for group in _merged(groups))


def _belongs(group: _Group, piece: Piece) -> bool:
    """Whether a piece goes on the section before it."""
    last = group.pieces[-1]
    total = piece.end - group.start
    if last.introduces and not last.whole:
        inside = piece.owner is last.owner or (piece.owner is not None and piece.owner.loose)
        return total <= _LONGEST and inside and piece.path[: len(last.path)] == last.path
    if last.owner is not piece.owner:
        return False
    if piece.introduces and total > _LARGE - _SMALL * 2:
        return False
    if total <= _TOGETHER or (group.length < _SMALL and total <= _LONGEST):
        return True
    return piece.end - piece.start < _SMALL / 2 and total <= _LARGE


def _merged(groups: Iterable[_Group]) -> Iterator[_Group]:
    """Put short clauses together that stand under headings of one list."""
    open_group: _Group | None = None
    for group in groups:
        if open_group is not None and _are_siblings(open_group, group):
            open_group = _Group(open_group.pieces + group.pieces)
            continue
        if open_group is not None:
            yield open_group
        open_group = group
    if open_group is not None:
        yield open_group


def _are_siblings(first: _Group, second: _Group) -> bool:
    if second.pieces[-1].end - first.start > _TOGETHER:
        return False
    if first.length >= _SMALL and second.length >= _SMALL:
        return False
    one, other = first.section().heading, second.section().heading
    shared = _shared(one, other)
    for group, path in ((first, one), (second, other)):
        owner = group.pieces[-1].owner
        if path != shared and (owner is None or not owner.loose or len(path) > len(shared) + 1):
            return False
    return bool(shared)


def _cut_all(text: str, pieces: Iterable[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        if piece.whole or piece.end - piece.body <= _LONGEST:
            yield piece
        else:
            yield from _cut(text, piece)


def _cut(text: str, piece: Piece) -> Iterator[Piece]:
    """Cut a long piece at sentence ends into parts of about equal length."""
    length = piece.end - piece.body
    target = length / ceil(length / _LARGE)
    start, last = piece.start, piece.body
    for begin, end in _short_spans(text, piece.body, piece.end):
        too_long = end - start > target + _SMALL / 2 and last > start
        if last > piece.body and too_long:
            yield replace(piece, start=start, end=last, introduces=False)
            start = begin
        last = end
    yield replace(piece, start=start, end=piece.end)


def _short_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Sentences; one that is itself too long is cut after a comma or between words."""
    for begin, stop in sentence_spans(text, start, end):
        at = begin
        while stop - at > _LONGEST:
            window = text[at : at + _LARGE]
            cut = max(window.rfind("; "), window.rfind(", ")) + 1 or window.rfind(" ") or _LARGE
            cut = cut if cut > 0 else _LARGE
            yield at, at + cut
            at += cut
            while at < stop and text[at].isspace():
                at += 1
        yield at, stop


def _shared(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """The beginning that two paths have in common."""
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return first[:count]
