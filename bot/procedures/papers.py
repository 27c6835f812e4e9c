"""Which part of a list of papers answers: all of it, what was named, or where it begins."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise, takewhile

from bot.conversation import Shown
from bot.procedures.stated import PAPERS
from index.question import ASKED, Question
from index.quoting import LENGTH, LIST_LENGTH
from index.searcher import Hit
from index.text import fold, syllables
from knowledge.procedures.facts import Paper

FORM_NAMES = ("tờ khai", "đơn", "mẫu", "phiếu", "giấy đề nghị", "văn bản đề nghị", "bản khai")
SPECIAL = "trường hợp"  # how the name of a paper for one case begins
USUAL = ("giấy tờ", "hồ sơ", "thành phần", "lưu ý")  # how headings begin that name no case


def list_of(hit: Hit, papers: Sequence[Paper], question: Question) -> Shown | None:
    """Return the papers that answer, as many as a phone can show.

    Of a longer list its beginning, or what follows the form to be filled in where it begins with
    a special case; nothing where something was named that only the rest names.

    Args:
        hit: the procedure.
        papers: of the procedure, in their order.
        question: what is asked.
    """
    if not papers:
        return None
    first = papers[0]
    longer = papers[-1].span[1] - first.span[0] > LIST_LENGTH
    if longer and _is_special(first):
        first = next((p for p in papers if p.name.lower().startswith(FORM_NAMES)), first)
    start, end = first.span[0], _shown_from(first, papers)[-1].span[1]
    text = hit.document.text
    others = _pairs(text[papers[0].span[0] : start]) | _pairs(text[end : papers[-1].span[1]])
    if _named(question) & others - _pairs(hit.document.title) - _pairs(text[start:end]):
        return None
    return Shown(hit.document.id, start, end, (), (PAPERS,), hit.confidence)


def _is_special(paper: Paper) -> bool:
    """Say whether a paper is asked for in one case only."""
    case = (paper.case or "").lower().lstrip("*-+ ")
    return not case.startswith(USUAL) if case else paper.name.lower().startswith(SPECIAL)


def form_of(papers: Sequence[Paper], asked: str) -> Paper | None:
    """Return the form among the papers whose name has most of the question's words."""
    words = set(syllables(fold(asked)))
    forms = [p for p in papers if p.form or p.name.lower().startswith(FORM_NAMES)]
    fitting = [p for p in forms if p.span[1] - p.span[0] <= 2 * LENGTH] or forms
    return max(fitting, key=lambda p: _shared(p.name, words), default=None)


def _shown_from(first: Paper, papers: Sequence[Paper]) -> list[Paper]:
    """Return a paper and those that follow, as far as they fit."""
    start = first.span[0]
    following = [p for p in papers if p.span[0] > start]
    return [first, *takewhile(lambda p: p.span[1] - start <= LIST_LENGTH, following)]


def _named(question: Question) -> set[tuple[str, str]]:
    """Return the pairs of adjacent words that say what a question is about."""
    counting = zip(question.syllables, question.weights.tolist(), strict=True)
    return {
        (fold(one), fold(other))
        for (one, weight), (other, next_weight) in pairwise(counting)
        if min(weight, next_weight) > ASKED
    }


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(syllables(fold(text))))


def _shared(name: str, words: set[str]) -> float:
    said = set(syllables(fold(name)))
    return len(said & words) / math.sqrt(len(said) or 1)
