"""Make `index/model/syllables.npz`: `python -m index.training.syllables --shared FOLDER`.

The table holds how often syllables and their adjacent pairs occur in laws, procedures and
questions; no sentence can be read back from it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.syllables import BASE, SyllableModel

# Files of a shared folder and the fields of their rows that are running text.
SOURCES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("train/law_articles.jsonl.gz", ("title", "text")),
    (
        "corpus/procedures.jsonl.gz",
        (
            "ten_thu_tuc",
            "linh_vuc",
            "trinh_tu_thuc_hien",
            "yeu_cau_dieu_kien",
            "thanh_phan_ho_so",
        ),
    ),
    ("train/questions.jsonl.gz", ("text",)),
    ("train/question_passage_pairs.jsonl.gz", ("question", "title", "text")),
)


class SourceError(Exception):
    """A file of the shared folder is missing or unreadable; the message says which."""


def texts(shared: Path) -> Iterator[str]:
    """Yield every text that is counted.

    Args:
        shared: folder with the files of `SOURCES`.

    Raises:
        SourceError: a file is missing, cut short or not JSON line by line.
    """
    for name, fields in SOURCES:
        for row in _rows(shared / name):
            yield from (str(row[field]) for field in fields if row.get(field))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
    except (OSError, EOFError, ValueError) as error:
        raise SourceError(f"Không đọc được {path}: {error}") from error


def make(shared: Path, target: Path) -> SyllableModel:
    """Count the texts of `shared` and write the table to `target`.

    Raises:
        SourceError: a file is missing or unreadable; nothing is written.
    """
    missing = [name for name, _ in SOURCES if not (shared / name).is_file()]
    if missing:
        raise SourceError(f"Thư mục {shared} thiếu {', '.join(missing)}")
    model = SyllableModel.count(texts(shared))
    model.save(target)
    return model


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        arguments: what follows the module's name; those of the process without.

    Returns:
        Exit status: 0 done, 1 a source cannot be used.
    """
    parser = argparse.ArgumentParser(prog="python -m index.training.syllables")
    parser.add_argument("--shared", type=Path, required=True, help="thư mục dữ liệu chung")
    parser.add_argument("--out", type=Path, default=BASE, help="tệp ghi ra (mặc định: %(default)s)")
    options = parser.parse_args(arguments)
    try:
        model = make(options.shared, options.out)
    except SourceError as error:
        print(f"Lỗi: {error}", file=sys.stderr)
        return 1
    print(f"{len(model.singles)} âm tiết, {len(model.pairs)} cặp -> {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
