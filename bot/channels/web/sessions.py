"""Whose message it is: sessions that the page makes, and those that other programs bring."""

from __future__ import annotations

import hashlib
import re

CHANNEL = "web"
# What the page draws from the browser's random numbers: 128 bits in hexadecimal digits.
_OF_THE_PAGE = re.compile(r"page-[0-9a-f]{32}")


def user_of(session: str) -> str:
    """Return the `Message.user` of a session.

    A program's sessions and the page's never meet, whatever the program calls its own. Only a
    digest goes on, so that who can read the store cannot take over a conversation.

    Args:
        session: as the request brought it.
    """
    kind = "page" if _OF_THE_PAGE.fullmatch(session) else "api"
    digest = hashlib.sha256(f"{kind}:{session}".encode("utf-8", "surrogatepass")).hexdigest()
    return f"{CHANNEL}:{kind}-{digest[:32]}"
