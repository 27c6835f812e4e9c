"""Names of indices, kinds of targets and fields, as plans and questions write them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.entries import Entry, Seen
from config.reading import read_toml

FILE = "indicators.toml"


@dataclass(frozen=True)
class IndexName:
    """An index with a name of its own and all the ways documents write it."""

    key: str
    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Measure:
    """A kind of target.

    Attributes:
        key, name: its code and what people read.
        all: phrases that must all be there, each with its alternatives.
        none: phrases of which none may be there.
    """

    key: str
    name: str
    all: tuple[tuple[str, ...], ...]
    none: tuple[str, ...]


@dataclass(frozen=True)
class FieldName:
    """A field of administration and the ways to write it."""

    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True)
class Indicators:
    """The vocabulary of targets.

    Attributes:
        indices, measures, fields: in the order in which they are tried.
        units: what is counted.
        wholes: what "tất cả …" makes a share of 100 %.
    """

    indices: tuple[IndexName, ...]
    measures: tuple[Measure, ...]
    fields: tuple[FieldName, ...]
    units: tuple[str, ...]
    wholes: tuple[str, ...]

    def name_of(self, key: str) -> str:
        """Return what people read for a key; the key itself where it is unknown."""
        named = {entry.key: entry.name for entry in self.indices}
        named |= {measure.key: measure.name for measure in self.measures}
        return named.get(key, key)


def load_indicators(overrides: Path | None = None) -> Indicators:
    """Read and check the vocabulary.

    Args:
        overrides: folder of an official's own files, laid over the bundled ones.

    Raises:
        ConfigError: an entry is missing, empty, unknown, of the wrong kind or stands twice.
    """
    top = Entry(FILE, "", read_toml(FILE, overrides)).only("index", "measure", "field", "count")
    keys, forms, names = Seen(), Seen(), Seen()
    for entry in (*top.tables("index"), *top.tables("measure")):
        keys.add(entry, "key", (entry.string("key"),))
    for entry in top.tables("index"):
        forms.add(entry, "forms", entry.only("key", "name", "forms").strings("forms"))
    for entry in top.tables("field"):
        names.add(entry, "forms", entry.only("name", "forms").strings("forms"))
    count = top.table("count").only("units", "wholes")
    return Indicators(
        tuple(
            IndexName(entry.string("key"), entry.string("name"), entry.strings("forms"))
            for entry in top.tables("index")
        ),
        tuple(_measure(entry) for entry in top.tables("measure")),
        tuple(
            FieldName(entry.string("name"), entry.strings("forms")) for entry in top.tables("field")
        ),
        count.strings("units"),
        count.strings("wholes"),
    )


def _measure(entry: Entry) -> Measure:
    entry.only("key", "name", "all", "none")
    groups = tuple(
        tuple(part.strip() for part in group.split("|") if part.strip())
        for group in entry.strings("all")
    )
    if not all(groups):
        raise entry.error("all", "có một cụm không có chữ nào")
    none = entry.strings("none") if "none" in entry.data else ()
    return Measure(entry.string("key"), entry.string("name"), groups, none)
