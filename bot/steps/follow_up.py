"""Questions that lean on the turn before: "còn lĩnh vực đất đai thì sao?", "hết bao nhiêu tiền?"."""

from __future__ import annotations

import re

from bot.context import Context
from bot.conversation import Turn
from bot.message import Reply
from index.question import Question
from index.text import fold

_LEANING = re.compile(
    r"^(?:(?:a|u|vang|da|the|vay)\s+)*(?:con|the con|vay con|the thi|vay thi|the|vay)\s+(?=\S)"
)
_AND_SO = re.compile(r"\s*(?:thi sao|thi the nao|the nao|ra sao|sao)(?:\s+(?:a|vay|nhi|ban))*\s*[?.!]*$")
_BACK = re.compile(r"(?<!\w)(?:van ban nay|van ban do|ke hoach nay|ke hoach do|thu tuc nay|thu tuc do"
                   r"|nghi quyet nay|nghi quyet do|quyet dinh nay|quyet dinh do|chuong trinh nay"
                   r"|chuong trinh do|cai nay|cai do|viec nay|o do|tinh do|nam do)(?!\w)")


def follow_up(context: Context) -> Reply | None:
    """Complete a question that leans on the last turn; note the document it is about."""
    understanding, turn = context.tools.understanding, context.turn
    context.question = understanding.read(context.text)
    if turn is None or context.chosen is not None:
        return None
    completed = _completed(context.text, context.question, turn)
    if completed is not None:
        context.text = completed
        context.question = understanding.read(completed)
        context.favoured = turn.document
    return None


def _completed(text: str, question: Question, turn: Turn) -> str | None:
    """Return the whole question that `text` stands for after `turn`, None if it stands alone."""
    folded = fold(text)
    leaning = _LEANING.match(folded)
    if leaning:
        end = _AND_SO.search(folded)
        subject = text[leaning.end() : end.start() if end else len(text)].strip(" ?.!")
        return f"{subject} {_without(turn, question)}" if subject else None
    if question.codes or question.places:
        return None
    if turn.code and (not question.content or _BACK.search(folded)):
        return f"{text} {turn.code}"
    if not question.content or _BACK.search(folded):
        return f"{text} {_without(turn, question)}"
    return None


def _without(turn: Turn, question: Question) -> str:
    """Return the last question without the place and year that the new one replaces."""
    kept = turn.question
    if question.places:
        for place in turn.places:
            kept = re.sub(rf"(?i)(?:\b(?:tỉnh|thành phố|tp\.?)\s+)?{re.escape(place)}", " ", kept)
    if question.years:
        for year in turn.years:
            kept = re.sub(rf"(?i)(?:năm\s+)?\b{year}\b", " ", kept)
    return " ".join(kept.split())
