"""The page and the portal's button, filled with the words of `texts.toml`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from html import escape

from config.web_texts import WebTexts

_SLOT = re.compile(r"\{\{(\w+)\}\}")
_EXAMPLE = '<li><button type="button" class="example">{}</button></li>'


@dataclass(frozen=True)
class Within:
    """What stands in the page itself, so that nothing has to be fetched before it can be drawn.

    Attributes:
        style: the style sheet.
        early: the script that runs before the first paint.
    """

    style: str
    early: str


def page(
    template: str, within: Within, texts: WebTexts, title: str, version: str, *, embedded: bool
) -> str:
    """Return the page's HTML.

    Args:
        template: `index.html` with `{{name}}` where words go.
        within: style and script that stand in it.
        texts: the words.
        title: what the assistant is called.
        version: of the files that the page loads.
        embedded: whether it stands in a frame on another page.

    Raises:
        KeyError: the template has a name that there are no words for.
    """
    words = asdict(texts)
    examples = [line for line in texts.examples.splitlines() if line.strip()]
    filled: Mapping[str, str] = {
        **{name: escape(value) for name, value in words.items()},
        **asdict(within),
        "title": escape(title),
        "version": version,
        "mode": "embedded" if embedded else "alone",
        "examples": "\n".join(_EXAMPLE.format(escape(example.strip())) for example in examples),
        "words": _script_json(words),
    }
    return _SLOT.sub(lambda slot: filled[slot[1]], template)


def portal_script(template: str, texts: WebTexts, title: str) -> str:
    """Return the script that puts the button on a portal's page.

    Args:
        template: `embed.js`, with a string in place of its words.
        texts, title: as for `page`.
    """
    words = {"title": title, "open": texts.open, "close": texts.close}
    return template.replace('"{{words}}"', _script_json(words))


def _script_json(words: Mapping[str, str]) -> str:
    """Return JSON that can stand inside of a script element and inside of a script."""
    return json.dumps(words).replace("<", "\\u003c")
