"""The keys of an Official Account's application, which stand in the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.channels.channel import ChannelError
from bot.channels.zalo.tokens import App
from config.zalo_texts import ZaloTexts

APP_ID = "CCHC_ZALO_OA_APP_ID"
APP_SECRET = "CCHC_ZALO_OA_APP_SECRET"
REFRESH_TOKEN = "CCHC_ZALO_OA_REFRESH_TOKEN"
WEBHOOK_KEY = "CCHC_ZALO_OA_WEBHOOK_KEY"


@dataclass(frozen=True)
class Keys:
    """What Zalo's pages for developers show of the account's application.

    Attributes:
        app: identifies us when tokens are renewed.
        webhook: signs what is delivered.
    """

    app: App
    webhook: str = field(repr=False)

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str], begun: bool, texts: ZaloTexts
    ) -> Keys | None:
        """Return the keys, None where none is set.

        Args:
            environ: the environment.
            begun: whether tokens are stored already, so that none has to be set.
            texts: what is said of those that are missing.

        Raises:
            ChannelError: only some of them are set.
        """
        names = (APP_ID, APP_SECRET, WEBHOOK_KEY, REFRESH_TOKEN)
        values = {name: environ.get(name, "").strip() for name in names}
        missing = [
            n for n, value in values.items() if not value and (n != REFRESH_TOKEN or not begun)
        ]
        if not any(values.values()):
            return None
        if missing:
            raise ChannelError(texts.oa_missing.format(variables=", ".join(missing)))
        app = App(values[APP_ID], values[APP_SECRET], values[REFRESH_TOKEN])
        return cls(app, values[WEBHOOK_KEY])
