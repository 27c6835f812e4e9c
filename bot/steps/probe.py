"""`/thutim`: the knowledge keeper sees what a question finds and why."""

from __future__ import annotations

from bot.context import Context
from bot.explaining import explain, lines_of
from bot.message import Reply, Status
from bot.roles import Role
from bot.steps.role import refused


def probe(context: Context) -> Reply:
    """Show the candidates with scores, confidence and matched words; only for keepers."""
    tools = context.tools
    if tools.desk is None or not tools.desk.roles.holds(context.message.user, Role.KEEPER):
        return refused(context)
    if not context.text:
        return Reply(Status.CLARIFY, tools.texts.probe.how)
    found = explain(context.text, tools)
    return Reply(Status.ANSWERED, "\n".join(lines_of(found, tools)), found.understood)
