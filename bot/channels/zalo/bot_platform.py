"""A bot of the Zalo Bot Platform: one token, answers as plain text, choices by their numbers.

With a webhook Zalo calls us; without, we ask Zalo, which has no way to acknowledge an update there:
polling is for trying things out and for offices without a public address.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from collections.abc import Coroutine, Mapping, Sequence
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.actions import actions_line
from bot.channels.channel import ChannelError
from bot.channels.refusals import Refusals
from bot.channels.zalo.attachments import told
from bot.channels.zalo.bot_api import POLL_SECONDS, BotApi
from bot.channels.zalo.client import SOME, Client
from bot.channels.zalo.deliveries import Deliveries, Turns
from bot.channels.zalo.drawing import texts_of
from bot.channels.zalo.errors import BusyError, TokenError, UnreachableError, ZaloError
from bot.channels.zalo.events import Event, MalformedError, read_bot
from bot.channels.zalo.polling import REST, Polling
from bot.channels.zalo.webhook import RefusedError, answer, parsed, raw_body, same
from bot.message import Message, Reply
from bot.service import Service
from config.zalo_texts import ZaloTexts

TOKEN = "CCHC_ZALO_BOT_TOKEN"
SECRET_HEADER = "X-Bot-Api-Secret-Token"

logger = logging.getLogger(__name__)


class ZaloBotChannel:
    """The bot as a channel.

    Args:
        service: answers.
        token: of the bot.
        client: posts; made for this channel alone.
        poll_seconds: how long Zalo may hold a poll.
        pause: seconds before asking again where an answer came too soon or brought nothing new.
    """

    name = "zalo_bot"

    def __init__(
        self,
        service: Service,
        token: str,
        client: Client,
        poll_seconds: float = POLL_SECONDS,
        pause: float = 1.0,
    ) -> None:
        settings = service.channels.zalo_bot
        self._service = service
        self._client = client
        self._api = BotApi(client, settings.api_url, token, poll_seconds)
        self._webhook = settings.webhook
        # Both follow from the token, so that a restart and a second process know them as well.
        path = f"/zalo/bot/{_derived(token, 'path')[:32]}"
        self._secret = _derived(token, "secret")
        self._url = service.channels.server.public_url + path
        self.routes: Sequence[BaseRoute] = (
            [Route(path, self._receive, methods=["POST"])] if self._webhook else []
        )
        self.refusals = Refusals(self.name)
        self._turns = Turns()
        self._deliveries = Deliveries(self.name, service, self._answer)
        self._polling = Polling(self._api, self._take, self.refusals, pause)
        self._asking: asyncio.Task[None] | None = None

    @classmethod
    def from_environment(
        cls, service: Service, environ: Mapping[str, str]
    ) -> ZaloBotChannel | None:
        """Return the channel, None where no token is set."""
        token = environ.get(TOKEN, "").strip()
        return cls(service, token, Client(secret=token)) if token else None

    async def start(self) -> str:
        """Begin to take in messages; see `Channel.start`."""
        texts = self._service.texts.zalo
        work: Coroutine[Any, Any, None] | None = None
        try:
            if self._webhook:
                await self._register(tries=2)
                state = texts.bot_called
            else:
                await self._api.call("getMe", tries=2)
                state, work = texts.bot_polling, self._polling.run()
        except BusyError:
            state = texts.bot_waiting
            work = self._keep_registering() if self._webhook else self._polling.run()
        except ZaloError as error:
            raise ChannelError(_refusal(error, texts)) from error
        await self._deliveries.resume()
        if work is not None:
            self._asking = asyncio.create_task(work)
        return state

    async def send(self, user: str, reply: Reply) -> bool:
        """Write to a person unasked; see `Channel.send`."""
        try:
            await self._say(user.removeprefix(f"{self.name}:"), reply, SOME)
        except (BusyError, TokenError) as error:
            raise ChannelError(self._service.texts.zalo.bot_later) from error
        except ZaloError:
            return False
        return True

    async def stop(self) -> None:
        """Take nothing new, finish what was begun."""
        if self._asking is not None:
            self._asking.cancel()
            await asyncio.gather(self._asking, return_exceptions=True)
        await self._deliveries.stop()
        await self._client.close()

    async def _receive(self, request: Request) -> Response:
        try:
            if not same(request.headers.get(SECRET_HEADER, ""), self._secret):
                raise RefusedError(403, "wrong or missing secret")
            await self._take(parsed(request, await raw_body(request)))
        except RefusedError as refused:
            self.refusals.note(refused.why)
            return answer(refused.status)
        return answer()

    async def _take(self, body: Mapping[str, Any]) -> bool:
        """Take an update; say whether it was a new one."""
        try:
            event = read_bot(body)
        except MalformedError:
            raise RefusedError(400, "malformed") from None
        if event is None:
            self.refusals.note("not for us")
            return False
        return await self._deliveries.take(event)

    async def _answer(self, event: Event) -> None:
        user = f"{self.name}:{event.person}"
        message = Message(user, event.text, date.today(), sent=event.sent)
        reply = await self._service.reply(message)
        try:
            if reply is not None:
                await self._say(event.person, reply, 1 if event.guarded else 0)
        except BusyError:
            if not event.guarded:
                raise
        except UnreachableError:
            logger.info("%s: a person cannot be reached", self.name)

    async def _say(self, person: str, reply: Reply, tries: int) -> None:
        texts = self._service.texts
        page = self._service.channels.server.public_url
        files = (told(one, texts.zalo, page) for one in reply.attachments)
        async with self._turns.of(person):
            for text in texts_of(reply, *files, actions_line(reply, texts.actions)):
                await self._api.send(person, text, tries)

    async def _register(self, tries: int) -> None:
        parameters = {"url": self._url, "secret_token": self._secret}
        await self._api.call("setWebhook", parameters, tries)

    async def _keep_registering(self) -> None:
        """Set the webhook as soon as Zalo can be reached."""
        while True:
            try:
                await self._register(SOME)
                return
            except ZaloError as error:
                logger.error("%s: the webhook is not set: %s", self.name, error)
            await asyncio.sleep(REST)


def _refusal(error: ZaloError, texts: ZaloTexts) -> str:
    if isinstance(error, TokenError):
        return texts.bot_bad_token.format(variable=TOKEN)
    return texts.bot_refused.format(code=error.code)


def _derived(token: str, purpose: str) -> str:
    return hmac.new(token.encode(), f"cchc zalo {purpose}".encode(), hashlib.sha256).hexdigest()
