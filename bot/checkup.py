"""What `cchc check` looks at: the configuration, the store, the index."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

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
    home: Path, overrides: Path, store: KnowledgeStore, keeper: IndexKeeper
) -> list[Finding]:
    """Return what is right and what is wrong.

    Args:
        home: folder of the store and the index.
        overrides: folder of an official's own configuration, which has been read by now.
        store: the documents.
        keeper: says whether the index is in step with them.
    """
    return [
        Finding(True, "config", f"Cấu hình đúng; phần sửa riêng đặt ở {overrides}"),
        _store(store),
        _index(home, keeper),
    ]


def _store(store: KnowledgeStore) -> Finding:
    broken = store.check()
    if broken:
        message = f"Kho văn bản bị hỏng ({broken[0]}); hãy khôi phục từ bản sao lưu"
        return Finding(False, "store", message)
    return Finding(True, "store", f"Kho văn bản nguyên vẹn, {len(store.entries())} văn bản")


def _index(home: Path, keeper: IndexKeeper) -> Finding:
    index = build.load(home)
    if index is not None and keeper.in_step(index):
        return Finding(True, "index", "Chỉ mục khớp với kho văn bản")
    return Finding(False, "index", "Chỉ mục chưa khớp với kho văn bản; mở cchc chat để lập lại")
