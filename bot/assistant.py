"""The assistant: a message goes through a list of small steps; one of them ends in a reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.context import Context, Step, Tools
from bot.dialogue import Dialogue
from bot.message import Message, Reply
from bot.steps.act import Act
from bot.steps.answer_procedure import AnswerProcedure
from bot.steps.ask import ask
from bot.steps.browse_procedures import BrowseProcedures
from bot.steps.choose import Choose
from bot.steps.clarify import clarify
from bot.steps.command import Commands
from bot.steps.compose import Compose
from bot.steps.correct_row import correct_deadline, correct_row
from bot.steps.curated import answer_completed, answer_curated
from bot.steps.deadlines import look_up_deadlines
from bot.steps.erase import erase
from bot.steps.follow_up import FollowUp
from bot.steps.guard import guard
from bot.steps.human import Human
from bot.steps.keep import keep_uploads, take_file
from bot.steps.list_documents import list_documents
from bot.steps.look_up import look_up
from bot.steps.my_place import my_place
from bot.steps.notices import notices, stop_notices
from bot.steps.probe import probe
from bot.steps.queue import work_queue
from bot.steps.rating import rating, start_rating
from bot.steps.reach import Reach
from bot.steps.recall import recall
from bot.steps.remind import remind
from bot.steps.report import report
from bot.steps.results import record_result, take_stated_result
from bot.steps.role import take_role
from bot.steps.small_talk import SmallTalk
from bot.steps.start import show_help, start
from bot.steps.stock import keep_stock
from bot.steps.targets import look_up_targets
from bot.steps.too_general import TooGeneral
from bot.steps.understand import understand
from bot.steps.undo import change_list
from bot.steps.write import cancel, write
from config.dialogue import DialogueWords
from config.office import Office
from config.procedures import ProcedurePhrases
from config.texts import Texts
from config.words import Words

#: What each command does; those without a step of their own ask a question in its words.
HANDLED: Mapping[str, Step] = {
    "start": start,
    "trogiup": show_help,
    "hoi": ask,
    "chitieu": look_up_targets,
    "thoihan": look_up_deadlines,
    "nhactoi": remind,
    "danhgia": start_rating,
    "baocao": report,
    "vanban": list_documents,
    "diaphuong": my_place,
    "xoadulieu": erase,
    "vaitro": take_role,
    "ketqua": record_result,
    "suachitieu": correct_row,
    "suathoihan": correct_deadline,
    "hangcho": work_queue,
    "huy": cancel,
    "thutim": probe,
    "nap": keep_uploads,
    "kho": keep_stock,
    "sothaydoi": change_list,
    "thongbao": notices,
    "tatthongbao": stop_notices,
}
RULE = "———"  # between a letter and the reply to what was asked now
ALIASES = {"help": "trogiup", "batdau": "start", "menu": "trogiup"}


class Assistant:
    """Answers messages.

    Args:
        words: what is no question, and the names of the indices.
        phrases: how people go on talking.
        texts: the words of the actions.
        office: who can be asked for in person.
        procedures: how people ask about procedures.
    """

    def __init__(
        self,
        words: Words,
        phrases: DialogueWords,
        texts: Texts,
        office: Office,
        procedures: ProcedurePhrases,
    ) -> None:
        dialogue = Dialogue(phrases)
        human = Human(office)
        self._steps: Sequence[Step] = (
            take_file,
            write,
            rating,
            guard,
            recall,
            Choose(dialogue),
            Act(texts.actions),
            Commands(
                {
                    **HANDLED,
                    "canbo": human.by_command,
                    "thutuc": BrowseProcedures(procedures),
                },
                ALIASES,
            ),
            take_stated_result,
            human,
            understand,
            answer_curated,  # before small talk: an official took it for a question
            Reach(office),  # after them: an official may have said more
            SmallTalk(words.smalltalk),
            FollowUp(dialogue, words.indicators, procedures.short),
            answer_completed,
            TooGeneral(phrases.general),
            look_up,
            clarify,
            AnswerProcedure(procedures),
            Compose(dialogue),
        )

    def reply(self, message: Message, tools: Tools) -> Reply:
        """Return the reply to `message`."""
        context = Context(message, tools)
        for step in self._steps:
            reply = step(context)
            if reply is not None:
                return _finished(reply, context)
        raise AssertionError("the last step always replies")


def _finished(reply: Reply, context: Context) -> Reply:
    """Name the turn, and ask a person who sent personal data not to; it was not used or kept."""
    reply = _with_letters(replace(reply, turn=reply.turn or context.kept), context)
    warning = context.tools.texts.guard.personal_data
    if not context.masked or warning in reply.text:
        return reply
    return replace(reply, text=f"{reply.text}\n\n{warning}")


def _with_letters(reply: Reply, context: Context) -> Reply:
    """Put what officials answered meanwhile before the reply."""
    desk = context.tools.desk
    if desk is None or reply.brief:  # a brief one may be seen for seconds only
        return reply
    letters = desk.letters.hand_over(context.message.user, context.message.text)
    if not letters:
        return reply
    return replace(reply, text="\n\n".join([*letters, RULE, reply.text]))
