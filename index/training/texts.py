"""The sentences that the encoder learns from.

All of them lie in the folder of development data beside the checkout (`--shared`); nothing that
is measured is among them.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from index.evaluation.retrieval import read_lines

SENTENCE = (25, 260)  # characters

_END = re.compile(r"(?<=[.;:?!])\s+|\n+")
# Fields of a procedure that are running text.
_FIELDS = (
    "trinh_tu_thuc_hien",
    "cach_thuc_thuc_hien",
    "thanh_phan_ho_so",
    "co_quan_thuc_hien",
    "yeu_cau_dieu_kien",
)


def law_articles(shared: Path) -> list[dict[str, Any]]:
    """Return the articles of laws, decrees and circulars."""
    return list(read_lines(shared / "train/law_articles.jsonl.gz"))


def procedures(shared: Path) -> list[dict[str, Any]]:
    """Return the procedures of the national portal."""
    return list(read_lines(shared / "corpus/procedures.jsonl.gz"))


def sentences(shared: Path, seed: int) -> list[str]:
    """Return distinct sentences, shuffled; questions and general text before statutes run out.

    Args:
        shared: folder of the development data.
        seed: of the order.
    """
    general = [row["text"] for row in read_lines(shared / "train/questions.jsonl.gz")]
    for row in read_lines(shared / "train/question_passage_pairs.jsonl.gz"):
        general += [row["question"], *_split(row["text"])]
    statutes = chain.from_iterable(_split(a["text"]) for a in law_articles(shared))
    portal = chain.from_iterable(
        [p["ten_thu_tuc"], *_split(" \n".join(str(p.get(f) or "") for f in _FIELDS))]
        for p in procedures(shared)
    )
    shuffle = random.Random(seed).shuffle
    groups = [_fitting(general), _fitting(statutes), _fitting(portal)]
    for group in groups:
        shuffle(group)
    most = len(groups[0])
    # As much of each kind as there is of the scarcest, then the rest: training stops early.
    first = list(chain.from_iterable(group[:most] for group in groups))
    rest = list(chain.from_iterable(group[most:] for group in groups[1:]))
    shuffle(first)
    shuffle(rest)
    return list(dict.fromkeys(first + rest))


def _fitting(texts: Iterator[str] | list[str]) -> list[str]:
    least, most = SENTENCE
    return [t for t in dict.fromkeys(" ".join(t.split()) for t in texts) if least <= len(t) <= most]


def _split(text: str) -> list[str]:
    return _END.split(text)
