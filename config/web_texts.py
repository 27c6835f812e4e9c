"""The words of the web page and of its API: the tables `[web]` and `[api]` of `texts.toml`."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class WebTexts:
    """The web page, the button that a portal shows, and what the service says of them."""

    tagline: str
    skip: str
    log: str
    you: str
    assistant: str
    examples_title: str
    examples: str
    input: str
    placeholder: str
    send: str
    notice: str
    thinking: str
    waiting: str
    offline: str
    online: str
    unreached: str
    slow: str
    trouble: str
    silent: str
    retry: str
    quote: str
    unfold: str
    fold: str
    choices: str
    actions: str
    attachment: str
    new_window: str
    menu: str
    large: str
    dark: str
    print: str
    clear: str
    clear_question: str
    clear_yes: str
    clear_no: str
    cleared: str
    no_script: str
    open: str
    close: str
    running: str = field(metadata={"slots": ("url",)})


@dataclass(frozen=True)
class ApiTexts:
    """What other programs are told when a request cannot be answered."""

    method: str
    media_type: str
    too_large: str
    too_slow: str
    not_json: str
    not_object: str
    busy: str
    not_found: str
    text: str = field(metadata={"slots": ("limit",)})
    name: str = field(metadata={"slots": ("name", "limit")})
    place: str = field(metadata={"slots": ("place",)})
