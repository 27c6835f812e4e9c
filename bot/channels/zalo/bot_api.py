"""The methods of the Zalo Bot Platform that are used here.

The HTTP status is not reliable there (a wrong token comes as 200); `ok` in the body decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

from bot.channels.zalo.client import Client
from bot.channels.zalo.errors import BusyError, TokenError, UnreachableError, ZaloError

POLL_SECONDS = 30
NO_NEWS = 408
_KINDS: Mapping[int, type[ZaloError]] = {
    401: TokenError,
    403: UnreachableError,
    NO_NEWS: BusyError,
    429: BusyError,
}


class BotApi:
    """One bot.

    Args:
        client: posts.
        api_url: address of the platform.
        token: of the bot; part of every address.
        poll_seconds: how long Zalo may wait for a message before it says that there is none.
    """

    def __init__(
        self, client: Client, api_url: str, token: str, poll_seconds: float = POLL_SECONDS
    ) -> None:
        self._client = client
        self._base = f"{api_url}/bot{token}"
        self._poll_seconds = poll_seconds

    async def call(
        self,
        method: str,
        parameters: Mapping[str, Any] | None = None,
        tries: int = 0,
        *,
        repeatable: bool = True,
    ) -> Any:
        """Return the result of a method.

        Args:
            method: its name.
            parameters: what it takes.
            tries: how often at most; 0 is as often as there is patience.
            repeatable: whether doing it twice is the same as doing it once.

        Raises:
            ZaloError: refused, or not to be had however often it was tried.
        """
        body = await self._client.post(
            f"{self._base}/{method}",
            judge,
            tries=tries,
            repeatable=repeatable,
            json=dict(parameters or {}),
        )
        return body.get("result")

    async def update(self) -> object | None:
        """Wait for the next update; None where nothing came.

        Raises:
            ZaloError: as in `call`; nothing is tried twice.
        """
        timeout = httpx.Timeout(30, read=self._poll_seconds + 15)
        parameters = {"timeout": self._poll_seconds}
        try:
            body = await self._client.post(
                f"{self._base}/getUpdates", judge, tries=1, json=parameters, timeout=timeout
            )
        except BusyError as error:
            if error.code == NO_NEWS:
                return None
            raise
        return body.get("result") or None

    async def send(self, person: str, text: str, tries: int) -> None:
        """Write to a person.

        Args:
            person: id of the chat.
            text: 1 to 2000 characters.
            tries: as in `call`.
        """
        said = {"chat_id": person, "text": text}
        await self.call("sendMessage", said, tries, repeatable=False)


def judge(status: int, body: Mapping[str, Any]) -> ZaloError | None:
    """Say what is wrong with a reply, None where it is a result."""
    if body.get("ok") is True:
        return None
    code = body.get("error_code")
    if not isinstance(code, int):
        if status == 200:
            return BusyError(status, "no answer of Zalo's")
        code = status
    kind = BusyError if code >= 500 else _KINDS.get(code, ZaloError)
    return kind(code)
