"""Documents that a keeper sends: fetched from Telegram and nowhere else, then read."""

from __future__ import annotations

import re

from telegram import Document
from telegram.error import BadRequest, TelegramError

from bot.channels.fetching import FetchError, TooLargeError, fetched
from bot.channels.telegram.client import Bot
from bot.channels.telegram.retrying import carried
from bot.keeping.reading import ReadFile, safe_name
from bot.service import Service

LARGEST = 20_000_000  # bytes that a bot may download, https://core.telegram.org/bots/api#getfile
TRIES = 3
_PATH = re.compile(r"[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*(?:\.[A-Za-z0-9_-]+)*")


class Files:
    """Fetches and reads documents.

    Args:
        service: reads.
        bot: asks Telegram where a document lies.
        files_url: where Telegram's files are, with the token.
    """

    def __init__(self, service: Service, bot: Bot, files_url: str) -> None:
        self._service = service
        self._bot = bot
        self._files_url = files_url
        self._texts = service.texts.keeping

    async def read(self, document: Document) -> ReadFile:
        """Return a document as it was read, or why it was not."""
        name = document.file_name or ""
        if (document.file_size or 0) > LARGEST:
            return self._refused(name, self._texts.too_large)
        try:
            data = await self._fetched(document.file_id)
        except TooLargeError:
            return self._refused(name, self._texts.too_large)
        except BadRequest as error:
            large = "too big" in error.message
            return self._refused(name, self._texts.too_large if large else self._texts.unreachable)
        except (FetchError, TelegramError):
            return self._refused(name, self._texts.unreachable)
        return await self._service.read_sent(name, data)

    async def _fetched(self, file_id: str) -> bytes:
        file = await carried(lambda: self._bot.get_file(file_id), repeatable=True, tries=TRIES)
        # The library leaves the path of a file that exists on this machine as it is.
        base, _, path = (file.file_path or "").partition(f"{self._files_url}/")
        if base or not _PATH.fullmatch(path):
            raise FetchError("no path of Telegram's")
        return await fetched(f"{self._files_url}/{path}", LARGEST)

    def _refused(self, name: str, why: str) -> ReadFile:
        return ReadFile(safe_name(name), "", "", why)
