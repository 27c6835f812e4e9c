"""What a line of a document looks like, before its place in the structure is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.document import Block, BlockKind
from knowledge.folding import fold
from knowledge.structure.markers import Marker, MarkerKind, read_marker

_TITLE_LENGTH = 200
_SHORT = 120
_CONTENTS_LINE = re.compile(r"(?:\.{3,}|…+|_{3,})\s*\d{1,4}$")
# What a letterhead and a signature say in capitals opens no section.
_FORMAL = re.compile(
    r"(?:cong hoa xa hoi|doc lap|dang cong san|chinh phu|quoc hoi|thu tuong|uy ban|hoi dong|ubnd"
    r"|hdnd|tinh uy|thanh uy|huyen uy|bo truong|chu tich|pho chu tich|tm\.|kt\.|tl\.|tuq\."
    r"|noi nhan|bi thu|so:|bo (?!phan|chi so|tieu chi|may|thu tuc))"
    r"|(?:quyet dinh|quyet nghi|nghi quyet|nghi dinh|thong tu|chi thi|ke hoach|chuong trinh"
    r"|bao cao|cong van|to trinh|thong bao|de an|luat)\s*:?$"
)
_ANNEX = re.compile(
    r"(?:ke hoach|chuong trinh|de an|quy che|quy dinh|phuong an|danh muc|huong dan|bo tieu chi"
    r"|bo chi so)$"
)
#: The line under the title of what a decision issues.
ISSUED_WITH = re.compile(r"\((?:Ban hành )?[Kk]èm theo ")


@dataclass(frozen=True)
class Line:
    """A block of a document with its span in the canonical text.

    Attributes:
        text: the block's words.
        start: offset of the first character.
        kind: what the file's markup says.
        level: its level in the markup, 0 if unknown.
        marker: the number or sign it begins with.
    """

    text: str
    start: int
    kind: BlockKind
    level: int
    marker: Marker | None

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.start + len(self.text)

    @property
    def words(self) -> str:
        """The text after the marker."""
        return self.text[self.marker.rest :] if self.marker else self.text

    @property
    def unfinished(self) -> bool:
        """Whether it is short and ends like a heading, not like a sentence."""
        return len(self.text) <= _TITLE_LENGTH and self.text[-1] not in ".;,!?…"

    @property
    def introduces(self) -> bool:
        """Whether it ends with a colon, as the line above a list does."""
        return self.text.endswith(":")

    @property
    def in_capitals(self) -> bool:
        """Whether it is a heading in capitals; letterheads and signatures are not."""
        letters = [char for char in self.words if char.isalpha()]
        capitals = sum(char.isupper() for char in letters)
        return (
            self.kind is not BlockKind.ROW
            and len(letters) >= 6
            and capitals >= 0.9 * len(letters)
            and " " in self.words
            and self.unfinished
            and not _FORMAL.match(fold(self.words))
        )

    @property
    def names_annex(self) -> bool:
        """Whether it is nothing but "KẾ HOẠCH", "QUY CHẾ" or the like, in capitals."""
        return self.text.isupper() and bool(_ANNEX.match(fold(self.text)))

    @property
    def continues_title(self) -> bool:
        """Whether it can be the title of a bare "Chương I" above it."""
        if self.marker or self.kind in (BlockKind.ROW, BlockKind.ITEM):
            return False
        return self.unfinished and not self.introduces and len(self.text) <= _SHORT


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Lay blocks out as the lines of the canonical text, one "\\n" between them.

    Args:
        blocks: NFC blocks in reading order.

    Returns:
        One line a block, with offsets into the joined text.
    """
    lines: list[Line] = []
    start = 0
    for block in blocks:
        lines.append(Line(block.text, start, block.kind, block.level, _marker(block)))
        start += len(block.text) + 1
    return lines


def _marker(block: Block) -> Marker | None:
    """The marker of a block; lines of a table of contents and table rows have none."""
    if block.kind is BlockKind.ROW or _CONTENTS_LINE.search(block.text):
        return None
    marker = read_marker(block.text)
    if block.kind is not BlockKind.ITEM:
        return marker
    if marker is None:
        return Marker(MarkerKind.BULLET, f"item {block.level}", 0, "", 0)
    # The same sign at another depth of the markup is another level.
    is_bullet = marker.kind is MarkerKind.BULLET
    return replace(marker, style=f"{marker.style} {block.level}") if is_bullet else marker
