"""When the sheets of the national procedures are asked: where one is meant, and after the home."""

from __future__ import annotations

from bot.context import Context
from index.searcher import Hit
from index.text import fold

PROCEDURES = "thutuc"  # the command whose question is answered by procedures alone
WORD = "thu tuc"

# What a sheet must reach for a question that need not be about a procedure; chosen on the
# development sets (docs/evaluation.md).
SURE = 0.7  # confidence
NAMED = 0.5  # share of the question that the name of the procedure says


def go_over_to_sheets(context: Context) -> None:
    """Search the sheets alone where one of them is chosen, talked about or asked for by code."""
    national = context.tools.national
    if national is None:
        return
    codes = [m.code.number for m in context.asked.codes if m.code.is_procedure]
    meant = [context.about] if context.about else codes
    if any(national.holds(name) for name in meant):
        context.tools = national.tools(context.tools)


def may_ask_sheets(context: Context) -> bool:
    """Say whether a question that the home does not answer may be one on another procedure."""
    if context.about is not None:
        return False
    question = context.asked
    return bool(
        context.command == PROCEDURES or question.intents or WORD in fold(question.understood)
    )


def sheet_answers(context: Context, best: Hit) -> bool:
    """Say whether the best sheet is sure enough; surer where nobody spoke of a procedure."""
    if context.command == PROCEDURES or best.document.id == context.favoured:
        return best.confidence >= context.tools.settings.threshold
    return best.confidence >= SURE and best.features["named"] >= NAMED
