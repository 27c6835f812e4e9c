"""Metadata as JSON: the form in which the store and the index keep it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from typing import Any

from knowledge.document import Metadata, Period


def plain(value: Any) -> Any:
    """Return one metadata value as JSON has it: dates as ISO text, periods and lists as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Period):
        return [value.start, value.end]
    return list(value) if isinstance(value, tuple) else value


def dump(metadata: Metadata) -> str:
    """Return `metadata` as one line of JSON, unknown fields left out."""
    values = {f.name: plain(getattr(metadata, f.name)) for f in fields(metadata)}
    return json.dumps({k: v for k, v in values.items() if v}, ensure_ascii=False, sort_keys=True)


def changes(before: Metadata, after: Metadata) -> str:
    """Return, as JSON, the fields in which `after` differs from `before`."""
    changed = {
        f.name: value
        for f in fields(Metadata)
        if (value := plain(getattr(after, f.name))) != plain(getattr(before, f.name))
    }
    return json.dumps(changed, ensure_ascii=False)


def load(text: str, corrections: str = "{}") -> Metadata:
    """Return the metadata in `text` with `corrections` (from `changes`) laid over it."""
    values: dict[str, Any] = json.loads(text) | json.loads(corrections)
    for name in ("issued_on", "effective_from", "effective_to"):
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    if values.get("period"):
        values["period"] = Period(*values["period"])
    for name in ("replaces", "summarises"):
        values[name] = tuple(values.get(name) or ())
    return Metadata(**values)
