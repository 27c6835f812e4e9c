"""What browsers are told with every response: what may run, who may frame, what may be kept."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

NEVER_KEPT = "no-store"
ASKED_AGAIN = "no-cache"
KEPT_FOR_EVER = "public, max-age=31536000, immutable"
KEPT_FOR_AN_HOUR = "public, max-age=3600"

_COMMON = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_NOTHING = "default-src 'none'; frame-ancestors 'none'"
_UNUSED = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")


def page_headers(embed_origins: Sequence[str], style: str, script: str) -> dict[str, str]:
    """Return the headers of the page.

    Args:
        embed_origins: pages that may hold it in a frame.
        style: the style sheet that stands in it; no other is taken.
        script: the script that stands in it; no other is run but those of this server.
    """
    policy = (
        "default-src 'none'",
        f"script-src 'self' {_digest(script)}",
        f"style-src {_digest(style)}",
        "img-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        " ".join(("frame-ancestors 'self'", *embed_origins)),
        # Text can never become markup, not even by a mistake in the script.
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
    headers = {
        **_COMMON,
        "Content-Security-Policy": "; ".join(policy),
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _UNUSED),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cache-Control": ASKED_AGAIN,
    }
    if not embed_origins:
        headers["X-Frame-Options"] = "SAMEORIGIN"
    return headers


def _digest(content: str) -> str:
    digest = hashlib.sha256(content.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def file_headers(cache: str, *, for_others: bool = False) -> dict[str, str]:
    """Return the headers of a file.

    Args:
        cache: how long it may be kept.
        for_others: whether pages of other origins load it.
    """
    return {
        **_COMMON,
        "Content-Security-Policy": _NOTHING,
        "Cross-Origin-Resource-Policy": "cross-origin" if for_others else "same-origin",
        "Cache-Control": cache,
    }


def api_headers(origin: str | None, allowed: Sequence[str]) -> dict[str, str]:
    """Return the headers of an answer of the API.

    Args:
        origin: the page that asks, as its browser says; None outside browsers.
        allowed: pages of other origins whose scripts may read the answer.
    """
    headers = {
        **_COMMON,
        "Content-Security-Policy": _NOTHING,
        "Cache-Control": NEVER_KEPT,
        "Vary": "Origin",
    }
    if origin is not None and origin in allowed:
        headers["Access-Control-Allow-Origin"] = origin
    return headers


def preflight_headers(origin: str | None, allowed: Sequence[str]) -> dict[str, str]:
    """Return the headers that answer a browser's question whether a page may post.

    Args:
        origin, allowed: as for `api_headers`.
    """
    headers = api_headers(origin, allowed)
    if "Access-Control-Allow-Origin" in headers:
        headers["Access-Control-Allow-Methods"] = "POST"
        headers["Access-Control-Allow-Headers"] = "content-type"
        headers["Access-Control-Max-Age"] = "3600"
    return headers
