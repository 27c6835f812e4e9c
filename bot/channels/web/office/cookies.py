"""The cookies of the pages for officials: read by the server only, sent to these pages only.

None names a path, so browsers take the folder of the page that sets them, wherever it is mounted.
They are therefore set and deleted by pages that stand directly below `/can-bo/`.
"""

from __future__ import annotations

from starlette.responses import Response

SESSION = "cchc-can-bo"
BEFORE = "cchc-truoc"  # binds the forms of who is not logged in to their browser
KNOWN = "cchc-may"  # says that this browser has got into an account before
KNOWN_FOR = 180 * 24 * 3600  # seconds


def cookie(name: str, secure: bool) -> str:
    """Return the name of a cookie; browsers hold the prefix against how it came."""
    return f"__Secure-{name}" if secure else name


def set_cookie(
    response: Response, name: str, value: str, secure: bool, lasting: int | None = None
) -> None:
    """Let a browser keep a cookie, until it is closed or for `lasting` seconds."""
    response.set_cookie(
        cookie(name, secure),
        value,
        max_age=lasting,
        path=None,
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def delete_cookie(response: Response, name: str, secure: bool) -> None:
    """Let a browser forget a cookie."""
    set_cookie(response, name, "", secure, 0)
