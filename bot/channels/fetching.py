"""Fetching a file from a messenger's own server: bounded, without following where it leads."""

from __future__ import annotations

import asyncio

import httpx

SECONDS = 120.0  # for one file in all
SILENCE = 20.0  # seconds without a byte


class FetchError(Exception):
    """A file could not be fetched."""


class TooLargeError(FetchError):
    """It has more bytes than are taken."""


async def fetched(url: str, largest: int) -> bytes:
    """Return what lies at an address of the messenger's.

    Args:
        url: made by the channel; nothing of it may come from a person.
        largest: bytes at most.

    Raises:
        FetchError: it cannot be had, takes too long, or is too large. The message has no address.
    """
    try:
        async with asyncio.timeout(SECONDS), httpx.AsyncClient(timeout=SILENCE) as client:
            return await _read(client, url, largest)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise FetchError(type(error).__name__) from None


async def _read(client: httpx.AsyncClient, url: str, largest: int) -> bytes:
    data = bytearray()
    # A redirection would lead away from the messenger.
    async with client.stream("GET", url, follow_redirects=False) as answer:
        if answer.status_code != httpx.codes.OK:
            raise FetchError(f"status {answer.status_code}")
        async for piece in answer.aiter_bytes():
            data += piece
            if len(data) > largest:
                raise TooLargeError(str(largest))
    return bytes(data)
