"""A vocabulary for Vietnamese as it is typed: pieces that occur, and syllables without marks.

Of the 250,002 pieces of the base model those stay that Vietnamese text needs. New are the
syllables without diacritics, which the base model spells out letter by letter: "▁nguoi" begins
as the mean of what it may stand for ("▁người", "▁Người" apart), each weighted by how frequent it
is, so that the layers above only have to learn which one is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from index.training.mistyping import strip_diacritics
from index.training.weights import Floats, Weights

SPECIALS = ("<s>", "<pad>", "</s>", "<unk>")
ASCII_PIECES = 35_000  # most frequent pieces of ASCII letters: names, numbers, foreign words
SEED = 1  # of the order of texts
READ = 60_000  # texts that are split to see which pieces occur
_SPACE = "▁"
_VOWELS = frozenset("aeiouy")
_OWN_MARKS = frozenset("\u031b\u0309\u0323")  # horn, hook above, dot below
_MARKS = _OWN_MARKS | frozenset("\u0300\u0301\u0302\u0303\u0306")
# Initial, vowels, final of a syllable without its marks.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)


@dataclass(frozen=True)
class Vocabulary:
    """The pieces of the small encoder.

    Attributes:
        pieces: their texts, the four specials first.
        scores: logarithm of the probability of each. Shape: (pieces,).
        embeddings: the vector that each begins with. Shape: (pieces, width).
        original: the same, but what the base model has a vector for keeps it; the teacher's.
            Shape: (pieces, width).
    """

    pieces: tuple[str, ...]
    scores: Floats
    embeddings: Floats
    original: Floats


def whole_vocabulary(weights: Weights) -> Vocabulary:
    """Return the vocabulary of the base model."""
    vectors = weights.tensors["emb.word"][: len(weights.pieces)]
    return Vocabulary(weights.pieces, weights.scores, vectors, vectors)


def used_pieces(tokenizer: Any, texts: Sequence[str]) -> set[str]:
    """Return the pieces that a tokenizer splits texts into, in any spelling of people."""
    used: set[str] = set()
    for spelling in (str, str.lower, str.upper, strip_diacritics):
        for encoded in tokenizer.encode_batch([spelling(text) for text in texts[:READ]]):
            used.update(encoded.tokens)
    return used


def cut_vocabulary(weights: Weights, used: Iterable[str], counts: Counter[str]) -> Vocabulary:
    """Return the pieces that stay and the syllables without diacritics, with their vectors.

    Args:
        weights: the base model.
        used: pieces that Vietnamese texts are split into.
        counts: how often each syllable occurs, small letters with diacritics.
    """
    words = weights.tensors["emb.word"]
    number = {piece: i for i, piece in enumerate(weights.pieces)}
    kept = _kept(weights, set(used))
    rows = {piece: words[number[piece]] for piece in kept}
    scores = {piece: float(weights.scores[number[piece]]) for piece in kept}
    for bare, forms in _bare_syllables(kept).items():
        logs = np.array([scores[form] for form in forms])
        share = _bare_share(bare, forms, counts) if bare in number else 0.0
        mixed = np.exp(logs - logs.max())
        mixed *= (1 - share) / mixed.sum()
        blend = mixed @ np.stack([rows[form] for form in forms])
        if share:
            blend = blend + share * words[number[bare]]
        rows[bare] = blend.astype(np.float32)
        known = [float(weights.scores[number[bare]])] if bare in number else []
        scores[bare] = float(np.logaddexp.reduce([*logs.tolist(), *known]))
    original = {p: words[number[p]] if p in number else row for p, row in rows.items()}
    ordered = [*SPECIALS, *sorted(set(rows) - set(SPECIALS), key=lambda p: (-scores[p], p))]
    return Vocabulary(
        tuple(ordered),
        np.array([scores[p] for p in ordered], dtype=np.float32),
        np.stack([rows[p] for p in ordered]),
        np.stack([original[p] for p in ordered]),
    )


def _kept(weights: Weights, used: set[str]) -> list[str]:
    ascii_pieces = [p for p in weights.pieces[len(SPECIALS) :] if p.lstrip(_SPACE).isascii()]
    frequent = set(ascii_pieces[:ASCII_PIECES])
    single = {p for p in ascii_pieces if len(p.lstrip(_SPACE)) <= 1}
    return [
        p
        for p in weights.pieces
        if p in SPECIALS or p in used or p in frequent or p in single or _is_vietnamese(p)
    ]


def _is_vietnamese(piece: str) -> bool:
    """Say whether a piece is a Vietnamese syllable or bears a mark of no other language."""
    decomposed = unicodedata.normalize("NFD", piece.lower().lstrip(_SPACE))
    marks = {letter for letter in decomposed if unicodedata.combining(letter)}
    if marks and marks <= _MARKS and _SYLLABLE.fullmatch(strip_diacritics(decomposed)):
        return True
    bare = strip_diacritics(decomposed)
    stacked = any(
        unicodedata.combining(a) and unicodedata.combining(b) for a, b in pairwise(decomposed)
    )
    return bare.isascii() and (stacked or "đ" in decomposed or bool(_OWN_MARKS & marks))


def _bare_syllables(kept: Iterable[str]) -> dict[str, list[str]]:
    """Return each syllable piece without diacritics, with the pieces that it may stand for."""
    forms: defaultdict[str, list[str]] = defaultdict(list)
    for piece in kept:
        bare = strip_diacritics(piece)
        letters = bare.lstrip(_SPACE)
        if (
            piece.startswith(_SPACE)
            and piece != bare
            and letters.isascii()
            and letters.isalpha()
            and len(letters) <= 7
            and _VOWELS & set(letters.lower())
            and (letters.islower() or letters.istitle())
        ):
            forms[bare].append(piece)
    return dict(forms)


def _bare_share(bare: str, forms: Iterable[str], counts: Counter[str]) -> float:
    """Return how often a syllable typed without marks is meant without: "an", not "than"."""
    syllable = bare.removeprefix(_SPACE).lower()
    marked = sum(counts[form.removeprefix(_SPACE).lower()] for form in forms)
    return counts[syllable] / ((counts[syllable] + marked) or 1)
