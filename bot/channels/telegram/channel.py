"""Telegram: one bot, asked for by polling or called by a webhook."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence

from starlette.routing import BaseRoute
from telegram import Update
from telegram.error import BadRequest, Forbidden, InvalidToken, TelegramError

from bot.channels.channel import ChannelError
from bot.channels.refusals import Refusals
from bot.channels.telegram.blocked import Blocked
from bot.channels.telegram.client import is_token, make_bot
from bot.channels.telegram.courier import Courier
from bot.channels.telegram.desk import KINDS, Desk
from bot.channels.telegram.files import Files
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import Polling
from bot.channels.telegram.retrying import FIRST_PAUSE, LONGEST_PAUSE
from bot.channels.telegram.updates import NAME, Place, private_chat
from bot.channels.telegram.webhook import Webhook
from bot.message import Reply
from bot.service import Service

TOKEN = "CCHC_TELEGRAM_TOKEN"  # the environment variable with the token of the bot
GRACE = 15.0  # seconds for the work in hand when the channel stops
TRIES = 3  # of each call for a message that nobody waits for

logger = logging.getLogger(__name__)


class TelegramChannel:
    """The bot of one token.

    Args:
        service: answers and keeps deliveries.
        token: as BotFather gave it; not empty.
    """

    def __init__(self, service: Service, token: str) -> None:
        self.name = NAME
        self.refusals = Refusals(NAME)
        self._texts = service.texts.telegram
        self._settings = service.channels.telegram
        self._token = token
        self._menu = service.texts.commands.menu()
        self._bot = make_bot(
            token, self._settings.api_url, self._settings.per_second, self.refusals
        )
        self._courier = Courier(self._bot)
        application = service.application
        self._blocked = Blocked(application.home, application.store.db, service.with_application)
        files = Files(service, self._bot, f"{self._settings.api_url}/file/bot{token}")
        self._desk = Desk(service, self._bot, self._courier, self._blocked, self.refusals, files)
        self._intake = Intake(service, self.name, self._work)
        self._polling = Polling(self._bot, self._intake.take)
        self._webhook = Webhook(token, self._intake.take, self.refusals)
        self._url = service.channels.server.public_url + self._webhook.path
        self.routes: Sequence[BaseRoute] = (self._webhook.route,) if self._settings.webhook else ()
        self._connecting: asyncio.Task[None] | None = None

    async def start(self) -> str:
        """Begin to work; where Telegram cannot be reached now, go on trying.

        Raises:
            ChannelError: Telegram does not take the token or the webhook's address.
        """
        if not is_token(self._token):
            raise ChannelError(self._texts.bad_token.format(variable=TOKEN))
        await self._blocked.load()
        try:
            await self._connect()
        except InvalidToken:
            # Without the library's error, which quotes the token.
            raise ChannelError(self._texts.bad_token.format(variable=TOKEN)) from None
        except BadRequest:
            raise ChannelError(self._texts.bad_webhook.format(url=self._url)) from None
        except TelegramError:
            self._connecting = asyncio.create_task(self._keep_connecting())
            return self._texts.unreachable.format(url=self._settings.api_url)
        runs = self._texts.by_webhook if self._settings.webhook else self._texts.by_polling
        return runs.format(name=self._bot.username)

    async def send(self, user: str, reply: Reply) -> bool:
        """Write to a person unasked, in their own chat with the bot.

        What concerns one person does not go to a group, so somebody who is known from a group
        alone cannot be reached.
        """
        chat = private_chat(user)
        if chat is None or chat in self._blocked:
            return False
        try:
            await self._courier.deliver(Place(chat), reply, TRIES)
        except Forbidden:
            await self._blocked.mark(chat)
            return False
        except BadRequest:
            return False  # there is no such chat, or no longer
        except TelegramError as error:
            raise ChannelError(self._texts.later) from error
        return True

    async def stop(self) -> None:
        """Take nothing new, finish what was begun; what takes too long waits for the next start."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
        self._webhook.is_open = False
        await self._polling.stop()
        await self._intake.drain(GRACE)
        await self._bot.shutdown()

    async def _connect(self) -> None:
        await self._bot.initialize()
        await self._bot.set_my_commands(self._menu)
        await self._intake.resume()
        if self._settings.webhook:
            self._webhook.is_open = True
            await self._bot.set_webhook(
                self._url, allowed_updates=list(KINDS), secret_token=self._webhook.secret
            )
        else:
            await self._polling.start()

    async def _keep_connecting(self) -> None:
        pause = FIRST_PAUSE
        while True:
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                await self._connect()
            except (InvalidToken, BadRequest) as error:
                logger.error("telegram: not connected: %s", type(error).__name__)
                return
            except TelegramError:
                continue
            logger.info("telegram: connected")
            return

    async def _work(self, body: str) -> None:
        await self._desk.handle(Update.de_json(json.loads(body), self._bot))
