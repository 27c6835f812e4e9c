"""Clients of other people against the local Zalo servers; run by `run` beside this file."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from tests.bot.channels.zalo.bot_server import BotPlatform
from tests.bot.channels.zalo.oa_server import PNG, OpenApi
from tests.bot.channels.zalo.serving import serving


async def python_zalo_bot() -> None:
    """Poll, answer, and set a webhook with python-zalo-bot.

    A wrong token is left out: the client looks at the HTTP status, which is 200 then.
    """
    from zalo_bot import Bot
    from zalo_bot.error import ZaloError

    platform = BotPlatform()
    async with serving(platform.app) as address, Bot(platform.token, base_url=address) as bot:
        me = await bot.get_me()
        assert me.account_name.startswith("bot."), me
        platform.offer(platform.message("Xin chào", "6ede"))
        update = await bot.get_update(timeout=5)
        assert (update.message.text, update.message.chat.id) == ("Xin chào", "6ede")
        sent = await bot.send_message("6ede", "Chào bạn")
        assert sent.message_id
        assert platform.sent == [("6ede", "Chào bạn")]
        with suppress(ZaloError):  # an idle poll ends as an error for this client
            assert not await bot.get_update(timeout=1)
        await bot._set_webhook_async("https://office.example.vn/zalo", "secret-of-ours")
        assert platform.webhook
        await bot._delete_webhook_async()
        assert not platform.webhook


async def zalo_bot_mcp() -> None:
    """Poll and answer with zalo-bot-mcp."""
    from zalo_bot_mcp import zalo_api

    platform = BotPlatform()
    async with serving(platform.app) as address:
        zalo_api.BASE_URL = address
        async with zalo_api.ZaloBotApi(platform.token) as api:
            assert (await api.get_me())["account_type"] == "BASIC"
            assert await api.get_updates(timeout=1) is None
            platform.offer(platform.message("Xin chào", "6ede"))
            message = zalo_api.parse_update(await api.get_updates(timeout=5))
            assert message
            assert (message.text, message.user_id) == ("Xin chào", "6ede")
            await api.send_message("6ede", "Chào bạn")
            await api.send_chat_action("6ede")
            assert await api.get_webhook_info() is None
            assert platform.sent == [("6ede", "Chào bạn")]
        async with zalo_api.ZaloBotApi("1:wrong") as api:
            try:
                await api.get_me()
            except zalo_api.ZaloClientError:
                return
    raise AssertionError("a wrong token was taken")


async def zalo_sdk() -> None:
    """Send and upload with zalo-sdk; where it renews tokens cannot be set, so that is left out."""
    from zalo_sdk import ZaloOAException
    from zalo_sdk.oa import Client, ZaloMessageBody, ZaloRecipient

    zalo = OpenApi()
    async with serving(zalo.app) as address:

        def client(token: str) -> Any:
            return Client(zalo.app_id, zalo.secret, token, "r", endpoint_prefix=address)

        def send(token: str, person: str, text: str) -> Any:
            return client(token).send_message(ZaloRecipient(user_id=person), ZaloMessageBody(text))

        reply = await asyncio.to_thread(send, zalo.access, "186729", "Chào bạn")
        assert reply["data"]["message_id"]
        assert zalo.texts() == ["Chào bạn"]
        given = await asyncio.to_thread(
            client(zalo.access).upload_file, PNG, "image", "a.png", "image/png"
        )
        assert zalo.uploads[given["data"]["attachment_id"]] == ("a.png", PNG)
        for token, person, text in (
            ("wrong", "186729", "x"),
            (zalo.access, "nobody", "x"),
            (zalo.access, "186729", "x" * 2001),
        ):
            try:
                await asyncio.to_thread(send, token, person, text)
            except ZaloOAException:
                continue
            raise AssertionError("a bad message was taken")


if __name__ == "__main__":
    for check in (python_zalo_bot, zalo_bot_mcp, zalo_sdk):
        asyncio.run(check())
        print(f"{check.__name__}: passed")
