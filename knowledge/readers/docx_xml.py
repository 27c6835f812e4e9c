"""Names and small questions of WordprocessingML that the Word reader's parts share."""

from __future__ import annotations

from typing import Any

_NAMESPACE = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def w(name: str) -> str:
    """Return the qualified name of a WordprocessingML element or attribute."""
    return _NAMESPACE + name


def child(element: Any, *names: str) -> Any:
    """Follow child elements by name from an element; None where one is missing."""
    for name in names:
        if element is None:
            return None
        element = element.find(w(name))
    return element


def value(element: Any, *names: str) -> str | None:
    """Return the `w:val` of the child element reached by names, or None."""
    found = child(element, *names)
    return None if found is None else found.get(w("val"))


def is_on(properties: Any, name: str) -> bool | None:
    """Tell whether a switch such as `w:b` is set; None where it is not mentioned."""
    switch = child(properties, name)
    if switch is None:
        return None
    return switch.get(w("val")) not in ("0", "false", "off", "none")
