"""A code that people scan or type, and why one cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

PREFIX = "r_"  # before the code in a start parameter
SHORT_PREFIX = "DG"  # before the short form when it is typed


class CodeKind(StrEnum):
    """What a code is for: everyone at a counter, or one case."""

    COUNTER = "counter"
    CASE = "case"


@dataclass(frozen=True)
class Code:
    """A code that holds.

    Attributes:
        id: what it is withdrawn by; in hexadecimal in lists.
        kind: counter or case.
        office, service: their ids.
        expires: last day on which it holds.
    """

    id: bytes
    kind: CodeKind
    office: str
    service: str
    expires: date


class CodeError(Exception):
    """A code cannot be used."""


class ForgedCodeError(CodeError):
    """It is none, or not one of this office's system."""


class ExpiredCodeError(CodeError):
    """Its last day is over."""


class WithdrawnCodeError(CodeError):
    """It was withdrawn."""
