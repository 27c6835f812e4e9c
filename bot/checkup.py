"""What `cchc check` looks at: the configuration, the store, the index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from config.home_texts import HomeTexts
from index import build
from index.keeper import IndexKeeper
from knowledge.store import KnowledgeStore


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, and what is to be said of it."""

    ok: bool
    subject: str
    message: str


def examine(
    home: Path, overrides: Path, store: KnowledgeStore, keeper: IndexKeeper, texts: HomeTexts
) -> list[Finding]:
    """Return what is right and what is wrong.

    Args:
        home: folder of the store and the index.
        overrides: folder of an official's own configuration, which has been read by now.
        store: the documents.
        keeper: says whether the index is in step with them.
        texts: the words.
    """
    return [
        Finding(True, "config", texts.config_right.format(folder=overrides)),
        _store(store, texts),
        _index(home, keeper, texts),
    ]


def _store(store: KnowledgeStore, texts: HomeTexts) -> Finding:
    broken = store.check()
    if broken:
        return Finding(False, "store", texts.store_broken.format(what=broken[0]))
    return Finding(True, "store", texts.store_right.format(count=len(store.entries())))


def _index(home: Path, keeper: IndexKeeper, texts: HomeTexts) -> Finding:
    index = build.load(home)
    if index is not None and keeper.in_step(index):
        return Finding(True, "index", texts.index_right)
    return Finding(False, "index", texts.index_behind)
