"""Reading the TOML files of config/, with those that an official changed laid over them.

What an official writes goes into a folder of overrides, in a file of the same name. There
- a table is merged into the bundled one key by key, so one value can be changed alone;
- a list at the top of the file, of tables or of words, is added to the bundled one; a table in
  it whose `name` exists already is merged into that one instead;
- `replace = true` on top makes the file's own lists stand in place of the bundled ones.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from unicodedata import normalize

from config.errors import ConfigError

REPLACE = "replace"


def read_toml(name: str, overrides: Path | None = None) -> dict[str, Any]:
    """Return a bundled file with the override of the same name laid over it.

    Args:
        name: name of the file in config/, "settings.toml".
        overrides: folder of an official's own files; it need not exist or hold this file.

    Raises:
        ConfigError: a file is missing, cannot be decoded or is no TOML.
    """
    data = _parse(_bundled(name), name)
    own = overrides / name if overrides else None
    if own is None or not own.is_file():
        return data
    return _laid_over(data, _parse(own, name), name)


def read_folder(name: str, overrides: Path | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Return every TOML file of a folder of config/, ordered by name.

    Args:
        name: name of the folder, "everyday".
        overrides: folder of an official's own files; its subfolder of this name adds files, and
            takes the place of bundled ones that are called the same.

    Returns:
        Pairs of a file's name, "everyday/dat-dai.toml", and its content.

    Raises:
        ConfigError: a file cannot be decoded or is no TOML.
    """
    found = _toml_files(_bundled(name))
    if overrides:
        found.update(_toml_files(overrides / name))
    return [(f"{name}/{at}", _parse(found[at], f"{name}/{at}")) for at in sorted(found)]


def _bundled(name: str) -> Traversable:
    return files("config").joinpath(name)


def _toml_files(folder: Traversable) -> dict[str, Traversable]:
    if not folder.is_dir():
        return {}
    return {item.name: item for item in folder.iterdir() if item.name.endswith(".toml")}


def _parse(file: Traversable, name: str) -> dict[str, Any]:
    try:
        # utf-8-sig: Windows Notepad puts a mark before the first line.
        text = file.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(name, "", "không đọc được, hãy lưu lại bằng mã UTF-8") from error
    except OSError as error:
        raise ConfigError(name, "", "không có hoặc không mở được") from error
    try:
        return tomllib.loads(normalize("NFC", text))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(name, "", f"sai cú pháp TOML ở {_place(error)}") from error


def _place(error: tomllib.TOMLDecodeError) -> str:
    """Return where a file is wrong, in words; the parser says it in English."""
    at = re.search(r"line (\d+), column (\d+)", str(error))
    return f"dòng {at[1]}, cột {at[2]}" if at else "cuối tệp, có ngoặc hoặc nháy chưa đóng"


def _laid_over(bundled: dict[str, Any], own: dict[str, Any], name: str) -> dict[str, Any]:
    replace = own.pop(REPLACE, False)
    if not isinstance(replace, bool):
        raise ConfigError(name, REPLACE, "phải là true hoặc false")
    merged = dict(bundled)
    for key, value in own.items():
        before = bundled.get(key)
        if isinstance(before, list) and isinstance(value, list) and not replace:
            merged[key] = _added(before, value)
        else:
            merged[key] = _merged(before, value)
    return merged


def _merged(before: Any, value: Any) -> Any:
    if not (isinstance(before, dict) and isinstance(value, dict)):
        return value
    return before | {key: _merged(before.get(key), item) for key, item in value.items()}


def _added(before: list[Any], more: list[Any]) -> list[Any]:
    entries = list(before)
    for item in more:
        at = next((i for i, old in enumerate(before) if _same_name(old, item)), None)
        if at is None:
            entries.append(item)
        else:
            entries[at] = _merged(entries[at], item)
    return entries


def _same_name(old: Any, new: Any) -> bool:
    return (
        isinstance(old, Mapping)
        and isinstance(new, Mapping)
        and "name" in new
        and old.get("name") == new["name"]
    )
