"""The words of Zalo: what it takes no files for, and what its two channels say when they start."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class ZaloTexts:
    """What only Zalo needs: the table `[zalo]` of `texts.toml`."""

    bot_called: str
    bot_polling: str
    bot_waiting: str
    bot_later: str
    oa_later: str
    oa_lost: str
    oa_interrupted: str
    attachment: str = field(metadata={"slots": ("caption",)})
    attachment_on_page: str = field(metadata={"slots": ("caption", "url")})
    bot_bad_token: str = field(metadata={"slots": ("variable",)})
    bot_refused: str = field(metadata={"slots": ("code",)})
    oa_running: str = field(metadata={"slots": ("url",)})
    oa_waiting: str = field(metadata={"slots": ("url",)})
    oa_missing: str = field(metadata={"slots": ("variables",)})
    oa_unwritten: str = field(metadata={"slots": ("path",)})
