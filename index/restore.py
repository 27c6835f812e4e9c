"""Restoring what was left out in typing: diacritics, chat spelling, slips of the finger.

Each typed token becomes a set of readings (sequences of syllables, each with a cost); the
cheapest path under a syllable pair model is the understood question (Viterbi, 1967). A token
typed with diacritics keeps them, and gets more only where others lack theirs; one typed without
is ambiguous even when others have them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

from index.syllables import SyllableModel
from index.text import fold_syllable

# Costs are negative log-probabilities; the pair model gives about 2 to 9 a syllable.
KEEP_BARE = 1.0  # a token without marks that is left without, though marked forms exist
HALF = 2.5  # a token with some of its marks, in a question with tokens that lack theirs
SELDOM = 0.02  # share of a syllable's occurrences up to which it is not written without marks
SLIP = 5.0  # one wrong, missing, extra or swapped letter
PHONETIC = 2.5  # "f" for "ph" and the like
ALTERNATIVE = 0.7  # each further meaning of an abbreviation
WORD = 6.0  # what each further syllable of an expansion is given for its own cost
SMALL = 9.0  # an abbreviation typed in small letters that could be a syllable
UNKNOWN = 14.0  # a token that is no syllable and resembles none
FORMS = 12  # readings kept of one folded syllable
SLIPS = 4096  # misspelt syllables whose readings stay known

# "14t", "500k" as people type them.
UNITS = {"t": "tuổi", "k": "nghìn", "tr": "triệu", "h": "giờ", "p": "phút"}
_MEASURE = re.compile(rf"^(\d+)({'|'.join(UNITS)})$")

# Cost of a path so far, its syllables, and the token that each came from.
_State = tuple[float, tuple[str, ...], tuple[int, ...]]
Reading = tuple[tuple[str, ...], float]
Expansions = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Restored:
    """A question as understood.

    Attributes:
        syllables: the restored syllables in order.
        typed: for each of them, the position of the typed token it came from.
    """

    syllables: tuple[str, ...]
    typed: tuple[int, ...]

    @property
    def text(self) -> str:
        """The syllables joined by single spaces."""
        return " ".join(self.syllables)


class Restorer:
    """Finds the most probable reading of a typed question.

    Args:
        model: frequencies of syllables and pairs.
        chat: token → what it stands for in chats, best first, each a tuple of syllables; an empty
            tuple drops the token ("ad", "ạ").
        abbreviations: token → what it stands for in offices.
        phonetic: rewritings of beginnings of unknown tokens ("f" → "ph"), tried in order.
    """

    def __init__(
        self,
        model: SyllableModel,
        chat: Expansions,
        abbreviations: Expansions,
        phonetic: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._model = model
        self._chat = chat
        self._abbreviations = abbreviations
        self._phonetic = tuple(phonetic)
        self._slips = lru_cache(SLIPS)(self._search_slips)

    def restore(
        self,
        tokens: Sequence[str],
        fixed: Mapping[int, tuple[str, ...]] | None = None,
        capitals: Container[int] = (),
    ) -> Restored:
        """Return the tokens with diacritics restored, abbreviations expanded and slips mended.

        Args:
            tokens: lower-case syllables and abbreviations as typed.
            fixed: position → what the token there is already known to stand for.
            capitals: positions of tokens typed in capitals, which abbreviations are.
        """
        fixed = fixed or {}
        marked = sum(t != fold_syllable(t) for t in tokens)
        bare_cost = KEEP_BARE if marked * 2 < len(tokens) else -KEEP_BARE
        half_typed = any(map(self._lacks_marks, tokens))
        # By the last syllable.
        best: dict[str | None, _State] = {None: (0.0, (), ())}
        for position, token in enumerate(tokens):
            if position in fixed:
                readings = [(fixed[position], 0.0)]
            else:
                found = self._readings(token, bare_cost, half_typed, position in capitals)
                fresh = [one for one in found if not _repeats(one[0], tokens[:position])]
                readings = fresh or found
            best = self._followed(best, readings, position)
        _, path, origins = min(best.values())
        return Restored(path, origins)

    def _followed(
        self, best: Mapping[str | None, _State], readings: Iterable[Reading], position: int
    ) -> dict[str | None, _State]:
        """Return the cheapest paths, by their last syllable, that go on with one of the readings.

        Args:
            best: the cheapest paths so far.
            readings: of the token at `position`.
            position: where it stands.
        """
        log_probability = self._model.log_probability
        following: dict[str | None, _State] = {}
        for words, cost in readings:
            if not words:
                for last, (sofar, path, origins) in best.items():
                    _keep(following, last, (sofar + cost, path, origins))
                continue
            first, *others = [word.lower() for word in words]
            # All paths through a reading go on alike: only the cheapest way into it counts.
            least, cheapest = inf, None
            for last, state in best.items():
                total = state[0] + cost - log_probability(first, last)
                if total < least:
                    least, cheapest = total, state
            assert cheapest is not None, "costs are finite"
            end = first
            for word in others:
                least -= log_probability(word, end)
                end = word
            _, path, origins = cheapest
            further = (position,) * len(words)
            _keep(following, end, (least, path + words, origins + further))
        return following

    def _readings(
        self, token: str, bare_cost: float, half_typed: bool, capitals: bool
    ) -> list[Reading]:
        if not token.isalpha():
            unit = _MEASURE.match(token)
            return [((unit[1], UNITS[unit[2]]) if unit else (token,), 0.0)]
        folded = fold_syllable(token)
        readings = self._written_out(token, folded, capitals)
        if readings and not _can_be_syllable(folded):
            return readings
        return readings + (
            self._spelt(token, folded, bare_cost, half_typed) or self._mended(token, folded)
        )

    def _written_out(self, token: str, folded: str, capitals: bool) -> list[Reading]:
        """Readings of a token that may be short for something.

        "hem" is chat for "không", "hẻm" is not: a syllable typed with its marks stays itself.
        "VAT" is a tax, "vat" more likely a syllable.
        """
        marked = token != folded and token in self._model.singles
        readings: list[Reading] = []
        for table, price in (
            (self._chat, ALTERNATIVE if capitals else 0.0),
            (self._abbreviations, 0.0 if capitals or folded not in self._model.forms else SMALL),
        ):
            meanings = table.get(token) or (() if marked else table.get(folded, ()))
            for rank, words in enumerate(meanings):
                further = max(len(words) - 1, 0)
                readings.append((words, price + ALTERNATIVE * rank - WORD * further))
        return readings

    def _lacks_marks(self, token: str) -> bool:
        """Say whether a token without marks is a syllable only with some ("nop", "duoc")."""
        counts = self._model.singles
        forms = self._model.forms.get(token, [])
        return counts.get(token, 0) < SELDOM * sum(counts[form] for form in forms)

    def _spelt(self, token: str, folded: str, bare_cost: float, half_typed: bool) -> list[Reading]:
        """Readings of a token that is a syllable, with or without its marks."""
        forms = self._model.forms.get(folded, [])
        if token != folded:
            if token in self._model.singles:
                # Who leaves marks out elsewhere may have left one of two out here ("đau", "dâu").
                more = forms[:FORMS] if half_typed else []
                fuller = [((form,), HALF) for form in more if _adds_marks(token, form)]
                return [((token,), 0.0), *fuller]
            # Marks that form no syllable ("mẩy", half typed "cáp"): any form, the typed dearest.
            return [((form,), PHONETIC) for form in forms[:FORMS]] + self._mended(token, folded)
        return [((form,), bare_cost if form == token else 0.0) for form in forms[:FORMS]]

    def _mended(self, token: str, folded: str) -> list[Reading]:
        return [*self._slips(folded), ((token,), UNKNOWN)]

    def _search_slips(self, folded: str) -> list[Reading]:
        found: dict[str, float] = {}
        for written, meant in self._phonetic:
            if folded.startswith(written):
                self._offer(found, meant + folded[len(written) :], PHONETIC)
        if not found and len(folded) > 2:
            for candidate in _one_slip_away(folded):
                self._offer(found, candidate, SLIP)
        return [((word,), cost) for word, cost in found.items()]

    def _offer(self, found: dict[str, float], folded: str, cost: float) -> None:
        for form in self._model.forms.get(folded, [])[:FORMS]:
            found[form] = min(cost, found.get(form, cost))


def _keep(following: dict[str | None, _State], end: str | None, state: _State) -> None:
    """Keep a path that ends in a syllable unless a cheaper one does."""
    known = following.get(end)
    if known is None or state[0] < known[0]:
        following[end] = state


def _repeats(words: Sequence[str], before: Sequence[str]) -> bool:
    """Say whether what a token is short for was begun before it: "nhiêu" in "bao nhiêu"."""
    begun = [fold_syllable(word) for word in words[:-1]]
    return bool(begun) and [fold_syllable(token) for token in before[-len(begun) :]] == begun


def _adds_marks(token: str, form: str) -> bool:
    """Say whether a form has the marks of a token and more: "đâu" those of "đau"."""
    typed, full = (unicodedata.normalize("NFD", text) for text in (token, form))
    # The bar of "đ" is no mark of its own in Unicode.
    full = full if "đ" in typed else full.replace("đ", "d\u0335")
    left = iter(full)
    return len(full) > len(typed) and all(letter in left for letter in typed)


def _can_be_syllable(folded: str) -> bool:
    """Say whether a token has the vowel of a syllable; "cchc" and "tthc" have none."""
    return any(letter in "aeiouy" for letter in folded)


def _one_slip_away(word: str) -> set[str]:
    """Return the strings one swap, deletion, substitution or insertion away (Norvig, 2007)."""
    letters = "abcdeghiklmnopqrstuvxy"
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    swaps = {a + b[1] + b[0] + b[2:] for a, b in splits if len(b) > 1}
    deletions = {a + b[1:] for a, b in splits if b}
    substitutions = {a + c + b[1:] for a, b in splits if b for c in letters}
    insertions = {a + c + b for a, b in splits for c in letters}
    return swaps | deletions | substitutions | insertions
