"""Commands: "/vanban quảng nam". Each is handled here or by the step that knows about it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.context import Context, Step
from bot.message import Reply, Status
from index.text import fold

_COMMAND = re.compile(r"/([^\s@/]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)


class Commands:
    """Recognises commands, also with the name of a bot behind them and with diacritics.

    Args:
        names: name → what handles it; where that replies nothing, the words behind the command are
            taken by a later step or for a question.
        aliases: other names → the name.
    """

    def __init__(self, names: Mapping[str, Step], aliases: Mapping[str, str]) -> None:
        self._names = names
        self._aliases = aliases

    def __call__(self, context: Context) -> Reply | None:
        found = _COMMAND.fullmatch(context.text)
        if found is None:
            return None
        name = fold(found[1])
        name = self._aliases.get(name, name)
        if name not in self._names:
            unknown = context.tools.texts.chat.unknown_command
            return Reply(Status.REFUSED, unknown.format(command=f"/{found[1]}"))
        context.command = name
        context.text = (found[2] or "").strip()
        return self._names[name](context)
