"""What is sent to people unasked, and the boxes that it is taken out of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Parcel:
    """One message to one person.

    Attributes:
        id: names it within its box.
        user: to whom, as in `Message.user`.
        text: what it says.
    """

    id: int
    user: str
    text: str


class Outbox(Protocol):
    """A box of messages to send; several processes may empty it, each message is sent once."""

    def take(self) -> Parcel | None:
        """Return the next message that is due, marked as under way; None where there is none."""
        ...

    def sent(self, parcel: Parcel) -> None:
        """Note that a message arrived."""
        ...

    def unreachable(self, parcel: Parcel) -> None:
        """Note that the person cannot be reached."""
        ...

    def failed(self, parcel: Parcel) -> None:
        """Note that a message certainly was not sent and may be tried again."""
        ...

    def expire(self) -> None:
        """Erase what is too old to be sent."""
        ...
