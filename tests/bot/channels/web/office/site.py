"""The pages for officials as they are served, and browsers that go there."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
from argon2 import PasswordHasher

from bot.accounts.passwords import Passwords
from bot.application import Application
from bot.channels.web.channel import WebChannel
from bot.channels.web.office.page import Page
from bot.roles import Role
from bot.service import Service
from config.settings import Settings
from tests.bot.channels.web.stand_in import opened, served
from tests.made import TinyEncoder

PASSWORD = "ba con vịt bơi ngang"
T = TypeVar("T")

_TOKEN = re.compile(r'name="token" value="([^"]+)"')


class Browser:
    """Somebody's browser: keeps cookies, sends forms as they stand on the page.

    Args:
        address: of the server.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self.client = httpx.Client(base_url=f"{address}/can-bo/", timeout=30)
        self.page = ""
        self.status = 0

    def open(self, path: str = "") -> str:
        """Return a page, having followed where it leads."""
        return self._seen(self.client.get(path, follow_redirects=True))

    def token(self) -> str:
        """Return the token of the forms of the page that is open."""
        found = _TOKEN.search(self.page)
        assert found, self.page
        return found[1]

    def send(self, path: str, **fields: Any) -> str:
        """Send a form from the page that is open and return where it leads."""
        headers = {"Origin": self.address}
        data = {"token": self.token(), **fields}
        return self._seen(self.client.post(path, data=data, headers=headers, follow_redirects=True))

    def fill(self, path: str, **fields: Any) -> str:
        """Open a page, fill in its form, send it and return where it leads."""
        self.open(path)
        return self.send(path, **fields)

    def log_in(self, name: str, password: str = PASSWORD) -> str:
        """Log in and return the page."""
        return self.fill("dang-nhap", name=name, password=password)

    def _seen(self, response: httpx.Response) -> str:
        self.status, self.page = response.status_code, html.unescape(response.text)
        return self.page


class Site:
    """The pages of a home, served.

    Attributes:
        address: of the server.
        application: behind it; used through `run` only.
        service: between them.
    """

    def __init__(
        self, address: str, application: Application, service: Service, thread: ThreadPoolExecutor
    ) -> None:
        self.address = address
        self.application = application
        self.service = service
        self._thread = thread
        self._count = 0
        self._browsers: list[Browser] = []

    def run(self, work: Callable[[Application], T]) -> T:
        """Do something in the thread of the application."""
        return self._thread.submit(work, self.application).result()

    def browser(self) -> Browser:
        """Return a new browser."""
        self._browsers.append(Browser(self.address))
        return self._browsers[-1]

    def code(self, role: Role, name: str = "") -> str:
        """Return a new code for a role."""
        return self.run(lambda one: one.desk.roles.grant(role, name))

    def hire(self, role: Role, name: str = "Lê Thị An") -> tuple[Browser, str]:
        """Return the browser of somebody new with a role, logged in, and the account's name."""
        self._count += 1
        account = f"nguoi.{self._count}"
        browser = self.browser()
        fields = {"name": account, "password": PASSWORD, "again": PASSWORD}
        browser.fill("ma", code=self.code(role, name), called="", **fields)
        assert browser.status == 200, browser.page
        return browser, account

    def withdraw(self, account: str) -> None:
        """Take the roles of an account away."""

        def withdraw(application: Application) -> None:
            for holder in application.desk.roles.of(f"account:{account}"):
                application.desk.roles.withdraw(holder.id)

        self.run(withdraw)

    def close(self) -> None:
        """Close the browsers."""
        for browser in self._browsers:
            browser.client.close()


def path_of(page: Page) -> str:
    """Return a path at which a page is found, whatever its parameters."""
    return re.sub(r"\{\w+(:\w+)?\}", "999", page.path.replace("{ending}", "csv"))


def quick(settings: Settings, home: Path) -> TinyEncoder:
    """Return an encoder that loads no model."""
    return TinyEncoder()


@contextmanager
def site_over(home: Path) -> Iterator[Site]:
    """Serve the pages over a home, with a password hash that takes no time."""
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(1) as thread:
        patch.setattr("bot.common.open_encoder", quick)
        application = thread.submit(Application.open, home).result()
        application.accounts.passwords = Passwords(12, PasswordHasher(1, 8, 1))
        try:
            with (
                opened(application, answering=thread) as service,
                served(WebChannel(service).routes) as address,
            ):
                site = Site(address, application, service, thread)
                yield site
                site.close()
        finally:
            thread.submit(application.close).result()
