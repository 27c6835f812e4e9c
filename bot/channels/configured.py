"""Which channels are configured: by their secrets in the environment and by `channels.toml`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.channels.channel import Channel, ChannelError
from bot.service import Service


def configured(service: Service, environ: Mapping[str, str]) -> tuple[list[Channel], list[str]]:
    """Return the channels to run, and one line for each that is not configured and why.

    Args:
        service: answers.
        environ: environment variables with the secrets.
    """
    from bot.channels.telegram.channel import TOKEN, TelegramChannel
    from bot.channels.web.channel import WebChannel
    from bot.channels.zalo.bot_platform import ZaloBotChannel
    from bot.channels.zalo.official_account import ZaloOfficialAccountChannel

    texts = service.texts.serve
    channels: list[Channel] = []
    idle: list[str] = []
    if service.channels.web.enabled:
        channels.append(WebChannel(service))
    else:
        idle.append(texts.no_web)
    token = environ.get(TOKEN, "").strip()
    if token:
        channels.append(TelegramChannel(service, token))
    else:
        idle.append(texts.no_telegram)
    for kind, missing in (
        (ZaloBotChannel, texts.no_zalo_bot),
        (ZaloOfficialAccountChannel, texts.no_zalo_oa),
    ):
        try:
            channel = kind.from_environment(service, environ)
        except ChannelError as error:
            idle.append(str(error))
        else:
            if channel is None:
                idle.append(missing)
            else:
                channels.append(channel)
    return channels, idle
