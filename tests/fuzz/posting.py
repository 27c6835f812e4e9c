"""Fuzzing what is posted: the webhooks of all messengers, service events, questions by API.

Every message is signed as it has to be, unless the signature is what is made up: what comes behind
it is to hold without it. What a webhook takes is also worked off, and must not fail there.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar
from unittest.mock import patch

from hypothesis import strategies as st
from sqlite_utils import Database
from starlette.applications import Starlette
from starlette.routing import Route
from telegram.request import BaseRequest

import bot.channels.telegram.client as telegram_client
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.webhook import HEADER
from bot.channels.web.api import AskApi
from bot.channels.web.asking import Asking
from bot.channels.zalo.bot_platform import SECRET_HEADER, ZaloBotChannel
from bot.channels.zalo.events import Event
from bot.channels.zalo.keys import Keys
from bot.channels.zalo.official_account import PATH, SIGNATURE_HEADER, ZaloOfficialAccountChannel
from bot.channels.zalo.tokens import App
from bot.channels.zalo.webhook import mac_of
from bot.inbox import Delivery
from bot.message import Action, Choice, Message, Reply, Status
from bot.ratings.desk import RatingDesk
from bot.ratings.event_routes import PATH as EVENTS
from bot.ratings.event_routes import SENT_AT, SIGNATURE, event_routes
from bot.ratings.events import sign
from bot.streams import readable
from config.channels import load_channels
from config.texts import load_texts
from knowledge.places import Places
from tests.fuzz import posted
from tests.fuzz.asgi import Answered, post
from tests.fuzz.checks import Check, Checks
from tests.fuzz.inputs import bodies

T = TypeVar("T")

SECRET = b"khoa"
JSON = {"content-type": b"application/json"}
MOST = 250_000  # bytes of what is said of one post
CONFIGURED = (
    '[server]\npublic_url = "https://cchc.example"\n'
    "[telegram]\nwebhook = true\n[zalo_bot]\nwebhook = true\n"
)

#: Whether a post carries the right secret; where it does not, what stands in its place.
secrets = st.none() | st.binary(max_size=40)


class Posts(Checks):
    """Everything that listens for posts, over an assistant that says back what it heard.

    Args:
        folder: an empty one.

    Attributes:
        caught: what an update of Telegram's made go wrong → how often.
    """

    def __init__(self, folder: Path) -> None:
        self.caught: Counter[str] = Counter()
        self._loop = asyncio.new_event_loop()
        service: Any = _Service(folder)
        with (
            patch.object(telegram_client, "_Calling", _Silent),
            patch.object(telegram_client, "_Limits", _Unlimited),
        ):
            self._telegram = TelegramChannel(service, "1:made-up")
        self._run(self._telegram._bot.initialize())
        self._run(self._telegram._blocked.load())
        self._taken: list[Any] = []
        self._telegram._webhook._take = self._take
        self._telegram._webhook.is_open = True
        client: Any = _Client()
        self._bot = ZaloBotChannel(service, "made-up", client)
        keys = Keys(App("1", "made-up", "made-up"), "khoa")
        self._account = ZaloOfficialAccountChannel(service, keys, client)
        for channel in (self._bot, self._account):
            channel._deliveries.take = self._take  # type: ignore[method-assign]
        self._ratings = RatingDesk.open(folder, service.application.store.db)
        api = AskApi(Asking(service.reply), service.texts, service.places, ())
        self._app = Starlette(
            routes=[
                *self._telegram.routes,
                *self._bot.routes,
                *self._account.routes,
                *event_routes(self._ratings, service.with_application, SECRET.decode()),
                Route("/api/ask", api),
            ]
        )

    def checks(self) -> Mapping[str, Check]:
        return {
            "telegram": Check(self.telegram, (bodies(posted.TELEGRAM), secrets)),
            "zalo_bot": Check(self.zalo_bot, (bodies(posted.ZALO_BOT), secrets)),
            "zalo_oa": Check(self.zalo_oa, (bodies(posted.ZALO_OA), secrets)),
            "events": Check(self.event, (bodies(posted.EVENTS), secrets)),
            "api": Check(self.ask, (bodies(posted.QUESTIONS),)),
        }

    def close(self) -> None:
        self._loop.close()

    def telegram(self, body: bytes, forged: bytes | None) -> None:
        """Deliver an update of Telegram's."""
        hook = self._telegram._webhook
        secret = hook.secret.encode() if forged is None else forged
        status = self._post(hook.path, body, {HEADER.lower(): secret}).status
        delivery = self._only_taken_with(status, forged)
        if delivery is not None:
            assert isinstance(delivery, Delivery)
            _storable(delivery.id, delivery.body)
            try:
                self._run(self._telegram._work(delivery.body))
            except Exception as error:
                # Of a form that Telegram never gives; logged as a failed update and put away.
                self.caught[f"{type(error).__name__}: {error}"[:60]] += 1

    def zalo_bot(self, body: bytes, forged: bytes | None) -> None:
        """Deliver an update of the Zalo Bot Platform."""
        secret = self._bot._secret.encode() if forged is None else forged
        (route,) = self._bot.routes
        assert isinstance(route, Route)
        status = self._post(route.path, body, {SECRET_HEADER.lower(): secret}).status
        self._answered(self._bot._answer, self._only_taken_with(status, forged))

    def zalo_oa(self, body: bytes, forged: bytes | None) -> None:
        """Deliver an event of a Zalo Official Account."""
        mac = mac_of("1", body, _timestamp(body), "khoa").encode() if forged is None else forged
        status = self._post(PATH, body, {SIGNATURE_HEADER.lower(): mac}).status
        self._answered(self._account._answer, self._only_taken_with(status, forged))

    def event(self, body: bytes, forged: bytes | None) -> None:
        """Send news of a case; what is refused changes nothing."""
        before = self._ratings.db.conn.total_changes
        sent_at = str(int(time.time()))
        signature = sign(SECRET, sent_at, body).encode() if forged is None else forged
        headers = {SENT_AT: sent_at.encode(), SIGNATURE: signature}
        answered = self._post(EVENTS, body, headers)
        assert answered.status in (200, 201, 400, 401, 409, 413, 422)
        json.loads(answered.body)
        if answered.status not in (200, 201):
            assert self._ratings.db.conn.total_changes == before
        else:
            assert forged is None

    def ask(self, body: bytes) -> None:
        """Ask by API."""
        answered = self._post("/api/ask", body, {})
        assert answered.status in (200, 400, 413)
        assert isinstance(json.loads(answered.body), dict)

    def _post(self, path: str, body: bytes, headers: Mapping[str, bytes]) -> Answered:
        self._taken.clear()
        answered = self._run(post(self._app, path, body, {**JSON, **headers}))
        assert len(answered.body) < MOST
        return answered

    def _only_taken_with(self, status: int, forged: bytes | None) -> Any:
        """Return what was taken: nothing that was refused, and nothing without the secret."""
        assert status in (200, 400, 403, 413), status
        assert status == 200 or not self._taken
        assert forged is None or not self._taken
        return self._taken[0] if self._taken else None

    def _answered(self, answer: Callable[[Event], Any], event: Event | None) -> None:
        if event is not None:
            _storable(event.id, event.person, event.text)
            self._run(answer(event))

    async def _take(self, taken: Any) -> bool:
        self._taken.append(taken)
        return True

    def _run(self, work: Any) -> Any:
        return self._loop.run_until_complete(work)


