"""A reply that is nothing but a sentence and numbered choices."""

from __future__ import annotations

from bot.context import Context
from bot.conversation import Turn
from bot.message import Choice, Reply, Status
from bot.offers import numbered


def offer(
    context: Context, status: Status, heading: str, choices: tuple[Choice, ...], closing: str = ""
) -> Reply:
    """Return such a reply and remember its choices.

    Args:
        context: the message.
        status: of the reply.
        heading: what stands above the choices.
        choices: what is offered; may be empty.
        closing: what stands below them.
    """
    context.keep(Turn(heading, choices=choices))
    lines = [heading]
    lines += ["", *numbered(choices)] if choices else []
    lines += ["", closing] if closing else []
    return Reply(status, "\n".join(lines), choices=choices)
