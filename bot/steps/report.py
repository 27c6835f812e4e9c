"""`/baocao`: ratings in figures, for officials."""

from __future__ import annotations

from bot.context import Context
from bot.message import Reply


def report(context: Context) -> Reply | None:
    """Return the report that the words ask for, or that it is for officials only."""
    reports = context.tools.reports
    return None if reports is None else reports.reply(context.message.user, context.text)
