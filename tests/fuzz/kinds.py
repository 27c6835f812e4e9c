"""All kinds of input that are fuzzed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.fuzz.checks import Checks
from tests.fuzz.posting import Posts
from tests.fuzz.reading import Files, Written
from tests.fuzz.talking import Talk

#: Kind of input → what opens the checks of it.
KINDS: Mapping[str, Callable[[Path], Checks]] = {
    **dict.fromkeys(("readers",), Files),
    **dict.fromkeys(("config", "environment", "logs"), Written),
    **dict.fromkeys(("messages", "starts", "buttons"), Talk),
    **dict.fromkeys(("telegram", "zalo_bot", "zalo_oa", "events", "api"), Posts),
}
