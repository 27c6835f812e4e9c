"""Paragraph styles of a Word file: outline level, bold, list numbering, with inheritance."""

from __future__ import annotations

import re
from typing import Any

from knowledge.readers.docx_xml import child, is_on, value, w

_HEADING = re.compile(r"heading (\d)$", re.IGNORECASE)
_BODY_LEVEL = 9


class Styles:
    """Answers what a paragraph gets from its style."""

    def __init__(self, element: Any) -> None:
        self._by_id = {style.get(w("styleId")): style for style in element.iterchildren(w("style"))}
        self._default = next(
            (
                style.get(w("styleId"))
                for style in self._by_id.values()
                if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true")
            ),
            None,
        )

    def is_title(self, paragraph: Any) -> bool:
        """Tell whether a paragraph has the style of document titles."""
        return any((value(s, "name") or "").lower() == "title" for s in self._chain(paragraph))

    def heading_level(self, paragraph: Any) -> int:
        """Return a paragraph's heading level from 1 on; 0 where its style makes it no heading."""
        outline = value(paragraph, "pPr", "outlineLvl")
        for style in self._chain(paragraph):
            if outline is None and (match := _HEADING.match(value(style, "name") or "")):
                return int(match[1])
            outline = outline or value(style, "pPr", "outlineLvl")
        if outline is None or not outline.isdigit() or int(outline) >= _BODY_LEVEL:
            return 0
        return int(outline) + 1

    def is_bold(self, paragraph: Any) -> bool:
        """Tell whether a paragraph's style makes its text bold."""
        marks = (is_on(child(style, "rPr"), "b") for style in self._chain(paragraph))
        return next((mark for mark in marks if mark is not None), False)

    def numbering(self, paragraph: Any) -> tuple[str | None, str | None]:
        """Return the list id and the level that a paragraph or its style names."""
        number, level = None, None
        for source in (paragraph, *self._chain(paragraph)):
            properties = child(source, "pPr", "numPr")
            number = number or value(properties, "numId")
            level = level or value(properties, "ilvl")
        return number, level

    def _chain(self, paragraph: Any) -> list[Any]:
        chain: list[Any] = []
        name = value(paragraph, "pPr", "pStyle") or self._default
        while (style := self._by_id.get(name)) is not None and style not in chain:
            chain.append(style)
            name = value(style, "basedOn")
        return chain
