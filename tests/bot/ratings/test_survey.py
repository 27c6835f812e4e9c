"""The way through a survey: conditions, skipping, changing; every way ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ratings.survey import Progress
from config.survey import END, SKIPPED, Kind, Option, Question, Survey
from config.surveys import load_surveys

SURVEYS = load_surveys()


def test_good_levels_end_at_once_and_others_ask_for_the_reason() -> None:
    start = Progress(SURVEYS["mac-dinh"], {})
    first = start.next()
    assert first is not None
    assert start.answered(first, "4").next() is None
    following = start.answered(first, "3").next()
    assert following is not None
    assert following.id == "ly-do"


def test_a_changed_answer_drops_those_that_are_no_longer_asked() -> None:
    survey = SURVEYS["mac-dinh"]
    level, reason = survey.question("muc-do"), survey.question("ly-do")
    low = Progress(survey, {}).answered(level, "1").answered(reason, "khac")
    assert low.answered(level, "5").answers == {"muc-do": "5"}
    assert low.answered(level, "2").answers == {"muc-do": "2", "ly-do": "khac"}


def test_who_passes_over_the_question_on_complaints_is_not_asked_how_theirs_was_handled() -> None:
    progress = Progress(SURVEYS["sipas"], {})
    while (question := progress.next()) is not None:
        progress = progress.answered(question, SKIPPED if question.optional else "3")
    assert "xu-ly-gop-y" not in progress.answers


def test_only_what_is_asked_can_be_answered() -> None:
    survey = SURVEYS["mac-dinh"]
    level, reason = survey.question("muc-do"), survey.question("ly-do")
    start = Progress(survey, {})
    with pytest.raises(ValueError, match="not asked"):
        start.answered(reason, "khac")
    with pytest.raises(ValueError, match="no answer"):
        start.answered(level, "6")
    with pytest.raises(ValueError, match="no answer"):
        start.answered(level, SKIPPED)


@st.composite
def surveys(draw: st.DrawFn) -> Survey:
    """Draw a survey whose jumps lead ahead."""
    length = draw(st.integers(1, 6))
    names = [f"q{at}" for at in range(length)]
    questions = []
    for at, name in enumerate(names):
        options = tuple(Option(str(n), f"L{n}") for n in range(1, draw(st.integers(2, 4)) + 1))
        targets = st.sampled_from([*names[at + 1 :], END])
        jumps = draw(st.dictionaries(st.sampled_from([o.id for o in options]), targets))
        questions.append(Question(name, Kind.CHOICE, name, options, draw(st.booleans()), "", jumps))
    return Survey("s", "S", (), "q0", "T", tuple(questions))


@given(surveys(), st.data())
def test_every_way_ends_and_keeps_exactly_what_it_asked(
    survey: Survey, data: st.DataObject
) -> None:
    progress = Progress(survey, {})
    asked = []
    while (question := progress.next()) is not None:
        values = [option.id for option in question.options]
        values += [SKIPPED] if question.optional else []
        progress = progress.answered(question, data.draw(st.sampled_from(values)))
        asked.append(question.id)
        assert len(asked) <= len(survey.questions)
    assert asked == sorted(set(asked))
    assert set(progress.answers) == set(asked)
    # Whatever is answered anew, what is kept is what would have been asked.
    again = data.draw(st.sampled_from([survey.question(one) for one in asked]))
    changed = progress.answered(again, data.draw(st.sampled_from([o.id for o in again.options])))
    assert set(changed.answers) == {one.id for one in changed.path()} & set(changed.answers)
