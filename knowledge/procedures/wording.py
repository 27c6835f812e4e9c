"""Times and fees in the words of a chat, in place of the portal's cells."""

from __future__ import annotations

from config.texts import ProcedureWords
from knowledge.procedures.compact import TOLD
from knowledge.procedures.facts import Duration, Fee, Mode


def time_words(mode: Mode, words: ProcedureWords) -> str:
    """Return how long a mode takes: "3 ngày làm việc", or the portal's own words."""
    stated = duration_words(mode.duration, words)
    if stated:
        return stated
    return mode.time or words.no_time


def duration_words(duration: Duration, words: ProcedureWords) -> str:
    """Return a duration, empty where it is no number."""
    if duration.amount is None:
        return ""
    amount = f"{duration.amount:g}".replace(".", ",")
    if duration.unit is None:
        return words.no_unit.format(amount=amount)
    return f"{amount} {getattr(words, duration.unit)}"


def fee_words(fee: Fee, words: ProcedureWords) -> str:
    """Return what something costs, short; the quote holds the rest."""
    if fee.amounts:
        sums = [f"{amount:,}".replace(",", ".") for amount in fee.amounts]
        if len(sums) == 1:
            return words.one_fee.format(amount=sums[0])
        if len(sums) == 2:
            return words.two_fees.format(one=sums[0], other=sums[1])
        least, most = min(fee.amounts), max(fee.amounts)
        written = [f"{amount:,}".replace(",", ".") for amount in (least, most)]
        return words.several_fees.format(least=written[0], most=written[1])
    if fee.free:
        return words.free
    if fee.text is None:
        return words.no_fee
    if fee.doubtful:
        return words.doubtful_fee.format(text=fee.text.partition("(")[0].strip())
    cell = fee.text.partition("(")[0].strip()
    return cell if cell[:1].isdigit() and fee.text != TOLD else words.told_fee
