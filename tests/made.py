"""Made-up parts that tests are built from."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from index.encoder import Vectors
from knowledge.document import Document, Metadata, Section

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = "bcdđghklmnpqrstvx" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES
)

#: Running text as Vietnamese people write it, capitals, digits and signs included.
vietnamese = st.text(alphabet=LETTERS + LETTERS.upper() + " \n.,;:-/()0123456789", max_size=60)

#: One lower-case word of Vietnamese letters, most of them no syllables.
words = st.text(alphabet=LETTERS, min_size=1, max_size=6)


class TinyEncoder:
    """Counts the letter triples of folded texts in 32 boxes; always gives the same vectors.

    Args:
        digest: name of the made-up model.
    """

    dimensions = 32
    floor = 0.78

    def __init__(self, digest: str = "tiny") -> None:
        self.digest = digest
        self.encoded: list[str] = []

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of questions."""
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, 32)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of passages and note down which were asked for."""
        self.encoded += texts
        return self.encode_questions(texts)

    def _vector(self, text: str) -> Vectors:
        decomposed = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
        padded = f" {''.join(c for c in decomposed if not unicodedata.combining(c))} "
        boxes = np.full(self.dimensions, 1e-3, np.float32)
        for i in range(len(padded) - 2):
            boxes[zlib.crc32(padded[i : i + 3].encode()) % self.dimensions] += 1
        return boxes / np.linalg.norm(boxes)


class TinyTokenEncoder(TinyEncoder):
    """Has the vector of each word as well."""

    token_dimensions = TinyEncoder.dimensions

    def encode_question_tokens(self, text: str) -> Vectors:
        """Return the vectors of the words of a question."""
        return self.encode_questions(text.split())

    def encode_passages_and_tokens(self, texts: Sequence[str]) -> tuple[Vectors, list[Vectors]]:
        """Return the vectors of passages and those of their words."""
        return self.encode_passages(texts), [self.encode_questions(text.split()) for text in texts]


def made_document(name: str, *lines: str, title: str = "", **metadata: Any) -> Document:
    """Return a document with one section for each line.

    Args:
        name: its id, and its title unless one is given.
        lines: the text.
        title: one line for people.
        metadata: fields of `Metadata`.
    """
    sections: list[Section] = []
    start = 0
    for number, line in enumerate(lines, 1):
        sections.append(Section((f"Mục {number}",), start, start + len(line)))
        start += len(line) + 1
    return Document(
        name, title or name, "\n".join(lines), tuple(sections), Metadata(**metadata), f"{name}.txt"
    )


def silent(done: int, total: int) -> None:
    """Take no notice of progress."""
