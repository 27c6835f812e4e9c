"""Invitations: once, reminded once, never at night, for seven days, by one of many processes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.channel import ChannelError
from bot.message import Reply
from bot.ratings.deliveries import Deliveries
from bot.ratings.dialogue import RatingDialogue
from bot.ratings.reports.access import TerminalOnly
from bot.ratings.reports.comparison import NoTargets
from bot.ratings.reports.reporting import Reporting
from bot.ratings.subjects import Subject
from config.office import VIETNAM
from tests.bot.ratings.conftest import Office, said

USER = "telegram:1"


class Post:
    """A channel that keeps what it was given, and how it behaves."""

    def __init__(self, office: Office) -> None:
        self.sent: list[tuple[str, Reply]] = []
        self.reaches: bool | None = True
        self.is_killed = False
        desk = office.open()
        reports = Reporting(desk, NoTargets(), TerminalOnly())

        async def run(work, *args):  # type: ignore[no-untyped-def]
            return work(*args)

        self._deliveries = Deliveries(RatingDialogue(desk), reports, run, self._send)

    async def _send(self, user: str, reply: Reply) -> bool:
        if self.is_killed:
            raise KeyboardInterrupt
        if self.reaches is None:
            raise ChannelError("not now")
        if self.reaches:
            self.sent.append((user, reply))
        return self.reaches

    async def turn(self) -> int:
        return await self._deliveries.once()


@pytest.fixture
def post(office: Office) -> Post:
    return Post(office)


def land(office: Office) -> Subject:
    subject = office.desk.catalogue.subject("mot", "dat")
    assert subject is not None
    return subject


def invited(office: Office, case: str = "1", user: str = USER) -> None:
    """Say that a case of a person is done."""
    desk = office.desk
    desk.invitations.schedule(user, land(office), desk.sessions.case(case), office.now)


async def test_a_person_is_invited_once_and_reminded_once(office: Office, post: Post) -> None:
    invited(office)
    invited(office)
    assert await post.turn() == 0, "not in the first half hour"
    office.wait(minutes=31)
    assert await post.turn() == 1
    for _ in range(20):
        office.wait(hours=11)
        await post.turn()
    assert len(post.sent) == 2
    texts = office.desk.texts
    assert texts.invited.split("“")[0] in post.sent[0][1].text
    assert texts.reminded.split("“")[0] in post.sent[1][1].text
    assert all(reply.choices for _, reply in post.sent)


async def test_who_has_several_cases_of_a_service_is_asked_about_one(
    office: Office, post: Post
) -> None:
    desk = office.desk
    for number, service in enumerate(["dat", "dat", "khaisinh", "dat"]):
        subject = desk.catalogue.subject("mot", service)
        assert subject is not None
        desk.invitations.schedule(USER, subject, desk.sessions.case(f"{number}"), office.now)
    for _ in range(4 * 24):
        office.wait(hours=1)
        await post.turn()
    assert len(post.sent) == 4, "two services, each with a reminder"
    later = desk.catalogue.subject("mot", "dat")
    assert later is not None
    office.wait(days=5)
    desk.invitations.schedule(USER, later, desk.sessions.case("new"), office.now)
    office.wait(hours=1)
    assert await post.turn() == 1, "the earlier ones are over"


async def test_an_invitation_is_answered_with_one_tap_or_two(office: Office, post: Post) -> None:
    person = office.person(USER)
    invited(office)
    office.wait(hours=1)
    await post.turn()
    question = said(person.presses("Bình thường", post.sent[0][1]))
    person.presses("Chi phí ngoài quy định", question)
    assert office.ratings() == [("dat", "telegram", 3)]
    office.wait(days=2)
    assert await post.turn() == 0, "who has answered is not reminded"


async def test_nobody_is_written_to_at_night(office: Office, post: Post) -> None:
    office.wait(hours=12)  # ten in the evening
    invited(office)
    hours = []
    for _ in range(80):
        office.wait(hours=1)
        if await post.turn():
            hours.append(office.now.astimezone(VIETNAM).hour)
    assert len(hours) == 2
    assert all(8 <= hour < 20 for hour in hours)


async def test_a_reminder_that_falls_due_at_night_waits(office: Office, post: Post) -> None:
    office.wait(hours=9, minutes=20)
    invited(office)
    office.wait(minutes=31)  # 19:51
    assert await post.turn() == 1
    office.wait(hours=24, minutes=30)  # 20:21
    assert await post.turn() == 0
    office.wait(hours=12)
    assert await post.turn() == 1


async def test_after_seven_days_an_invitation_is_over(office: Office, post: Post) -> None:
    invited(office)
    office.wait(days=7, hours=1)
    assert await post.turn() == 0
    assert office.desk.db.execute(
        "SELECT count(*) FROM rating_invitations WHERE user IS NOT NULL"
    ).fetchone() == (0,)


async def test_the_question_of_an_invitation_can_be_answered_for_seven_days(
    office: Office, post: Post
) -> None:
    invited(office)
    office.wait(hours=1)
    await post.turn()
    office.wait(days=6, hours=23)
    person = office.person(USER)
    person.presses("Hài lòng", post.sent[0][1])
    assert len(office.ratings()) == 1
    invited(office, "2")
    office.wait(hours=1)
    await post.turn()
    office.wait(days=7, hours=1)
    assert said(person.presses("Hài lòng", post.sent[-1][1])).text == office.desk.texts.gone


async def test_who_does_not_want_to_be_asked_is_not(office: Office, post: Post) -> None:
    person = office.person(USER)
    invited(office)
    office.wait(hours=1)
    await post.turn()
    person.presses("ngừng mời", post.sent[0][1])
    invited(office, "2")
    office.wait(days=2)
    assert await post.turn() == 0
    person.says("mời lại")
    invited(office, "3")
    office.wait(hours=1)
    assert await post.turn() == 1


async def test_of_several_processes_one_sends(office: Office) -> None:
    posts = [Post(office) for _ in range(3)]
    for case in range(5):
        invited(office, str(case), f"telegram:{case}")
    office.wait(hours=1)
    assert sum([await post.turn() for post in posts]) == 5


async def test_a_kill_while_sending_loses_one_invitation(office: Office, post: Post) -> None:
    for number in range(3):
        invited(office, str(number), f"telegram:{number}")
    office.wait(minutes=31)

    post.is_killed = True
    with pytest.raises(KeyboardInterrupt):
        await post.turn()
    after = Post(office)
    assert await after.turn() == 2


async def test_what_could_not_be_sent_is_tried_again_later(office: Office, post: Post) -> None:
    invited(office)
    office.wait(hours=1)
    post.reaches = None
    assert await post.turn() == 0
    post.reaches = True
    assert await post.turn() == 0, "not at once"
    office.wait(minutes=11)
    assert await post.turn() == 1
    office.wait(days=3)
    assert await post.turn() == 1, "then the reminder"


async def test_who_cannot_be_reached_is_left_in_peace_and_not_counted(
    office: Office, post: Post
) -> None:
    invited(office)
    office.wait(hours=1)
    post.reaches = False
    assert await post.turn() == 0
    post.reaches = True
    office.wait(days=2)
    assert await post.turn() == 0
    rows = office.desk.db.execute("SELECT user, sent_on FROM rating_invitations").fetchall()
    assert rows == [(None, None)]


async def test_a_case_that_was_rated_by_code_is_not_asked_about(office: Office, post: Post) -> None:
    invited(office)
    desk = office.desk
    other = office.person("web:7")
    key = desk.sessions.case("1")
    from bot.ratings.cases import Case, CaseState

    desk.cases.note(Case(key, "mot", "dat", CaseState.COMPLETED), office.now)
    code = desk.codes.make("mot", "dat", timedelta(days=1), key)
    other.takes("Hài lòng", said(other.says(f"/start {desk.codes.long(code)}")))
    office.wait(hours=1)
    assert await post.turn() == 0
    assert post.sent == []


async def test_who_agreed_is_asked_some_days_after_a_question(office: Office, post: Post) -> None:
    assert office.desk.invitations.ask_later(USER, "khaisinh")
    assert not office.desk.invitations.ask_later(USER, "khaisinh"), "once"
    assert not office.desk.invitations.ask_later(USER, "bay-len-troi")
    office.wait(days=2)
    assert await post.turn() == 0
    office.wait(days=1, minutes=1)
    assert await post.turn() == 1
    person = office.person(USER)
    reply = said(person.presses("chưa xong", post.sent[0][1]))
    assert "3 ngày" in reply.text
    office.wait(days=3, minutes=1)
    assert await post.turn() == 1
    person.says("làm căn cước ở đâu?")
    office.wait(hours=20)
    question = said(person.presses("Trung tâm phường Hai", post.sent[1][1]))
    assert "Trung tâm phường Hai" in question.text, "nobody knew at which office it was done"
    person.presses("Rất hài lòng", question)
    assert office.ratings() == [("khaisinh", "telegram", 5)]
    office.wait(days=2)
    assert await post.turn() == 0, "who has answered is not reminded"


async def test_the_office_may_be_chosen_by_number_or_by_oneself(office: Office, post: Post) -> None:
    users = ("zalo_oa:1", "zalo_oa:2", "zalo_oa:3")
    for user in users:
        assert office.desk.invitations.ask_later(user, "dat")
    office.wait(days=3, minutes=1)
    assert await post.turn() == 3
    office.wait(hours=5)
    by_number, by_oneself, not_yet = (office.person(user) for user in users)
    by_number.takes("Hài lòng", said(by_number.says("2")))
    by_oneself.takes("Hài lòng", said(by_oneself.says("/danhgia đất đai một")))
    assert "3 ngày" in said(not_yet.says("chưa xong")).text
    rated = office.desk.db.execute(
        "SELECT office, way FROM ratings JOIN rating_subjects s ON s.id = subject ORDER BY office"
    ).fetchall()
    assert rated == [("hai", "later"), ("mot", "later")]
    office.wait(days=1, hours=1)
    assert await post.turn() == 0, "all of them have answered"
    office.wait(days=2)
    assert await post.turn() == 1
    assert post.sent[-1][0] == not_yet.user


async def test_the_messengers_id_is_kept_no_longer_than_needed(office: Office, post: Post) -> None:
    invited(office)
    office.wait(hours=1)
    await post.turn()
    office.wait(days=1, hours=1)
    await post.turn()
    assert office.desk.db.execute("SELECT user FROM rating_invitations").fetchall() == [(None,)]
