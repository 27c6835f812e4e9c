"""What a question about targets or deadlines looks for."""

from __future__ import annotations

from collections.abc import Collection

from index.question import Question
from index.text import fold, folded_syllables
from knowledge.row_shelf import Wanted

# Said of every target and deadline: they tell none of them apart.
_COMMON = frozenset(
    (
        "chi", "tieu", "muc", "ke", "hoach", "nam", "nay", "dat", "la", "bao", "nhieu", "cua", "o",
        "tinh", "thanh", "pho", "tp", "ve", "cho", "cac", "nhung", "va", "voi", "may", "gi", "nao",
        "the", "thoi", "han", "viec", "phai", "lam", "den", "hen", "truoc", "trong", "thang", "quy",
        "hang", "nhom", "do",
    )
)  # fmt: skip


def wanted_of(question: Question, document: str | None = None) -> Wanted:
    """Return what a question looks for, its places, years and names told apart from its words.

    Args:
        question: as understood.
        document: id of the document that is meant, if one is.
    """
    named = [place for place in question.places if place.end]
    dropped = {str(year) for year in question.years}
    for place in named:
        dropped |= set(folded_syllables(question.typed[place.start : place.end]))
    official = " ".join(question.official)
    return Wanted(
        text=f"{question.understood} {official}".strip(),
        words=tuple(_words(question.understood, dropped)),
        places=tuple(dict.fromkeys(place.name for place in question.places)),
        localities=tuple(dict.fromkeys(p.locality for p in named if p.locality)),
        years=question.years,
        document=document,
    )


def _words(text: str, dropped: Collection[str]) -> list[str]:
    return [
        word for word in folded_syllables(fold(text)) if word not in dropped and word not in _COMMON
    ]
