"""Metadata that people state themselves: front matter of a file, corrections by an official."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from knowledge.document import Metadata
from knowledge.metadata.dates import parse_date, parse_period

_LISTS = ("replaces", "summarises")
_DATES = ("issued_on", "effective_from", "effective_to")
_LONGEST = 300


class MetadataError(ValueError):
    """A stated value that cannot be right; the message is a Vietnamese sentence with the field."""


def stated_values(values: Mapping[str, str]) -> dict[str, Any]:
    """Read the values that a file's front matter states.

    Args:
        values: names and values; names that are no field of `Metadata` are ignored.

    Returns:
        Typed values of the fields; an empty value clears its field.

    Raises:
        MetadataError: a date, period or other value is wrong.
    """
    known = {field.name for field in fields(Metadata)}
    read = {name: _value(name, value) for name, value in values.items() if name in known}
    start, end = read.get("effective_from"), read.get("effective_to")
    if start is not None and end is not None and end < start:
        raise MetadataError("Trường effective_to (ngày hết hiệu lực) phải sau effective_from.")
    return read


def corrected(metadata: Metadata, changes: Mapping[str, str]) -> Metadata:
    """Lay an official's corrections over what is known.

    Args:
        metadata: what is known.
        changes: fields and their new values; an empty value clears a field.

    Returns:
        The corrected metadata.

    Raises:
        MetadataError: there is no such field, or a value is wrong.
    """
    known = [field.name for field in fields(Metadata)]
    for name in changes:
        if name not in known:
            raise MetadataError(f"Không có trường “{name}”; các trường: {', '.join(known)}.")
    changed = replace(metadata, **stated_values(changes))
    start, end = changed.effective_from, changed.effective_to
    if start is not None and end is not None and end < start:
        raise MetadataError("Trường effective_to (ngày hết hiệu lực) phải sau effective_from.")
    return changed


def _value(name: str, value: str) -> Any:
    text = " ".join(unicodedata.normalize("NFC", value).split())
    if name in _LISTS:
        return tuple(part for part in (p.strip() for p in re.split(r"[,;]", text)) if part)
    if not text:
        return None
    if len(text) > _LONGEST:
        raise MetadataError(f"Trường {name} quá dài (tối đa {_LONGEST} ký tự).")
    if name in _DATES:
        day = parse_date(text)
        if day is None:
            raise MetadataError(
                f"Trường {name} phải là một ngày như 2021-11-28 hoặc 28/11/2021, "
                f"không phải “{text}”."
            )
        return day
    if name == "period":
        period = parse_period(text)
        if period is None:
            raise MetadataError(
                "Trường period phải là giai đoạn như 2021-2025 hoặc một năm như 2023, "
                f"không phải “{text}”."
            )
        return period
    return text
