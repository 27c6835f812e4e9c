"""Forms as they are sent: within limits, from a page of ours and nowhere else."""

from __future__ import annotations

import asyncio
import hmac
from urllib.parse import urlsplit

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from config.office_pages import Words

FIELDS = 50
FILES = 10
READ_WITHIN = 30.0  # seconds for a form to arrive
READ_SPEED = 50_000  # bytes a second that a large one has to come with


class FormError(Exception):
    """A form cannot be taken.

    Args:
        status: of HTTP.
        sentence: for its sender.
        typed: the text that was typed, so that it need not be typed again.
    """

    def __init__(self, status: int, sentence: str, typed: str = "") -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.typed = typed


def typed_in(form: FormData) -> str:
    """Return the long text of a form, "" where it has none."""
    text = form.get("text")
    return text if isinstance(text, str) else ""


async def read_form(request: Request, largest: int, words: Words) -> FormData:
    """Return what a form holds.

    Args:
        request: as it came.
        largest: bytes at most.
        words: what is said of one that cannot be read.

    Raises:
        FormError: it is too large, too slow, or no form.
    """
    length = request.headers.get("content-length", "")
    if not length.isascii() or not length.isdigit():
        raise FormError(411, words["no_form"])
    if int(length) > largest:
        raise FormError(413, words["too_large"])
    try:
        async with asyncio.timeout(READ_WITHIN + largest / READ_SPEED):
            return await request.form(
                max_files=FILES, max_fields=FIELDS, max_part_size=min(largest, 1024 * 1024)
            )
    except TimeoutError:
        raise FormError(408, words["too_slow"]) from None
    except (HTTPException, UnicodeDecodeError, KeyError, ValueError):
        raise FormError(400, words["no_form"]) from None


def check_origin(request: Request, public_url: str, words: Words) -> None:
    """Make sure that a form comes from a page of this server.

    Browsers say with every POST which site it comes from. What says nothing is no browser that
    anybody uses today, and is refused as well.

    Args:
        request: as it came.
        public_url: where the server is reached from outside, "" where it is not.
        words: what is said otherwise.

    Raises:
        FormError: it comes from elsewhere.
    """
    origin = request.headers.get("origin", "")
    parts = urlsplit(public_url)
    ours = {f"{parts.scheme}://{parts.netloc}"} if public_url else set()
    host = request.headers.get("host", "")
    ours |= {f"{scheme}://{host}" for scheme in ("http", "https") if host}
    if origin not in ours or request.headers.get("sec-fetch-site", "same-origin") == "cross-site":
        raise FormError(403, words["foreign"])


def check_token(form: FormData, expected: str, words: Words) -> None:
    """Make sure that a form was made for the session that sends it.

    Args:
        form: what was sent.
        expected: what its field `token` has to be.
        words: what is said otherwise.

    Raises:
        FormError: it was made for another one.
    """
    sent = form.get("token")
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise FormError(403, words["stale"], typed_in(form))
