"""The words on a home: why it cannot be used, what `cchc check` finds in it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class HomeTexts:
    """The table `[home]` of `texts.toml`."""

    index_right: str
    index_behind: str
    busy: str = field(metadata={"slots": ("home",)})
    broken: str = field(metadata={"slots": ("file",)})
    unwritable: str = field(metadata={"slots": ("home",)})
    config_right: str = field(metadata={"slots": ("folder",)})
    store_right: str = field(metadata={"slots": ("count",)})
    store_broken: str = field(metadata={"slots": ("what",)})
