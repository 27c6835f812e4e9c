"""Files that a keeper sends to an Official Account: fetched from Zalo's own hosts, then read."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.channels.fetching import FetchError, TooLargeError, fetched
from bot.keeping.reading import ReadFile, safe_name
from bot.service import Service

LARGEST = 20_000_000  # bytes


def is_of_host(url: str, hosts: Sequence[str]) -> bool:
    """Say whether an address is on one of some hosts, by https and nothing beside it.

    Args:
        url: as it came.
        hosts: "example.vn", which stands for all below it as well.
    """
    try:
        parts = urlsplit(url)
        plain = parts.scheme == "https" and parts.port is None and "@" not in parts.netloc
    except ValueError:
        return False
    name = (parts.hostname or "").lower()
    ours = any(name == host or name.endswith(f".{host}") for host in hosts)
    return plain and ours and url.isascii() and url.isprintable() and "\\" not in url


async def read_file(service: Service, name: str, url: str) -> ReadFile:
    """Return a file as it was read, or why it was not.

    Args:
        service: reads.
        name: as its sender calls it.
        url: where Zalo says that it lies; nothing is asked of any other host.
    """
    texts = service.texts.keeping
    if not is_of_host(url, service.channels.zalo_oa.file_hosts):
        return ReadFile(safe_name(name), "", "", texts.office_page)
    try:
        data = await fetched(url, LARGEST)
    except TooLargeError:
        return ReadFile(safe_name(name), "", "", texts.too_large)
    except FetchError:
        return ReadFile(safe_name(name), "", "", texts.unreachable)
    return await service.read_sent(name, data)
