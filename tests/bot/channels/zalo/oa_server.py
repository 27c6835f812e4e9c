"""A local Zalo for Official Accounts: token renewal, messages, uploads, and signed deliveries.

Tokens rotate as at the real one: a refresh token buys one new pair, and the old pair dies at once.
Refusals of messages come as HTTP 200 with a negative `error`.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections import deque
from collections.abc import Callable, Mapping
from email import message_from_bytes
from typing import Any
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"


class OaError(Exception):
    """An error of the Open API."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


class OpenApi:
    """The server.

    Attributes:
        sent: (user id, message) of all messages that were accepted.
        renewals: how many pairs were given out.
        before_reply: called when a new pair was made and before it is sent.
        next_failures: what the next messages meet: an OaError or a Response.
    """

    def __init__(self) -> None:
        self.app_id, self.secret, self.key = "APP", "app-secret", "OASECRET"
        self.access, self.refresh = "access-0", "refresh-0"
        self.expired: set[str] = set()
        self.expires_in: Any = "90000"
        self.sent: list[tuple[str, dict[str, Any]]] = []
        self.followers: set[str] = {"186729", "77"}
        self.silent: set[str] = set()
        self.renewals = 0
        self.uploads: dict[str, tuple[str, bytes]] = {}
        self.before_reply: Callable[[], None] = lambda: None
        self.next_failures: deque[OaError | Response] = deque()
        self._number = 0
        post = ["POST"]
        self.app = Starlette(
            routes=[
                Route("/v4/oa/access_token", self._renew, methods=post),
                Route("/v3.0/oa/message/cs", self._message, methods=post),
                Route("/v2.0/oa/upload/{kind}", self._upload, methods=post),
            ]
        )

    def texts(self, person: str = "186729") -> list[str]:
        """Return the texts that a person was sent."""
        return [message.get("text", "") for user, message in self.sent if user == person]

    def event(self, text: str = "", person: str = "186729", **changed: Any) -> dict[str, Any]:
        """Return a delivery with a new message; `changed` replaces fields of it."""
        self._number += 1
        return {
            "app_id": self.app_id,
            "sender": {"id": person},
            "recipient": {"id": "388613280878808645"},
            "user_id_by_app": "552177279717587730",
            "event_name": "user_send_text",
            "message": {"text": text, "msg_id": f"w{self._number}"},
            "timestamp": str(int(time.time() * 1000)),
            **changed,
        }

    def follow(self, name: str, person: str = "186729") -> dict[str, Any]:
        """Return the delivery of somebody who comes or goes."""
        self._number += 1
        return {
            "app_id": self.app_id,
            "oa_id": "388613280878808645",
            "follower": {"id": person},
            "user_id_by_app": "552177279717587730",
            "event_name": name,
            "source": "oa_profile",
            "timestamp": str(int(time.time() * 1000) + self._number),
        }

    def signed(self, event: Mapping[str, Any]) -> tuple[bytes, dict[str, str]]:
        """Return the body and the headers of a delivery."""
        body = json.dumps(event, ensure_ascii=False).encode()
        whole = f"{self.app_id}{body.decode()}{event['timestamp']}{self.key}"
        mac = hashlib.sha256(whole.encode()).hexdigest()
        headers = {"X-ZEvent-Signature": f"mac={mac}", "Content-Type": "application/json"}
        return body, headers

    async def _renew(self, request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode()))
        if request.headers.get("secret_key") != self.secret or form.get("app_id") != self.app_id:
            return _refusal(-14003, "Invalid secret key")
        if form.get("grant_type") != "refresh_token":
            return _refusal(-14002, "Invalid grant type")
        if form.get("refresh_token") != self.refresh:
            return _refusal(-14014, "Invalid refresh token")
        self.renewals += 1
        self.access, self.refresh = f"access-{self.renewals}", f"refresh-{self.renewals}"
        self.before_reply()
        return JSONResponse(
            {
                "access_token": self.access,
                "refresh_token": self.refresh,
                "expires_in": self.expires_in,
            }
        )

    async def _message(self, request: Request) -> Response:
        try:
            self._authorize(request)
            if self.next_failures:
                failure = self.next_failures.popleft()
                if isinstance(failure, OaError):
                    raise failure
                return failure
            body = json.loads(await request.body())
            person, message = body["recipient"]["user_id"], body["message"]
            if not isinstance(person, str):
                raise OaError(-201, "user_id is invalid")
            if person not in self.followers:
                raise OaError(-213, "User has not followed OA")
            if person in self.silent:
                raise OaError(-230, "User has not interacted with the OA in the past 7 days")
            self._check(message)
        except OaError as error:
            return JSONResponse({"error": error.code, "message": str(error)})
        self.sent.append((person, message))
        self._number += 1
        data = {"message_id": f"s{self._number}", "user_id": person, "sent_time": "1626926349402"}
        return JSONResponse({"data": data, "error": 0, "message": "Success"})

    async def _upload(self, request: Request) -> Response:
        try:
            self._authorize(request)
            kind = request.path_params["kind"]
            name, data = _file(request.headers["content-type"], await request.body())
            if kind == "image" and not data.startswith((PNG, JPEG)):
                raise OaError(-201, "image is invalid")
            if kind == "file" and not name.endswith((".pdf", ".doc", ".docx")):
                raise OaError(-201, "file is invalid")
        except OaError as error:
            return JSONResponse({"error": error.code, "message": str(error)})
        self._number += 1
        given = f"u{self._number}"
        self.uploads[given] = (name, data)
        key = "attachment_id" if kind == "image" else "token"
        return JSONResponse({"data": {key: given}, "error": 0, "message": "Success"})

    def _authorize(self, request: Request) -> None:
        token = request.headers.get("access_token")
        if token in self.expired:
            raise OaError(-220, "Access token has expired")
        if token != self.access:
            raise OaError(-216, "Access token is invalid")

    def _check(self, message: Mapping[str, Any]) -> None:
        text = message.get("text", "")
        if len(text) > 2000:
            raise OaError(-210, "Text is too long")
        attachment = message.get("attachment")
        if attachment is None:
            if not text:
                raise OaError(-201, "text is empty")
            return
        payload = attachment["payload"]
        if attachment["type"] == "file":
            if payload["token"] not in self.uploads:
                raise OaError(-201, "token is invalid")
            return
        for element in payload.get("elements", []):
            if element["media_type"] != "image" or element["attachment_id"] not in self.uploads:
                raise OaError(-201, "attachment_id is invalid")
        buttons = payload.get("buttons", [])
        if len(buttons) > 5:
            raise OaError(-201, "too many buttons")
        for button in buttons:
            if button["type"] != "oa.query.show" or not 0 < len(button["title"]) <= 100:
                raise OaError(-201, "button is invalid")
            if not 0 < len(button["payload"]) <= 1000:
                raise OaError(-201, "payload is invalid")


def _refusal(code: int, name: str) -> Response:
    return JSONResponse({"error_name": name, "error_description": name, "error": code})


def _file(content_type: str, body: bytes) -> tuple[str, bytes]:
    """Return the name and the content of the field `file` of a multipart body."""
    whole = message_from_bytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    for part in whole.walk():
        if part.get_param("name", header="content-disposition") == "file":
            return part.get_filename() or "", part.get_payload(decode=True) or b""
    raise OaError(-201, "file is missing")
