"""Reading the question."""

from __future__ import annotations

from bot.context import Context


def understand(context: Context) -> None:
    """Note what is asked."""
    context.read(context.text)
