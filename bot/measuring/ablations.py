"""What each part of the search is worth: the development sets asked without it.

A part is left out by what it is made of: a constant is set to what makes it void and set back
afterwards, tools are made of fewer words or other weights. The product knows nothing of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

from bot.application import Application
from bot.context import Tools
from bot.measuring.development import DevelopmentSet, measure, questions, set_opened
from bot.progress import Progress, silent
from config.words import Courtesies
from index import finder, quoting, searcher, weighing
from index.evaluation.answers import Judgement, summarise
from index.restore import Restored, Restorer
from index.search import DENSE_ONLY, Fusion
from index.spelling import Speller, Spelt
from index.text import fold_syllable, syllables

Figures = dict[str, float | int | None]

# What is told of each set; what goes wrong is counted over all of them.
SHARES = (
    ("seeds", "first_quote"),
    ("policies", "first_quote"),
    ("procedures", "code_first"),
    ("procedures", "code_in_three_or_choices"),
    ("procedures", "first_quote"),
)


@dataclass(frozen=True)
class Swap:
    """Something of a module or a class, and what stands in its place meanwhile."""

    owner: Any
    attribute: str
    value: Any


@dataclass(frozen=True)
class Part:
    """A part of the search, by what leaves it out.

    Attributes:
        name: of its row.
        swaps: made for as long as questions are asked.
        tools: makes what answers without the part.
    """

    name: str
    swaps: tuple[Swap, ...] = ()
    tools: Callable[[Application], Tools] = Application.tools_with


def _without_everyday(application: Application) -> Tools:
    return application.tools_with(replace(application.words, everyday=()))


def _unweighed(name: str, fusion: Fusion) -> Part:
    return Part(name, tools=lambda application: application.tools_with(fusion=fusion))


def _with_courtesies(application: Application) -> Tools:
    return application.tools_with(replace(application.words, courtesies=Courtesies()))


def _as_typed(_speller: Speller, typed: str, *_: Any) -> Spelt:
    """Stand in for `Speller.spell`: nothing is read as anything else."""
    return Spelt(syllables(typed), typed, typed)


def _marks_as_typed(restore: Callable[..., Restored]) -> Callable[..., Restored]:
    """Return `Restorer.restore` with all it does but putting marks on what was typed without."""

    def restored(
        restorer: Restorer,
        tokens: Sequence[str],
        fixed: Mapping[int, tuple[str, ...]] | None = None,
        *args: Any,
    ) -> Restored:
        found = restore(restorer, tokens, fixed, *args)
        bare = [
            tokens[i] if i not in (fixed or {}) and fold_syllable(word) == tokens[i] else word
            for word, i in zip(found.syllables, found.typed, strict=True)
        ]
        return replace(found, syllables=tuple(bare))

    return restored


NOTHING = Part("nothing")
PARTS = (
    Part("encoder", tools=lambda application: application.tools_with(encoded=False)),
    _unweighed("title-vectors", Fusion(title_dense=0.0)),
    _unweighed("section-vectors", Fusion(section_dense=0.0)),
    _unweighed("tokens", Fusion(late=0.0)),
    _unweighed("lexical", DENSE_ONLY),
    _unweighed("title", Fusion(title=0.0)),
    _unweighed("body", Fusion(body=0.0)),
    _unweighed("section", Fusion(section=0.0)),
    _unweighed("precision", Fusion(precision=0.0)),
    Part("pairs", (Swap(weighing, "PAIR", 0.0),)),
    Part("quote", (Swap(finder, "QUOTE", 0.0),)),
    Part("kind", (Swap(quoting, "TYPE_BONUS", 0.0),)),
    Part("headings", (Swap(quoting, "HEADING_SHARE", 0.0),)),
    Part("fields", (Swap(finder, "FIELD", 0.0),)),
    # No confidence reaches what an original would need to go first.
    Part("originals", (Swap(finder, "SUMMARY", 0.0), Swap(searcher, "LIKELY", inf))),
    Part("agreement", tuple(Swap(finder, name, 0.0) for name in ("PLACE", "YEAR", "CODE"))),
    Part("everyday", tools=_without_everyday),
    Part("courtesies", tools=_with_courtesies),
    Part("spelling", (Swap(Speller, "spell", _as_typed),)),
    Part("diacritics", (Swap(Restorer, "restore", _marks_as_typed(Restorer.restore)),)),
)


@contextmanager
def left_out(part: Part, application: Application) -> Iterator[Tools]:
    """Give tools that lack a part; to be used within the context only.

    Raises:
        KeyError: what the part would swap does not exist.
    """
    with ExitStack() as restoring:
        for swap in part.swaps:
            shipped = vars(swap.owner)[swap.attribute]
            restoring.callback(setattr, swap.owner, swap.attribute, shipped)
            setattr(swap.owner, swap.attribute, swap.value)
        yield part.tools(application)


def ablate(
    shared: Path,
    sets: Sequence[DevelopmentSet],
    parts: Sequence[Part],
    progress: Progress = silent,
) -> dict[str, Figures]:
    """Return the figures of the sets as shipped and then without each part, by its name.

    Raises:
        EvaluationError: a set or its documents cannot be read.
    """
    measured: dict[str, dict[str, list[Judgement]]] = {p.name: {} for p in (NOTHING, *parts)}
    for chosen in sets:
        rows = questions(shared, chosen)
        with set_opened(shared, chosen, progress) as application:
            for part in (NOTHING, *parts):
                with left_out(part, application) as tools:
                    answer = partial(application.reply_afresh, tools=tools)
                    measured[part.name][chosen.name] = measure(answer, rows, progress=progress)
    return {name: figures(judged) for name, judged in measured.items()}


def figures(judged: Mapping[str, Sequence[Judgement]]) -> Figures:
    """Return the shares of the sets that were asked, and what went wrong in all of them.

    Args:
        judged: set → its judgements.
    """
    overall = {name: summarise(judgements)["overall"] for name, judgements in judged.items()}
    everything = [judgement for judgements in judged.values() for judgement in judgements]
    known = [j for j in everything if j.answerable]
    unknown = [j for j in everything if not j.answerable]
    return {
        **{f"{name}_{share}": overall[name][share] for name, share in SHARES if name in overall},
        "answerable": len(known),
        "not_answered": sum(j.silent for j in known),
        "unanswerable": len(unknown),
        "wrongly_answered": sum(j.answered for j in unknown),
    }
