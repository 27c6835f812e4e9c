"""The calls to the Open API of Zalo Official Accounts, version 3, that are used here.

Errors come as HTTP 200 with a negative `error`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.zalo.client import Client
from bot.channels.zalo.errors import BusyError, TokenError, UnreachableError, ZaloError
from bot.channels.zalo.tokens import Tokens
from bot.message import Attachment

MESSAGE = "/v3.0/oa/message/cs"
UPLOAD = "/v2.0/oa/upload"
BAD_PARAMETER = -201
_KINDS: Mapping[int, type[ZaloError]] = {
    -216: TokenError,
    -220: TokenError,
    -213: UnreachableError,
    -230: UnreachableError,
    -232: UnreachableError,
    -32: BusyError,
}


class OfficialAccountApi:
    """One Official Account.

    Args:
        client: posts.
        api_url: address of the Open API.
        tokens: of the account.
    """

    def __init__(self, client: Client, api_url: str, tokens: Tokens) -> None:
        self._client = client
        self._base = api_url
        self._tokens = tokens

    async def send(self, person: str, message: Mapping[str, Any], tries: int) -> None:
        """Write to a person.

        Args:
            person: the user's id at this account.
            message: `text`, `attachment` as the API takes them.
            tries: how often at most; 0 is as often as there is patience.

        Raises:
            UnreachableError: the person cannot be written to now.
            ZaloError: refused, or not to be had however often it was tried.
        """
        body = {"recipient": {"user_id": person}, "message": message}
        await self._call(MESSAGE, tries, repeatable=False, json=body)

    async def upload(self, kind: str, attachment: Attachment, tries: int) -> Mapping[str, Any]:
        """Give Zalo a picture or a file and return what it is called there.

        Args:
            kind: "image" or "file".
            attachment: what to give.
            tries: as in `send`.
        """
        file = (attachment.name, attachment.data, attachment.media_type)
        body = await self._call(f"{UPLOAD}/{kind}", tries, files={"file": file})
        data = body.get("data")
        return data if isinstance(data, dict) else {}

    async def _call(self, path: str, tries: int, **content: Any) -> Mapping[str, Any]:
        token = await self._tokens.current()
        try:
            return await self._post(path, tries, token, content)
        except TokenError:
            token = await self._tokens.renewed(token)
            return await self._post(path, tries, token, content)

    async def _post(
        self, path: str, tries: int, token: str, content: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        headers = {"access_token": token}
        body: Mapping[str, Any] = await self._client.post(
            self._base + path, judge, tries=tries, headers=headers, **content
        )
        return body


def judge(status: int, body: Mapping[str, Any]) -> ZaloError | None:
    """Say what is wrong with a reply, None where it is a result."""
    code = body.get("error")
    if isinstance(code, int) and code in _KINDS:
        return _KINDS[code](code)
    if status == 429 or status >= 500:
        return BusyError(status)
    if isinstance(code, int) and code:
        return ZaloError(code)
    if code == 0:
        return None
    kind = BusyError if status == 200 else ZaloError
    return kind(status, "no answer of Zalo's")
