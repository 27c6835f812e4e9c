"""The questionnaires: every file of `surveys/` as checked data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import yaml

from config.entries import Entry, Seen
from config.errors import ConfigError
from config.survey import Survey
from config.survey_reading import DEFAULT, read_survey

FOLDER = "surveys"


def load_surveys(overrides: Path | None = None) -> dict[str, Survey]:
    """Return the bundled surveys and those in `overrides`/surveys, which replace namesakes.

    Raises:
        ConfigError: a file cannot be read, leads in a loop, lacks a text, has a scale of one; or
            two files are for the same service.
    """
    found = dict(_yaml_files(files("config").joinpath(FOLDER)))
    if overrides is not None:
        found.update(_yaml_files(overrides / FOLDER))
    surveys: dict[str, Survey] = {}
    served = Seen()
    for name in sorted(found):
        entry = Entry(f"{FOLDER}/{name}", "", _read(found[name], f"{FOLDER}/{name}"))
        survey = read_survey(entry, name.rpartition(".")[0])
        served.add(entry, "services", survey.services)
        surveys[survey.name] = survey
    return surveys


def survey_for(surveys: Mapping[str, Survey], service: str, field: str) -> Survey:
    """Return the survey for a service, else for its field, else the default one.

    Args:
        surveys: by name.
        service: code of the service.
        field: name of its field.
    """
    for wanted in (service.casefold(), field.casefold()):
        for survey in surveys.values():
            if wanted and wanted in (named.casefold() for named in survey.services):
                return survey
    return surveys[DEFAULT]


class _KeyMistake(yaml.constructor.ConstructorError):
    """A key is no text or stands twice; `problem` is Vietnamese."""


class _Loader(yaml.SafeLoader):
    """Plain data only, and no key twice; "1.014060" is the code of a procedure, no fraction."""

    yaml_implicit_resolvers = {  # noqa: RUF012 (as in the base class)
        first: [(tag, pattern) for tag, pattern in found if not tag.endswith(":float")]
        for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if not isinstance(key, str):
                raise _KeyMistake(None, None, f"“{key}” không phải là chữ", node.start_mark)
            if keys.count(key) > 1:
                raise _KeyMistake(None, None, f"“{key}” ghi hai lần", node.start_mark)
        return super().construct_mapping(node, deep)


def _yaml_files(folder: Traversable) -> Iterator[tuple[str, Traversable]]:
    if folder.is_dir():
        for item in folder.iterdir():
            if item.name.endswith((".yaml", ".yml")):
                yield item.name, item


def _place(error: Exception) -> str:
    """Return where a file is wrong, and how where it is we who say so."""
    mark = getattr(error, "problem_mark", None)
    at = f" ở dòng {mark.line + 1}, cột {mark.column + 1}" if mark else ""
    return f"{at}: {error.problem}" if isinstance(error, _KeyMistake) else at


def _read(file: Traversable, name: str) -> dict[str, Any]:
    try:
        data = yaml.load(normalize("NFC", file.read_text("utf-8-sig")), _Loader)
    except UnicodeDecodeError as error:
        raise ConfigError(name, "", "không đọc được, hãy lưu lại bằng mã UTF-8") from error
    except OSError as error:
        raise ConfigError(name, "", "không mở được") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise ConfigError(name, "", f"sai cú pháp YAML{_place(error)}") from error
    if not isinstance(data, dict):
        raise ConfigError(name, "", "phải gồm các mục như title, overall, questions")
    return data
