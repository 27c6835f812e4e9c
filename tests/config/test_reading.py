"""Files of config/ are read with those of an official laid over them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from config.errors import ConfigError
from config.reading import read_folder, read_toml


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding)
    return folder


def test_without_overrides_the_bundled_file_is_read(tmp_path: Path) -> None:
    bundled = read_toml("chat.toml")
    assert bundled["words"]["ko"] == ["không"]
    assert read_toml("chat.toml", tmp_path) == bundled
    assert read_toml("chat.toml", tmp_path / "nowhere") == bundled


def test_a_table_is_merged_key_by_key(tmp_path: Path) -> None:
    write(tmp_path, "chat.toml", '[words]\nko = ["khó"]\nzz = ["vậy"]\n')
    merged = read_toml("chat.toml", tmp_path)
    assert merged["words"]["ko"] == ["khó"]
    assert merged["words"]["zz"] == ["vậy"]
    assert merged["words"]["mn"] == ["mọi người"]
    assert merged["spelling"] == read_toml("chat.toml")["spelling"]


def test_tables_and_words_are_added(tmp_path: Path) -> None:
    write(tmp_path, "intents.toml", '[[answer]]\nname = "colour"\nphrases = ["màu gì"]\n')
    write(tmp_path, "stopwords.toml", 'phrases = ["bà con"]\n')
    answers = read_toml("intents.toml", tmp_path)["answer"]
    assert answers[:-1] == read_toml("intents.toml")["answer"]
    assert answers[-1]["name"] == "colour"
    phrases = read_toml("stopwords.toml", tmp_path)["phrases"]
    assert phrases == [*read_toml("stopwords.toml")["phrases"], "bà con"]


def test_a_table_of_a_known_name_is_merged_into_that_one(tmp_path: Path) -> None:
    write(tmp_path, "smalltalk.toml", '[[kind]]\nname = "thanks"\nreply = "Không có chi."\n')
    kinds = read_toml("smalltalk.toml", tmp_path)["kind"]
    before = read_toml("smalltalk.toml")["kind"]
    assert len(kinds) == len(before)
    thanks = next(kind for kind in kinds if kind["name"] == "thanks")
    assert thanks["reply"] == "Không có chi."
    assert thanks["patterns"] == next(k for k in before if k["name"] == "thanks")["patterns"]


def test_replace_drops_the_bundled_lists_and_is_no_value_itself(tmp_path: Path) -> None:
    write(tmp_path, "stopwords.toml", 'replace = true\nphrases = ["bà con"]\n')
    assert read_toml("stopwords.toml", tmp_path) == {"phrases": ["bà con"]}


def test_what_an_editor_of_windows_writes_is_read_and_composed(tmp_path: Path) -> None:
    text = unicodedata.normalize("NFD", '[words]\nzz = ["được"]\n')
    write(tmp_path, "chat.toml", text, "utf-8-sig")
    assert read_toml("chat.toml", tmp_path)["words"]["zz"] == ["được"]


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ("[words\n", "", "sai cú pháp TOML"),
        ("[words]\nPKSTT = y\n", "", "dòng 2, cột 9"),
        ('[words]\nPKSTT = ["a', "", "cuối tệp"),
        ('replace = "yes"\n', "replace", "true hoặc false"),
    ],
)
def test_a_wrong_override_is_named(tmp_path: Path, text: str, key: str, problem: str) -> None:
    write(tmp_path, "chat.toml", text)
    with pytest.raises(ConfigError, match=problem) as caught:
        read_toml("chat.toml", tmp_path)
    assert caught.value.file == "chat.toml"
    assert caught.value.key == key


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "chat.toml").write_bytes('[words]\nzz = ["vậy"]\n'.encode("utf-16"))
    with pytest.raises(ConfigError, match="UTF-8"):
        read_toml("chat.toml", tmp_path)


def test_a_file_that_does_not_exist_is_named() -> None:
    with pytest.raises(ConfigError, match=r"không có\.toml"):
        read_toml("không có.toml")


def test_a_folder_gives_its_files_by_name() -> None:
    files = read_folder("everyday")
    names = [name for name, _ in files]
    assert names
    assert names == sorted(names)
    assert all(name.startswith("everyday/") and data["entry"] for name, data in files)


def test_a_folder_of_overrides_adds_and_takes_the_place(tmp_path: Path) -> None:
    bundled = [name for name, _ in read_folder("everyday")]
    own = '[[entry]]\nsay = ["giấy hồng"]\nmean = ["giấy chứng nhận"]\n'
    write(tmp_path, bundled[0], own)
    write(tmp_path, "everyday/zz-xa-toi.toml", own)
    write(tmp_path, "everyday/ghi-chu.txt", "không phải TOML")
    files = dict(read_folder("everyday", tmp_path))
    assert list(files) == [*bundled, "everyday/zz-xa-toi.toml"]
    assert files[bundled[0]]["entry"][0]["say"] == ["giấy hồng"]
    assert len(files[bundled[0]]["entry"]) == 1


def test_a_folder_that_does_not_exist_holds_nothing() -> None:
    assert read_folder("nowhere") == []


def test_a_wrong_file_of_a_folder_is_named(tmp_path: Path) -> None:
    write(tmp_path, "everyday/moi.toml", "[[entry]]\nsay = \n")
    with pytest.raises(ConfigError) as caught:
        read_folder("everyday", tmp_path)
    assert caught.value.file == "everyday/moi.toml"
