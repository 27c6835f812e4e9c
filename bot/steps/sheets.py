"""When the sheets of the national procedures are asked: where one is meant, and after the home."""

from __future__ import annotations

from bot.context import Context
from index.question import Question
from index.searcher import Hit
from index.text import fold

PROCEDURES = "thutuc"  # the command whose question is answered by procedures alone
WORD = "thu tuc"

# What a sheet must reach for a question that need not be about a procedure; chosen on the
# development sets (docs/evaluation.md).
SURE = 0.82  # confidence
SURE_OF_NAME = 0.7  # the same where the question is nothing but a name
NAMED = 0.5  # share of the question that the name of the procedure says
#: The same where the question is nothing but a name ("đăng ký kết hôn"), or names a place, of which
#: a national sheet says nothing.
WHOLE = 0.8


def go_over_to_sheets(context: Context) -> None:
    """Search the sheets alone where one of them was chosen or is talked about."""
    national = context.tools.national
    if national is not None and national.holds(context.about):
        context.tools = national.tools(context.tools)


def code_is_missed(context: Context) -> bool:
    """Say whether the code of a procedure is asked for that the best hit neither has nor names."""
    return _asks_for_code(context) and not (context.hits and context.hits[0].features["code_match"])


def named_elsewhere(context: Context) -> bool:
    """Say whether nothing is asked but a name, and the best hit does not go by it."""
    if not only_names(context.asked) or context.about is not None:
        return False
    return not (context.hits and context.hits[0].features["named"] >= WHOLE)


def only_names(question: Question) -> bool:
    """Say whether a question names something without asking anything about it."""
    return not (question.intents or question.answers or question.codes)


def may_ask_sheets(context: Context) -> bool:
    """Say whether a question that the home does not answer may be one on another procedure."""
    if context.about is not None:
        return False
    question = context.asked
    return bool(
        context.command == PROCEDURES
        or _asks_for_code(context)
        or question.intents
        or WORD in fold(question.understood)
        or only_names(question)
    )


def sheet_answers(context: Context, best: Hit) -> bool:
    """Say whether the best sheet is sure enough; surer where nobody spoke of a procedure."""
    if _asks_for_code(context):
        return best.features["code_match"] > 0
    if context.command == PROCEDURES or best.document.id == context.favoured:
        return best.confidence >= context.tools.settings.threshold
    mere = only_names(context.asked)
    sure = SURE_OF_NAME if mere else SURE
    named = WHOLE if mere or context.asked.places else NAMED
    return best.confidence >= sure and best.features["named"] >= named


def sheet_is_nearer(context: Context, best: Hit) -> bool:
    """Say whether the best sheet, not sure enough to answer, is nearer than what the home has."""
    if not context.hits:
        return True
    return best.features["named"] >= NAMED and best.confidence > context.hits[0].confidence


def _asks_for_code(context: Context) -> bool:
    return any(mention.code.is_procedure for mention in context.asked.codes)
