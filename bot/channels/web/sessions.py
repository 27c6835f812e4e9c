"""Whose message it is and from which device, as far as a browser tells; nothing is readable."""

from __future__ import annotations

import hashlib
import ipaddress
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


def device_of(address: str | None, browser: str) -> str | None:
    """Return a digest for the device that a request came from, None where that is not known.

    A page's sessions are free to make, so what limits misuse is the network's address together
    with the browser: several phones behind one address of an office are mostly told apart. An
    address of this machine is that of a proxy that does not say for whom it asks.

    Args:
        address: of the other side, as text.
        browser: how it calls itself.
    """
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    if parsed.is_loopback:
        return None
    # Who has one IPv6 address has the whole network of it.
    bits = 64 if parsed.version == 6 else 32
    network = ipaddress.ip_network((parsed, bits), strict=False)
    said = f"{network}\n{browser}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(said).hexdigest()[:32]
