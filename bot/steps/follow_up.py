"""Questions that lean on the turn before: "còn lĩnh vực đất đai thì sao?", "hết bao nhiêu tiền?".

A question with words of its own stands alone unless it says that it leans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.context import Context
from bot.conversation import Turn
from bot.dialogue import Dialogue, Leaning
from bot.emphasis import emphasised
from bot.swapping import Swapper
from index.question import Question
from index.text import folded_syllables
from index.understanding import Understanding

LONG = 8  # own words with which a question is whole however it begins


class FollowUp:
    """Completes a question that leans on the last turn; notes the document it is about.

    Args:
        dialogue: recognises what leans and what points back.
        indicators: short name of an index → its other names.
        short: a word or two on the procedure that answered last → the question they stand for.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        indicators: Mapping[str, Sequence[str]],
        short: Mapping[str, str],
    ) -> None:
        self._dialogue = dialogue
        self._short = {" ".join(folded_syllables(say)): ask for say, ask in short.items()}
        self._swapper = Swapper(indicators)

    def __call__(self, context: Context) -> None:
        turn = context.turn
        if turn is None or context.chosen is not None or context.asked.codes:
            return
        if self._points_back(context, turn):
            return
        understanding = context.tools.understanding
        leaning = self._dialogue.leaning(context.text)
        if turn.code and (meant := self._stands_for(context.text, leaning)):
            self._ask_document(context, turn, understanding.read(meant))
            return
        subject = understanding.read(leaning.subject)
        if not self._own_words(self._rest(subject), understanding):
            self._go_on(context, turn, leaning, subject)
        elif leaning.certain or (leaning.opened and self._swapper.is_indicator(leaning.subject)):
            self._change_topic(context, turn, leaning, subject)

    def _stands_for(self, text: str, leaning: Leaning) -> str | None:
        """Return the question that a word or two stand for."""
        said = (" ".join(folded_syllables(words)) for words in (leaning.subject, text))
        return next((self._short[words] for words in said if words in self._short), None)

    def _points_back(self, context: Context, turn: Turn) -> bool:
        """Complete "văn bản này", "ở đó", "năm đó"; say whether there was any of them."""
        typed, text = context.asked, context.text
        named = self._dialogue.with_name(text, turn.name) if turn.name else None
        text = named or text
        if turn.places:
            text = self._dialogue.with_place(text, turn.places[0]) or text
        if turn.years:
            text = self._dialogue.with_year(text, turn.years[0]) or text
        if text == context.text:
            return False
        if named is not None:
            context.about, context.topic = turn.document, turn.question
            context.settled = self._dialogue.asks_validity(context.text)
        self._ask(context, text, typed)
        return True

    def _go_on(self, context: Context, turn: Turn, leaning: Leaning, subject: Question) -> None:
        """Ask something else about the same, or the same about another place or year."""
        if subject.places or subject.years:
            self._change_setting(context, turn, leaning, subject)
        elif turn.name and (turn.code or self._is_attribute(subject)) and self._asks(subject):
            self._ask_document(context, turn, subject)
        elif self._asks(subject):
            context.favoured = turn.document
            self._ask(context, f"{subject.typed}; {turn.question}", subject)

    def _change_setting(
        self, context: Context, turn: Turn, leaning: Leaning, subject: Question
    ) -> None:
        """Ask the same about another place or year."""
        kept, rest = turn.question, self._rest(subject)
        if subject.places:
            kept = self._swapper.with_place(kept, subject, context.tools.places)
        if subject.years:
            kept = self._swapper.with_years(kept, subject.years)
        if not context.tools.understanding.read(rest).concepts:
            self._ask(context, kept)
        elif leaning.certain:
            self._ask(context, f"{rest}; {kept}", subject)

    def _ask_document(self, context: Context, turn: Turn, subject: Question) -> None:
        """Ask a bare question of the document that answered last."""
        text = f"{subject.bare}: {turn.name}"
        context.about = turn.document
        if turn.code:
            # The code would hold another topic fast to this procedure.
            context.base = text.replace(f" ({turn.code})", "")
        else:
            context.topic = turn.question
        context.settled = bool(turn.code) or self._dialogue.asks_validity(subject.understood)
        self._ask(context, text, subject)

    def _asks(self, subject: Question) -> bool:
        return bool(subject.intents or subject.answers) or self._is_attribute(subject)

    def _is_attribute(self, subject: Question) -> bool:
        """Say whether a question is one that can be asked of any document."""
        return self._dialogue.without_attributes(subject.understood) != subject.understood

    def _change_topic(
        self, context: Context, turn: Turn, leaning: Leaning, subject: Question
    ) -> None:
        """Ask the same about something else."""
        whole = subject.intents or subject.answers or len(subject.concepts) > LONG
        if whole:
            self._ask(context, f"{leaning.subject}{_setting(turn, subject)}", subject)
            return
        base = turn.base or turn.question
        other = self._swapper.with_indicator(turn.question, leaning.subject)
        if other is not None:
            context.favoured = turn.document
            self._ask(context, other)
            return
        if subject.places:
            base = self._swapper.with_place(base, subject, context.tools.places)
        elif not turn.code:
            context.favoured = turn.document
        if subject.years:
            context.favoured = None
            base = self._swapper.with_years(base, subject.years)
        context.base = base
        self._ask(context, f"{leaning.subject}; {base}", subject)

    def _ask(self, context: Context, text: str, fresh: Question | None = None) -> None:
        """Take `text` for the question, with the weight on what is `fresh` in it."""
        context.followed = True
        whole = context.read(text)
        context.question = whole if fresh is None else emphasised(whole, fresh)

    def _rest(self, subject: Question) -> str:
        """Return what a question says beside places and years."""
        rest = subject.typed
        for place in reversed(subject.places):
            rest = f"{rest[: place.start]} {rest[place.end :]}"
        for year in subject.years:
            rest = rest.replace(str(year), " ")
        return " ".join(self._dialogue.without_units(rest).split()).strip(" -–,;")

    def _own_words(self, rest: str, understanding: Understanding) -> bool:
        """Say whether a question names something that it is about."""
        whole = understanding.read(rest)
        if not (whole.concepts or whole.official):
            return False
        bare = self._dialogue.without_attributes(
            self._dialogue.without_generalities(whole.understood)
        )
        left = understanding.read(bare)
        return bool(left.concepts or left.official)


def _setting(turn: Turn, subject: Question) -> str:
    """Return the place and the year of the last turn that a question goes without."""
    if turn.code:
        return ""
    place = f" ở {turn.places[0]}" if turn.places and not subject.places else ""
    year = f" năm {turn.years[0]}" if turn.years and not subject.years else ""
    return f"{place}{year}"
