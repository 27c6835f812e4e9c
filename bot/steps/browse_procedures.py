"""`/thutuc`: what to ask, by fields; the procedures of a field; else a question on procedures."""

from __future__ import annotations

from collections.abc import Iterator

from bot.context import Context, Tools
from bot.message import Choice, Reply, Status
from bot.steps.offer import offer
from config.procedures import ProcedurePhrases
from index.documents import IndexedDocument
from index.text import fold
from knowledge.procedures.reading import NEAREST_LEVEL

SHOWN = 8  # procedures of a field
COMMAND = "/thutuc"


class BrowseProcedures:
    """Handles the command where it has no words or the name of a field behind it.

    Args:
        phrases: the fields that are offered.
    """

    def __init__(self, phrases: ProcedurePhrases) -> None:
        self._fields = phrases.fields

    def __call__(self, context: Context) -> Reply | None:
        texts = context.tools.texts.procedures
        wanted = fold(context.text)
        if wanted and wanted not in map(fold, _fields(context.tools)):
            return None
        documents = list(_procedures(context.tools))
        if not context.text:
            known = {document.metadata.field for document in documents}
            choices = tuple(
                Choice(str(i), field, f"{COMMAND} {field}")
                for i, field in enumerate((f for f in self._fields if f in known), 1)
            )
            return offer(context, Status.CLARIFY, texts.browse, choices, texts.browse_how)
        own = [d for d in documents if fold(d.metadata.field or "") == wanted]
        if not own:
            return None
        own.sort(key=_nearness)
        choices = tuple(
            Choice(str(i), _label(d), d.title, d.metadata.code, d.id)
            for i, d in enumerate(own[:SHOWN], 1)
        )
        heading = texts.of_field.format(field=own[0].metadata.field, count=len(own))
        return offer(context, Status.CLARIFY, heading, choices, texts.of_field_how)


def _procedures(tools: Tools) -> Iterator[IndexedDocument]:
    """Yield the procedures of the home, then the sheets of those that it does not hold."""
    yield from (d for d in tools.searcher.index.documents if d.metadata.code)
    if (sheets := tools.sheets()) is not None:
        own = tools.procedures.codes()
        yield from (d for d in sheets.searcher.index.documents if d.id not in own)


def _fields(tools: Tools) -> frozenset[str]:
    """Return the fields of the home's procedures and of the sheets."""
    sheets = tools.sheets()
    return tools.procedures.fields() | (sheets.procedures.fields() if sheets else frozenset())


def _nearness(document: IndexedDocument) -> tuple[bool, int]:
    """Order by what people need: at the commune first, short names first."""
    return NEAREST_LEVEL not in (document.metadata.level or ""), len(document.title)


def _label(document: IndexedDocument) -> str:
    title = document.title.removeprefix("Thủ tục ")
    return title[:1].upper() + title[1:]
