"""`/start`: a greeting, or what a deep link opens."""

from __future__ import annotations

from bot.context import Context
from bot.links import DOCUMENT, link_of_document, question_of_link
from bot.message import Choice, Reply, Status
from bot.steps.list_documents import document_reply
from bot.steps.offer import offer
from bot.steps.rating import start_by_code


def start(context: Context) -> Reply | None:
    """Greet, or go on with the question, the document or the rating of the link."""
    parameter = context.text
    rated = start_by_code(context, parameter)
    if rated is not None:
        return rated
    question = question_of_link(parameter)
    if question is not None:
        context.command, context.text = None, " ".join(question.split())
        return None
    if parameter.startswith(DOCUMENT):
        for indexed in context.tools.searcher.index.documents:
            if link_of_document(indexed.id) == parameter:
                return document_reply(context, indexed)
    return greet(context)


def greet(context: Context) -> Reply:
    """Return the greeting: what can be asked, what is kept, four ways to begin."""
    texts = context.tools.texts.start
    count = len(context.tools.searcher.index.documents)
    knows = texts.knows if context.tools.national is None else texts.knows_national
    heading = f"{texts.greeting}\n\n{knows.format(count=count)}\n\n{texts.keeps}"
    labels = (
        (texts.procedures, "/thutuc"),
        (texts.targets, "/chitieu"),
        (texts.place, "/diaphuong"),
        (texts.rating, "/danhgia"),
    )
    choices = tuple(Choice(str(i), *label) for i, label in enumerate(labels, 1))
    return offer(context, Status.SMALLTALK, heading, choices)


def show_help(context: Context) -> Reply:
    """Return how to ask, and the commands."""
    texts = context.tools.texts
    menu = (f"/{name} – {description}" for name, description in texts.commands.menu())
    return Reply(Status.SMALLTALK, "\n".join([texts.chat.help.strip("\n"), "", *menu]))