class _Service:
    """The service, whose assistant says back what it heard."""

    def __init__(self, folder: Path) -> None:
        overrides = folder / "config"
        overrides.mkdir(parents=True)
        (overrides / "channels.toml").write_text(CONFIGURED, encoding="utf-8")
        self.channels = load_channels(overrides)
        self.texts = load_texts()
        self.places = Places.load()
        store = SimpleNamespace(db=Database(memory=True))
        self.application = SimpleNamespace(home=folder, store=store)

    async def with_application(self, work: Callable[..., T], *args: Any) -> T:
        return work(*args)

    async def keeps(self, user: str) -> bool:
        return False

    async def reply(self, message: Message) -> Reply:
        _storable(message.user)
        heard = readable(message.text)
        choices = (Choice("1", heard[:60] or "1", "một"),)
        said = f"Bạn hỏi: {heard}"
        return Reply(Status.CLARIFY, said, choices=choices, actions=(Action("sai", "Sai"),))

    reply_afresh = reply


class _Silent(BaseRequest):
    """Telegram, which takes everything."""

    def __init__(self, **_: Any) -> None:
        self.read_timeout = 1.0

    async def initialize(self) -> None:
        """Nothing is opened."""

    async def shutdown(self) -> None:
        """Nothing was opened."""

    @property
    def read_timeout(self) -> float:
        return 1.0

    @read_timeout.setter
    def read_timeout(self, _: float) -> None:
        """It never waits."""

    async def do_request(self, url: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        result = posted.RESULTS.get(url.rpartition("/")[2], True)
        return 200, json.dumps({"ok": True, "result": result}).encode()


class _Unlimited(telegram_client._Limits):
    async def process_request(
        self, callback: Any, args: Any, kwargs: Any, *_: Any, **__: Any
    ) -> Any:
        return await callback(*args, **kwargs)


class _Client:
    """Zalo's servers, which take everything."""

    async def post(self, url: str, *_: Any, **__: Any) -> Mapping[str, Any]:
        return {"ok": True, "error": 0, "access_token": "a", "data": {}, "result": {}}


def _storable(*texts: str) -> None:
    for text in texts:
        text.encode("utf-8")


def _timestamp(body: bytes) -> str:
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    return str(read.get("timestamp", "")) if isinstance(read, dict) else ""
