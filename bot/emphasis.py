"""A completed question whose own words count more than those taken over from the last turn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from index.question import Question

INHERITED = 0.25  # what a word of the last question counts beside one of the new


def emphasised(whole: Question, fresh: Question) -> Question:
    """Return `whole` with the weight on what `fresh` says.

    Args:
        whole: the completed question.
        fresh: what was typed this time, read by itself. What it asks for ("bao nhiêu") is asked;
            only where it asks nothing the last question still does.
    """
    own = np.isin(whole.terms, fresh.terms)
    said = set(fresh.terms.tolist())
    return replace(
        whole,
        term_weights=np.where(own, whole.term_weights, whole.term_weights * INHERITED).astype(
            np.float32
        ),
        concepts=tuple(
            concept
            if said.issuperset(concept.wordings[0].tolist())
            else replace(concept, weight=concept.weight * INHERITED)
            for concept in whole.concepts
        ),
        intents=fresh.intents or whole.intents,
        answers=fresh.answers or whole.answers,
    )
