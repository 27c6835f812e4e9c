"""A Zalo Official Account: signed webhooks, rotating tokens, up to five buttons.

Zalo delivers a tap on a button as ordinary text, without naming the message that it stood under.
So a tap under an older message means the choice of that number in the last one, as typing does.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.actions import actions_line
from bot.channels.channel import ChannelError
from bot.channels.refusals import Refusals
from bot.channels.zalo.attachments import message_with, told
from bot.channels.zalo.client import SOME, Client
from bot.channels.zalo.deliveries import Deliveries, Turns
from bot.channels.zalo.departures import Departures
from bot.channels.zalo.drawing import buttons_of, messages, texts_of
from bot.channels.zalo.errors import BusyError, LostError, TokenError, UnreachableError, ZaloError
from bot.channels.zalo.events import Event, Kind, MalformedError, read_oa
from bot.channels.zalo.files import read_file
from bot.channels.zalo.keys import Keys
from bot.channels.zalo.oa_api import BAD_PARAMETER, OfficialAccountApi
from bot.channels.zalo.token_file import FILE, TokenFile
from bot.channels.zalo.tokens import Tokens
from bot.channels.zalo.webhook import RefusedError, answer, mac_of, parsed, raw_body, same
from bot.message import Message, Reply
from bot.service import Service

PATH = "/zalo/oa"
SIGNATURE_HEADER = "X-ZEvent-Signature"
# Zalo repeats a delivery for two hours at most; the inbox knows its id for three days.
OLDEST = 2 * 24 * 3600.0  # seconds
FRESHEN = 6 * 3600.0  # seconds between two looks at the tokens, so that they never run out unused

T = TypeVar("T")
logger = logging.getLogger(__name__)


class ZaloOfficialAccountChannel:
    """The account as a channel.

    Args:
        service: answers.
        keys: of the account's application.
        client: posts; made for this channel alone.
        clock: seconds since 1970.
    """

    name = "zalo_oa"

    def __init__(
        self,
        service: Service,
        keys: Keys,
        client: Client,
        clock: Callable[[], float] = time.time,
    ) -> None:
        settings = service.channels.zalo_oa
        self._service = service
        self._keys = keys
        self._client = client
        self._clock = clock
        file = TokenFile(service.application.home)
        self._tokens = Tokens(file, keys.app, client, settings.oauth_url, service.texts.zalo, clock)
        self._api = OfficialAccountApi(client, settings.api_url, self._tokens)
        self.routes: Sequence[BaseRoute] = [Route(PATH, self._receive, methods=["POST"])]
        self.refusals = Refusals(self.name)
        self._turns = Turns()
        self._deliveries = Deliveries(self.name, service, self._answer)
        self._freshening: asyncio.Task[None] | None = None

    @classmethod
    def from_environment(
        cls, service: Service, environ: Mapping[str, str]
    ) -> ZaloOfficialAccountChannel | None:
        """Return the channel, None where none of its variables is set.

        Raises:
            ChannelError: only some of them are set.
        """
        begun = (service.application.home / FILE).exists()
        keys = Keys.from_environment(environ, begun, service.texts.zalo)
        return cls(service, keys, Client()) if keys else None

    async def start(self) -> str:
        """Begin to take in messages; see `Channel.start`."""
        texts = self._service.texts.zalo
        state = texts.oa_running
        try:
            await self._tokens.current()
        except LostError as error:
            raise ChannelError(str(error)) from error
        except ZaloError:
            state = texts.oa_waiting
        await self._deliveries.resume()
        self._freshening = asyncio.create_task(self._freshen())
        return state.format(url=self._service.channels.server.public_url + PATH)

    async def send(self, user: str, reply: Reply) -> bool:
        """Write to a person unasked; see `Channel.send`."""
        if await self._with_departures(lambda departures: user in departures):
            return False
        try:
            await self._say(user.removeprefix(f"{self.name}:"), reply, SOME)
        except (BusyError, TokenError) as error:
            raise ChannelError(self._service.texts.zalo.oa_later) from error
        except ZaloError:
            return False
        return True

    async def stop(self) -> None:
        """Take nothing new, finish what was begun."""
        if self._freshening is not None:
            self._freshening.cancel()
            await asyncio.gather(self._freshening, return_exceptions=True)
        await self._deliveries.stop()
        await self._tokens.close()
        await self._client.close()

    async def _receive(self, request: Request) -> Response:
        try:
            data = await raw_body(request)
            event = self._read(request, data)
            if event is not None:
                await self._deliveries.take(event)
        except RefusedError as refused:
            self.refusals.note(refused.why)
            return answer(refused.status)
        return answer()

    def _read(self, request: Request, data: bytes) -> Event | None:
        """Return the event of a delivery that is signed and new enough; None for any other."""
        signature = request.headers.get(SIGNATURE_HEADER, "")
        if not signature:
            # Zalo tries an address without signing when it is saved, and wants to see 200.
            raise RefusedError(200, "not signed")
        body = parsed(request, data)
        timestamp = str(body.get("timestamp", ""))
        if not same(signature, mac_of(self._keys.app.app_id, data, timestamp, self._keys.webhook)):
            raise RefusedError(403, "wrong signature")
        if _seconds(timestamp) < self._clock() - OLDEST:
            raise RefusedError(200, "too old")
        try:
            return read_oa(body)
        except MalformedError:
            raise RefusedError(400, "malformed") from None

    async def _answer(self, event: Event) -> None:
        user = f"{self.name}:{event.person}"
        if event.kind is Kind.UNFOLLOW:
            await self._with_departures(lambda departures: departures.note(user))
            return
        await self._with_departures(lambda departures: departures.back(user))
        text = "/start" if event.kind is Kind.FOLLOW else event.text
        message = Message(user, text, date.today(), sent=event.sent)
        if event.sent == "file" and await self._service.keeps(user):
            file = await read_file(self._service, event.file_name, event.file_url)
            message = replace(message, file=file)
        reply = await self._service.reply(message)
        try:
            if reply is not None:
                await self._say(event.person, reply, 0)
        except UnreachableError:
            logger.info("%s: a person cannot be reached", self.name)

    async def _say(self, person: str, reply: Reply, tries: int) -> None:
        texts, buttons = self._service.texts, buttons_of(reply)
        shown = {button.payload for button in buttons}
        hidden = any(action.word not in shown for action in reply.actions)
        async with self._turns.of(person):
            shows, untaken = [], []
            for one in reply.attachments:
                show = await message_with(self._api, one, tries)
                shows += [show] if show else []
                untaken += [] if show else [one]
            page = self._service.channels.server.public_url
            below = [told(one, texts.zalo, page) for one in untaken]
            line = actions_line(reply, texts.actions) if hidden else ""
            for message in messages(texts_of(reply, *below, line), buttons):
                await self._send(person, message, tries)
            for show in shows:
                await self._api.send(person, show, tries)

    async def _send(self, person: str, message: Mapping[str, Any], tries: int) -> None:
        try:
            await self._api.send(person, message, tries)
        except ZaloError as error:
            if error.code != BAD_PARAMETER or "attachment" not in message:
                raise
            # The numbers stand in the text as well, so the buttons can be done without.
            logger.warning("%s: buttons were not taken", self.name)
            await self._api.send(person, {"text": message["text"]}, tries)

    async def _freshen(self) -> None:
        """Renew the tokens in time where nobody writes for long."""
        while True:
            with contextlib.suppress(BusyError):
                try:
                    await self._tokens.current()
                except LostError as error:
                    logger.error("%s: %s", self.name, error)
            await asyncio.sleep(FRESHEN)

    async def _with_departures(self, work: Callable[[Departures], T]) -> T:
        application = self._service.application
        return await self._service.with_application(lambda: work(Departures(application.store.db)))


def _seconds(timestamp: str) -> float:
    """Return a time of Zalo's, which it gives in milliseconds, in seconds since 1970."""
    try:
        return float(timestamp) / 1000
    except ValueError:
        raise RefusedError(400, "malformed") from None
