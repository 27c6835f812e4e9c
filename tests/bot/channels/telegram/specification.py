"""Telegram's own specification, held against every call and every reply."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from tests.bot.channels.telegram.http import Upload

PLACE = Path("channels/telegram-bot-api.json")


class MismatchError(Exception):
    """A call or a reply is not as the specification says."""


class Specification:
    """Knows every method and every type of the API.

    Args:
        data: the machine-readable specification.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        self._methods = data["methods"]
        self._types = data["types"]

    @classmethod
    def found(cls) -> Specification | None:
        """Return the one that lies beside the project, None where there is none."""
        beside = Path(__file__).parents[4].parent / "shared"
        path = Path(os.environ.get("CCHC_SHARED", beside)) / PLACE
        return cls(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else None

    def arguments(self, method: str, fields: dict[str, str | Upload]) -> dict[str, Any]:
        """Return the arguments of a call, decoded.

        Raises:
            MismatchError: method or argument unknown, one missing or of the wrong kind.
        """
        if method not in self._methods:
            raise MismatchError(f"no method {method}")
        known = {field["name"]: field for field in self._methods[method].get("fields", [])}
        uploads = {name for name, value in fields.items() if isinstance(value, Upload)}
        attached = {
            str(value).removeprefix("attach://")
            for value in fields.values()
            if str(value).startswith("attach://")
        }
        for name in fields:
            if name not in known and not (name in uploads and name in attached):
                raise MismatchError(f"{method} has no parameter {name}")
        for name, field in known.items():
            if field["required"] and name not in fields:
                raise MismatchError(f"{method} needs {name}")
        return {
            name: self._decoded(f"{method}.{name}", known[name]["types"], value)
            for name, value in fields.items()
            if name in known
        }

    def check_result(self, method: str, result: Any) -> None:
        """Raise a MismatchError where a result is not of a type that the method returns."""
        self._check(f"result of {method}", self._methods[method]["returns"], result)

    def check_update(self, update: Any) -> None:
        """Raise a MismatchError where an update is not as Telegram sends it."""
        self._check("update", ["Update"], update)

    def _decoded(self, where: str, types: list[str], value: str | Upload) -> Any:
        if isinstance(value, Upload):
            if "InputFile" not in types:
                raise MismatchError(f"{where} is no file")
            return value
        if types in (["String"], ["InputFile", "String"]):
            return value
        try:
            decoded = json.loads(value)
        except ValueError:
            decoded = value
        self._check(where, types, decoded)
        return decoded

    def _check(self, where: str, types: list[str], value: Any) -> None:
        problems: list[str] = []
        for kind in types:
            try:
                self._check_one(where, kind, value)
                return
            except MismatchError as mismatch:
                problems.append(str(mismatch))
        raise MismatchError("; ".join(problems))

    def _check_one(self, where: str, kind: str, value: Any) -> None:
        plain = {"Integer": int, "String": str, "Boolean": bool, "Float": (int, float)}
        if kind.startswith("Array of "):
            if not isinstance(value, list):
                raise MismatchError(f"{where} is no list")
            inner = kind.removeprefix("Array of ").replace(" and ", ", ").split(", ")
            for number, item in enumerate(value):
                self._check(f"{where}[{number}]", inner, item)
        elif kind in plain:
            is_flag = isinstance(value, bool)
            if is_flag is not (kind == "Boolean") or not isinstance(value, plain[kind]):
                raise MismatchError(f"{where} is no {kind}")
        elif "subtypes" in self._types[kind]:
            self._check(where, self._types[kind]["subtypes"], value)
        else:
            self._check_object(where, kind, value)

    def _check_object(self, where: str, kind: str, value: Any) -> None:
        if not isinstance(value, dict):
            raise MismatchError(f"{where} is no {kind}")
        fields = {field["name"]: field for field in self._types[kind].get("fields", [])}
        for name in value:
            if name not in fields:
                raise MismatchError(f"{where}: {kind} has no {name}")
        for name, field in fields.items():
            if name in value:
                self._check(f"{where}.{name}", field["types"], value[name])
            elif field["required"]:
                raise MismatchError(f"{where}: {kind} needs {name}")
