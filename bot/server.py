"""The one server of all channels: webhooks, the page and the API in one ASGI application."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
from collections.abc import Callable, Iterator, Sequence

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from bot.channels.channel import Channel, ChannelError
from bot.metrics import metrics_route
from bot.postman import Postman, through
from bot.reminders.box import ReminderBox
from bot.server_error import ServerError
from bot.service import Service
from bot.systemd import READY, STOPPING, notify
from config.channels import ServerSettings

GRACE = 20  # seconds for requests in hand when the server stops
DEGRADED = "ready, degraded: search by words alone until the index or its model is repaired"
BACKLOG = 512  # connections that may wait to be taken
# Seconds that an idle connection is kept, longer than the web servers in front of it keep theirs
# (nginx: 60), so that none sends a request into a connection that is just being closed.
KEEP_ALIVE = 75

Say = Callable[[str], None]
logger = logging.getLogger(__name__)


class _Uvicorn(uvicorn.Server):
    """uvicorn that leaves the signals to us: the channels have to finish their work as well."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Server:
    """Runs channels until it is told to stop.

    Args:
        service: answers.
        channels: what was configured.
        settings: where to listen.
        say: told one line for each channel.
    """

    def __init__(
        self, service: Service, channels: Sequence[Channel], settings: ServerSettings, say: Say
    ) -> None:
        self._service = service
        self._channels = channels
        self._settings = settings
        self._say = say
        self._ready = False

    def application(self) -> Starlette:
        """Return the ASGI application: the routes of all channels, and three for who watches."""
        routes: list[BaseRoute] = [
            Route("/healthz", self._healthz),
            Route("/readyz", self._readyz),
            metrics_route(self._service.metrics, os.environ),
        ]
        for channel in self._channels:
            routes += channel.routes
        return Starlette(
            routes=routes,
            exception_handlers={404: self._missing, 405: self._missing, Exception: self._failed},
        )

    async def run(self) -> bool:
        """Serve until SIGTERM or SIGINT, finish the work in hand; say whether anything ran.

        Raises:
            ServerError: the address cannot be listened on.
        """
        config = uvicorn.Config(
            self.application(),
            self._settings.host,
            self._settings.port,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE,
            backlog=BACKLOG,
            timeout_keep_alive=KEEP_ALIVE,
        )
        server = _Uvicorn(config)
        self._stop_on_signals(server)
        serving = asyncio.create_task(self._listen(server))
        while not server.started and not serving.done():
            await asyncio.sleep(0.01)
        if serving.done():
            await serving
        running = await self._start()
        if not running:
            self._say(self._service.texts.serve.nothing)
            server.should_exit = True
        self._ready = bool(running)
        if running:
            notify(READY, os.environ)
        postman = self._postman(running)
        delivering = asyncio.create_task(postman.run())
        await serving
        self._ready = False
        notify(STOPPING, os.environ)
        postman.stop()
        await delivering
        for channel in running:
            await channel.stop()
        return bool(running)

    def _postman(self, running: Sequence[Channel]) -> Postman:
        application = self._service.application
        desk = application.desk
        return Postman(
            (desk.letters, desk.notices, ReminderBox(application.reminders, application.tools)),
            self._service.with_application,
            through(running),
            desk.office.sending.per_second,
        )

    async def _listen(self, server: uvicorn.Server) -> None:
        try:
            await server.serve()
        except SystemExit as error:  # how uvicorn says that the address is taken
            address = f"{self._settings.host}:{self._settings.port}"
            raise ServerError(
                f"Không lắng nghe được ở {address}; hãy đóng chương trình đang dùng cổng này hoặc"
                " đổi server.port trong config/channels.toml."
            ) from error

    async def _start(self) -> list[Channel]:
        running: list[Channel] = []
        for channel in self._channels:
            try:
                self._say(await channel.start())
            except ChannelError as error:
                self._say(str(error))
            else:
                running.append(channel)
        self._service.running = tuple(channel.name for channel in running)
        return running

    def _stop_on_signals(self, server: uvicorn.Server) -> None:
        def stop() -> None:
            # A second signal does not wait for requests in hand.
            server.force_exit = server.should_exit
            server.should_exit = True
            self._say(self._service.texts.serve.stopping)

        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            try:
                loop.add_signal_handler(number, stop)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))

    async def _healthz(self, _: Request) -> Response:
        return PlainTextResponse("ok")

    async def _readyz(self, _: Request) -> Response:
        if not self._ready:
            return PlainTextResponse("not ready", 503)
        return PlainTextResponse(DEGRADED if self._service.degraded else "ready")

    async def _missing(self, _: Request, error: Exception) -> Response:
        """Answer who called an address that is none, or in a way that it does not take."""
        assert isinstance(error, HTTPException), "registered for these alone"
        said = self._service.texts.serve.missing
        return PlainTextResponse(said, error.status_code, error.headers)

    async def _failed(self, request: Request, error: Exception) -> Response:
        """Answer a request that went wrong; the log gets one line without its content."""
        logger.error("%s %s: %s", request.method, request.scope["path"], type(error).__name__)
        return PlainTextResponse(self._service.texts.serve.failed, 500)
