"""`/hoi` and the other commands without words: what would you like to ask?"""

from __future__ import annotations

from bot.context import Context
from bot.message import Choice, Reply, Status
from bot.steps.offer import offer


def ask(context: Context) -> Reply | None:
    """Ask what is wanted where a command came without words; else they are the question."""
    if context.text:
        return None
    texts = context.tools.texts.clarify
    return offer(context, Status.CLARIFY, texts.topic, examples(texts.examples), texts.how)


def examples(lines: str) -> tuple[Choice, ...]:
    """Return a choice for each line that is a question."""
    questions = [line.strip() for line in lines.splitlines() if line.strip()]
    return tuple(Choice(str(i), question, question) for i, question in enumerate(questions, 1))
