"""The texts: the file that ships is right, and mistakes are named by file and key."""

from __future__ import annotations

import unicodedata
from dataclasses import asdict
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.texts import load_texts


def _overridden(folder: Path, text: str) -> Path:
    (folder / "texts.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_texts_that_ship_are_complete_and_nfc() -> None:
    for group in asdict(load_texts()).values():
        for text in group.values():
            assert text.strip()
            assert text == unicodedata.normalize("NFC", text)


def test_texts_suit_a_phone_screen() -> None:
    texts = asdict(load_texts())
    longest = {"greeting": 250, "help": 450}
    for group in texts.values():
        for name, text in group.items():
            assert len(text) <= longest.get(name, 160), name


def test_texts_with_slots_take_their_values() -> None:
    texts = load_texts()
    assert texts.answer.understood.format(understood="hồ sơ") == "Tôi hiểu câu hỏi là: hồ sơ"
    assert "99/QĐ-UBND" in texts.notes.replaced.format(number="99/QĐ-UBND")
    assert texts.notes.place_now.format(place="Quảng Nam", current="Đà Nẵng")


def test_labels_of_validity() -> None:
    validity = load_texts().validity
    assert validity.label("in_force") == "Còn hiệu lực"
    assert validity.label("replaced") == "Đã được thay thế"
    assert validity.label("something else") == validity.unknown


def test_one_text_can_be_changed_alone(tmp_path: Path) -> None:
    own = load_texts(_overridden(tmp_path, '[unknown]\nno_answer = "Chưa rõ {{nhé}}."\n'))
    assert own.unknown.no_answer == "Chưa rõ {nhé}."
    assert own.unknown.advice == load_texts().unknown.advice


@pytest.mark.parametrize(
    ("text", "key", "said"),
    [
        ('[chat]\ngreeting = ""', "chat.greeting", "không rỗng"),
        ("[chat]\ngreeting = 3", "chat.greeting", "không rỗng"),
        ('[chat]\ngreting = "a"', "chat.greting", "không có trong chương trình"),
        ('[chats]\ngreeting = "a"', "chats", "không có trong chương trình"),
        ('chat = "a"', "chat", "phải là một bảng"),
        ('[notes]\nreplaced = "bởi {nummber}"', "notes.replaced", "{number}"),
        ('[notes]\nreplaced = "bởi {number.x}"', "notes.replaced", "{number}"),
        ('[notes]\nreplaced = "bởi {}"', "notes.replaced", "{number}"),
        ('[notes]\nreplaced = "bởi {number"', "notes.replaced", "ngoặc nhọn"),
        ('[chat]\ngoodbye = "tạm biệt {name}"', "chat.goodbye", "không ngoặc nhọn nào"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, key: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_texts(_overridden(tmp_path, text))
    assert caught.value.file == "texts.toml"
    assert caught.value.key == key
    assert said in str(caught.value)
