"""Procedures by code or by words, for lists."""

from __future__ import annotations

from bot.context import Tools
from index.text import fold
from knowledge.places import NATIONAL
from knowledge.procedures.facts import Procedure


def look_up(tools: Tools, query: str, place: str | None = None) -> list[Procedure]:
    """Return the procedures that fit a query, shortest names first; all by code without one.

    The home's own come first, then the national ones that it does not hold.

    Args:
        tools: what is searched where no name holds all the words.
        query: a code or words.
        place: province; what holds in another one is left out.
    """
    sheets, own = tools.sheets(), tools.procedures.codes()
    known = [*tools.procedures.all()]
    if sheets is not None:
        known += [p for p in sheets.procedures.all() if p.code not in own]
    held = [p for p in known if _holds(p, place, tools)]
    wanted = fold(query).split()
    if not wanted:
        return held
    exact = [p for p in held if fold(query) == p.code]
    named = exact or [p for p in held if all(word in _said(p) for word in wanted)]
    if named:
        phrase = fold(query)
        return sorted(named, key=lambda p: (phrase not in fold(p.name), len(p.name)))
    question = tools.understanding.read(query)
    where = [tools] if sheets is None else [tools, sheets]
    hits = [h for t in where for h in t.searcher.search(question, procedures_only=True)]
    by_document = {p.document: p for p in held}
    found = (by_document.get(hit.document.id) for hit in hits)
    return [p for p in found if p is not None]


def _said(procedure: Procedure) -> str:
    parts = (procedure.code, procedure.name, procedure.field, procedure.level)
    return fold(" ".join(part for part in parts if part))


def _holds(procedure: Procedure, place: str | None, tools: Tools) -> bool:
    if place is None or procedure.place in (None, NATIONAL):
        return True
    return tools.places.covers(place, str(procedure.place))
