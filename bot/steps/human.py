"""Asking for a human: whom to call or visit, and sending a question to the officials."""

from __future__ import annotations

from collections.abc import Iterator

from bot.context import Context
from bot.desk.desk import Desk
from bot.desk.queue import Kind
from bot.message import Action, Choice, Reply, Status
from bot.steps.offer import offer
from config.office import VIETNAM, Hours, Office
from config.officials_texts import HumanTexts
from index.phrases import Phrases
from index.text import fold_syllable, syllables

SEND = "send"
MEET = "meet"
AROUND = "around"


class Human:
    """Takes messages that ask for a human, by `/canbo` or in words.

    Args:
        office: who is behind the assistant.
    """

    def __init__(self, office: Office) -> None:
        self._office = office
        said = ((MEET, office.meet), (SEND, office.send), (AROUND, office.around))
        self._phrases: Phrases[str] = Phrases(
            (phrase, meaning) for meaning, phrases in said for phrase in phrases
        )

    def __call__(self, context: Context) -> Reply | None:
        if context.command is not None or context.chosen is not None:
            return None
        meaning = self._meaning(context.text)
        if meaning is None:
            return None
        desk = context.tools.desk
        if meaning == SEND and desk is not None and desk.staffed:
            sent = desk.queue.send(context.message.user)
            return self._sent(context, desk) if sent else self._meet(context)
        return self._meet(context)

    def by_command(self, context: Context) -> Reply:
        """Handle `/canbo`, with a question behind it or nothing."""
        desk = context.tools.desk
        if not context.text or desk is None or not desk.staffed:
            return self._meet(context)
        question = context.text[: context.tools.settings.kept_characters]
        if not desk.queue.put(context.message.user, question, Kind.SENT, reachable=True):
            return Reply(Status.REFUSED, context.tools.texts.human.too_many)
        return self._sent(context, desk)

    def _meaning(self, text: str) -> str | None:
        """Return what a message asks for if it asks for nothing else."""
        said = syllables(text)
        found = self._phrases.find(said, [fold_syllable(syllable) for syllable in said])
        if sum(match.end - match.start for match in found) < len(said):
            return None
        return next((match.value for match in found if match.value != AROUND), None)

    def _meet(self, context: Context) -> Reply:
        texts, desk = context.tools.texts.human, context.tools.desk
        staffed = desk is not None and desk.staffed
        lines = list(contact_lines(self._office, texts))
        if not lines and not staffed:
            return Reply(Status.ANSWERED, texts.not_configured)
        if desk is None or not staffed:
            return Reply(Status.ANSWERED, "\n".join(lines))
        question = desk.queue.latest(context.message.user)
        if question is None:
            return Reply(Status.ANSWERED, "\n".join([*lines, texts.how]))
        label = texts.send_last.format(question=question)
        choices = (Choice("1", label, f"/canbo {question}"),)
        return offer(context, Status.ANSWERED, "\n".join(lines) or texts.how, choices)

    def _sent(self, context: Context, desk: Desk) -> Reply:
        texts = context.tools.texts.human
        desk.notify()
        lines = [texts.sent]
        opens = desk.opens()
        if opens is not None:
            local = opens.astimezone(VIETNAM)
            time = f"{local:%H:%M} ngày {local.day}/{local.month}"
            lines.append(texts.waits.format(time=time))
        lines += [texts.kept, *contact_lines(self._office, texts)]
        return Reply(Status.ANSWERED, "\n".join(lines))


def human_actions(context: Context) -> tuple[Action, ...]:
    """Return the action that sends the question to an official, where there is one."""
    desk, texts = context.tools.desk, context.tools.texts.human
    if desk is None or not desk.staffed:
        return ()
    return (Action(texts.action, texts.action_label),)


def contact_lines(office: Office, texts: HumanTexts) -> Iterator[str]:
    """Yield how the office is reached, as far as that is configured."""
    if office.name:
        yield texts.office.format(name=office.name)
    if office.phone:
        yield texts.phone.format(phone=office.phone)
    if office.address:
        yield texts.address.format(address=office.address)
    if office.hours.known:
        yield texts.hours.format(hours=_written(office.hours, texts))


def _written(hours: Hours, texts: HumanTexts) -> str:
    """Return the hours in words; days with the same hours that follow each other stand together."""
    names = [name.strip() for name in texts.weekdays.split(",")]
    runs: list[tuple[int, int]] = []
    for day, spans in enumerate(hours.days):
        if runs and runs[-1][1] == day - 1 and hours.days[runs[-1][0]] == spans:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    said = []
    for first, last in runs:
        spans = hours.days[first]
        if spans:
            days = names[first] if first == last else f"{names[first]}–{names[last]}"
            times = ", ".join(f"{begin:%H:%M}–{end:%H:%M}" for begin, end in spans)
            said.append(texts.day.format(day=days, spans=times))
    return "; ".join(said)
