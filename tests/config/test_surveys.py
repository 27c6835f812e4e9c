"""The questionnaires: those that ship are right, mistakes are named by file and key."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.rating_texts import WORDS, load_rating_texts
from config.rating_words import load_rating_words
from config.ratings import load_ratings
from config.survey import END, LEVELS, SKIPPED, Kind
from config.surveys import load_surveys, survey_for

RIGHT = """
title: Thử
services: [thu]
overall: chung
thanks: Cảm ơn
questions:
  - id: chung
    kind: scale
    text: Thế nào?
    labels: [a, b, c, d, e]
    next:
      - when: [5]
        go: cuoi
  - id: giua
    kind: choice
    text: Vì sao?
    options:
      - {id: x, label: X}
      - {id: y, label: Y}
  - id: cuoi
    kind: scale
    text: Còn đây?
    labels: [thấp, cao]
"""


def written(folder: Path, text: str, name: str = "thu.yaml") -> Path:
    (folder / "surveys").mkdir(exist_ok=True)
    (folder / "surveys" / name).write_text(text, encoding="utf-8")
    return folder


def test_the_surveys_that_ship_are_right() -> None:
    surveys = load_surveys()
    default = surveys["mac-dinh"]
    assert [option.label for option in default.questions[0].options][::4] == [
        "Rất không hài lòng",
        "Rất hài lòng",
    ]
    assert [question.kind for question in default.questions] == [
        Kind.SCALE,
        Kind.CHOICE,
        Kind.TEXT,
    ]
    scales = (one for one in surveys["sipas"].questions if one.kind is Kind.SCALE)
    factors = [question.factor for question in scales if question.factor]
    assert factors == [
        "Tiếp cận dịch vụ",
        "Thủ tục hành chính",
        "Công chức",
        "Kết quả",
        "Xử lý góp ý, phản ánh",
    ]
    for survey in surveys.values():
        assert len(survey.question(survey.overall).options) == LEVELS
        for question in survey.questions:
            assert len(question.text) <= 160
            assert question.text == unicodedata.normalize("NFC", question.text)


def test_a_survey_of_ones_own_is_used_for_its_services(tmp_path: Path) -> None:
    surveys = load_surveys(written(tmp_path, RIGHT))
    assert survey_for(surveys, "thu", "Đất đai").name == "thu"
    assert survey_for(surveys, "khac", "Thu").name == "thu"
    assert survey_for(surveys, "khac", "Đất đai").name == "mac-dinh"


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ("go: cuoi", "go: chung", "questions[1].next"),
        ("go: cuoi", "go: giữa", "questions[1].next"),
        ("when: [5]", "when: [7]", "questions[1].next"),
        ("when: [5]", "when: 5", "questions[1].next[1].when"),
        ("    text: Vì sao?\n", "", "questions[2].text"),
        ("text: Vì sao?", "text: '  '", "questions[2].text"),
        ("text: Vì sao?", "text: '{who}?'", "questions[2].text"),
        ("text: Vì sao?", "text: '{office.x}?'", "questions[2].text"),
        ("labels: [thấp, cao]", "labels: [cao]", "questions[3].labels"),
        ("labels: [thấp, cao]", "labels: []", "questions[3].labels"),
        ("labels: [thấp, cao]", "labels: [cao, cao]", "questions[3].labels"),
        ("labels: [thấp, cao]", "labels: [1, 2]", "questions[3].labels"),
        ("[a, b, c, d, e]", "[a, b, c, d]", "overall"),
        ("overall: chung", "overall: cuoi", "overall"),
        ("overall: chung", "overall: gì", "overall"),
        ("- {id: y, label: Y}", "- {id: x, label: Y}", "questions[2].options[2].id"),
        ("- {id: y, label: Y}", "- {id: y}", "questions[2].options[2].label"),
        ("id: giua", "id: chung", "questions[2].id"),
        ("id: giua", "id: end", "questions[2].id"),
        ("kind: choice", "kind: stars", "questions[2].kind"),
        ("kind: choice", "kind: text", "questions[2].options"),
        ("services: [thu]", "services: []", "services"),
        ("services: [thu]", "services: [sipas]", "services"),
        ("title: Thử", "title: Thử\ntitle: Hai", ""),
        ("title: Thử", "titel: Thử", "titel"),
        ("title: Thử", "title: [", ""),
        ("title: Thử", "? [1]\n: x\ntitle: Thử", ""),
    ],
)
def test_mistakes_are_named_by_file_and_key(
    before: str, after: str, key: str, tmp_path: Path
) -> None:
    assert before in RIGHT
    with pytest.raises(ConfigError) as caught:
        load_surveys(written(tmp_path, RIGHT.replace(before, after, 1)))
    assert caught.value.key == key
    assert "surveys/thu.yaml" in str(caught.value)


@pytest.mark.parametrize("text", ["", "- 1", "a: &a [*a]", "!!python/object:os.system {}", "\t"])
def test_what_is_no_survey_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        load_surveys(written(tmp_path, text))


def test_the_words_of_ratings_are_complete_and_short() -> None:
    texts = load_rating_texts()
    for name in WORDS:
        assert len(getattr(texts, name)) <= 24
    assert load_rating_words().emoji["👍"] == 4
    assert "❤" not in load_rating_words().emoji


@pytest.mark.parametrize(
    ("file", "text", "key"),
    [
        ("rating_texts.toml", 'skip = "góp ý"', "comment"),
        ("rating_texts.toml", 'kept = "Đã ghi {all}"', "kept"),
        ("rating_texts.toml", 'show = "xem tất cả những gì tôi đã gửi"', "show"),
        ("rating_words.toml", 'good = ["tệ"]', "bad"),
        ("rating_words.toml", '[emoji]\n6 = "🙂"', "emoji.6"),
        ("ratings.toml", "[invitations]\nquiet_from = 3", "invitations.quiet_from"),
        ("ratings.toml", "[report]\nleast = 1", "report.least"),
        ("ratings.toml", '[links]\ntelegram = "https://t.me/x"', "links.telegram"),
        ("ratings.toml", '[links]\npage = "javascript:{code}"', "links.page"),
        ("ratings.toml", '[[office]]\nname = "A"\nid = "Phường A"', "office[2].id"),
        ("ratings.toml", '[[office]]\nname = "A"\nid = "abcdefghijklm"', "office[2].id"),
        ("ratings.toml", '[[service]]\nname = "A"\nid = "a"', "service[2].field"),
    ],
)
def test_mistakes_in_the_other_files_are_named(
    file: str, text: str, key: str, tmp_path: Path
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    load = {"ratings": load_ratings, "rating_words": load_rating_words}.get(file[:-5])
    with pytest.raises(ConfigError) as caught:
        (load or load_rating_texts)(tmp_path)
    assert (caught.value.file, caught.value.key) == (file, key)


def test_where_a_file_is_no_yaml_is_said_in_vietnamese(tmp_path: Path) -> None:
    for text, said in (
        ("title: [", "sai cú pháp YAML ở dòng 2, cột 1"),
        ("title: a\ntitle: b\n", "“title” ghi hai lần"),
        ("title: !x 5\n", "sai cú pháp YAML ở dòng 1, cột 8"),
    ):
        with pytest.raises(ConfigError, match=said) as caught:
            load_surveys(written(tmp_path, text + "\n" * (text[-1] == "[")))
        assert "while" not in str(caught.value)
        assert "could not" not in str(caught.value)


def test_what_follows_a_question_that_was_passed_over_may_be_said(tmp_path: Path) -> None:
    optional = RIGHT.replace("    text: Vì sao?", "    optional: true\n    text: Vì sao?")
    skipping = "      - {id: y, label: Y}\n    next:\n      - {when: [bo-qua], go: end}\n"
    text = optional.replace("      - {id: y, label: Y}\n", skipping)
    survey = load_surveys(written(tmp_path, text))["thu"]
    assert survey.question("giua").jumps == {SKIPPED: END}
    with pytest.raises(ConfigError, match="không có câu trả lời “bo-qua”"):
        load_surveys(written(tmp_path, text.replace("    optional: true\n", "")))
    with pytest.raises(ConfigError, match="dành cho câu được bỏ qua"):
        load_surveys(written(tmp_path, optional.replace("id: y", "id: bo-qua")))
