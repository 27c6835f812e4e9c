"""Where an invitation stands."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where an invitation stands; `answered` and `taken_back` are set with the rating."""

    FOLLOWING = "following"  # the case is not done yet
    WAITING = "waiting"
    SENT = "sent"
    REMINDED = "reminded"
    ANSWERED = "answered"
    TAKEN_BACK = "taken_back"
    OVER = "over"
