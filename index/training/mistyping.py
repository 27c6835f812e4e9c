"""How people type: without diacritics, with half of them, in small letters, with slips."""

from __future__ import annotations

import random
import unicodedata

# Telex and chat habits seen in questions; each is applied to a whole word's beginning.
_CHAT = (("ph", "f"), ("gi", "j"), ("kh", "k"), ("qu", "w"), ("d", "z"))
_NEIGHBOURS = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et",
    "s": "ad", "t": "ry", "u": "yi", "v": "cb", "x": "zc", "y": "tu",
}  # fmt: skip


def strip_diacritics(text: str) -> str:
    """Return `text` without diacritics, letter for letter; "đ" becomes "d"."""
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.replace("đ", "d").replace("Đ", "D"))


def mistyped(text: str, random: random.Random) -> str:
    """Return `text` as somebody may have typed it; the words stay as many and in order.

    A fifth stays as it is, three fifths lose all diacritics, a fifth loses those of about half
    the words. Of each, a third is in small letters and one word in twelve of an eighth of the
    texts is misspelt.
    """
    words = text.split()
    share = random.choices((0.0, 1.0, 0.5), weights=(1, 3, 1))[0]
    words = [strip_diacritics(w) if random.random() < share else w for w in words]
    if random.random() < 1 / 3:
        words = [w.lower() for w in words]
    if random.random() < 1 / 8:
        words = [misspelt(w, random) if random.random() < 1 / 12 else w for w in words]
    return " ".join(words)


def misspelt(word: str, random: random.Random) -> str:
    """Return `word` with one slip: a letter left out, doubled, swapped, missed, or chat spelling.

    Words of fewer than three letters and those with digits stay.
    """
    if len(word) < 3 or not word.isalpha():
        return word
    at = random.randrange(1, len(word))
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + word[at - 1] + word[at:],
        word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
        word[:at] + random.choice(_NEIGHBOURS.get(word[at], word[at])) + word[at + 1 :],
        next((new + word[len(old) :] for old, new in _CHAT if word.startswith(old)), word),
    )
    return random.choice(slips)
