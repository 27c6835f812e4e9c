"""Blocks that a format's reader found, brought to the form in which text is stored."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.document import Block
from knowledge.readers.clean import clean
from knowledge.readers.legacy import lines_to_unicode


def in_unicode(title: str | None, blocks: Sequence[Block]) -> tuple[str | None, list[Block]]:
    """Convert a title and blocks from old font encodings and clean them.

    They are judged together, since a title alone holds too little evidence, and cleaned after
    that, since in TCVN3 a soft hyphen is a letter.

    Args:
        title: the title, if there is one.
        blocks: texts as the file has them.

    Returns:
        The title, None where nothing is left of it, and the blocks that have something on them.

    Raises:
        ReadError: the text is garbled.
    """
    first, *texts = map(clean, lines_to_unicode([title or "", *(block.text for block in blocks)]))
    pairs = zip(texts, blocks, strict=True)
    return first or None, [Block(text, b.kind, b.level) for text, b in pairs if text]
