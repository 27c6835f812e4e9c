"""What the encoder learns from: sentences, and questions with the passages that answer them.

All of it lies in the folder of development data beside the checkout (`--shared`); nothing that is
measured is among it. The words of `config/everyday` turn official names into everyday ones.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from config.words import load_words

SENTENCE = (25, 260)  # characters
PASSAGE = 420  # characters of a passage that are read in training: about 110 pieces

_END = re.compile(r"(?<=[.;:?!])\s+|\n+")
# Fields of a procedure whose texts answer, with how people ask for them.
_FIELDS = {
    "trinh_tu_thuc_hien": ("các bước làm thế nào", "trình tự thực hiện", "làm ra sao"),
    "cach_thuc_thuc_hien": ("mất bao lâu", "nộp ở đâu, lệ phí bao nhiêu", "hết bao nhiêu tiền"),
    "thanh_phan_ho_so": ("cần giấy tờ gì", "hồ sơ gồm những gì", "phải mang theo giấy gì"),
    "co_quan_thuc_hien": ("nộp ở đâu", "cơ quan nào giải quyết", "ai làm"),
    "yeu_cau_dieu_kien": ("điều kiện là gì", "ai được làm", "cần đáp ứng gì"),
}


@dataclass(frozen=True)
class Pair:
    """A question and the passage that answers it, as plain text."""

    question: str
    passage: str


def law_articles(shared: Path) -> list[dict[str, Any]]:
    """Return the articles of laws, decrees and circulars."""
    return list(_lines(shared / "train/law_articles.jsonl.gz"))


def procedures(shared: Path) -> list[dict[str, Any]]:
    """Return the procedures of the national portal."""
    return list(_lines(shared / "corpus/procedures.jsonl.gz"))


def sentences(shared: Path, seed: int) -> list[str]:
    """Return distinct sentences, shuffled; questions and general text before statutes run out.

    Args:
        shared: folder of the development data.
        seed: of the order.
    """
    general = [row["text"] for row in _lines(shared / "train/questions.jsonl.gz")]
    for row in _lines(shared / "train/question_passage_pairs.jsonl.gz"):
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


def pairs(shared: Path, seed: int) -> list[Pair]:
    """Return distinct questions with the passages that answer them, shuffled.

    Questions of people and of examinations with their passages, headings of articles with their
    texts, names of procedures with their fields, and everyday wordings of those names.
    """
    chance = random.Random(seed)
    asked = [
        Pair(row["question"], _shortened(f"{row['title']}. {row['text']}"))
        for row in _lines(shared / "train/question_passage_pairs.jsonl.gz")
    ]
    headed = [Pair(heading, _shortened(text)) for heading, text in _headed(law_articles(shared))]
    portal = list(_procedure_pairs(procedures(shared), chance))
    chance.shuffle(headed)
    chance.shuffle(portal)
    found = asked * 2 + headed[: len(asked)] + portal[: 2 * len(asked)]
    chance.shuffle(found)
    return [p for p in found if len(p.question) >= 8 and len(p.passage) >= 25]


def _headed(articles: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the heading of each article, which is its first line, with what follows."""
    for article in articles:
        heading, _, text = str(article["text"]).partition("\n")
        if len(heading) < 150 and len(text) > 100:
            yield heading, text


def _procedure_pairs(rows: list[dict[str, Any]], chance: random.Random) -> Iterator[Pair]:
    wordings = [
        (mean.lower(), say) for e in load_words().everyday for mean in e.mean for say in e.say
    ]
    for row in rows:
        name = " ".join(str(row["ten_thu_tuc"]).split())
        everyday = _everyday(name, wordings, chance)
        if everyday != name:
            yield Pair(everyday, name)
        for field, asks in _FIELDS.items():
            text = str(row.get(field) or "").strip()
            if len(text) > 40:
                asked = f"{everyday if chance.random() < 0.6 else name} {chance.choice(asks)}"
                yield Pair(asked, _shortened(f"{name}. {text}"))


def _everyday(name: str, wordings: list[tuple[str, str]], chance: random.Random) -> str:
    """Return a procedure's name with an official phrase in everyday words, if one is known."""
    lower = name.lower()
    fitting = [(mean, say) for mean, say in wordings if mean in lower]
    if not fitting:
        return name
    longest = max(len(mean) for mean, _ in fitting)
    mean, say = chance.choice([f for f in fitting if len(f[0]) == longest])
    return lower.replace(mean, say)


def _fitting(texts: Iterator[str] | list[str]) -> list[str]:
    least, most = SENTENCE
    return [t for t in dict.fromkeys(" ".join(t.split()) for t in texts) if least <= len(t) <= most]


def _split(text: str) -> list[str]:
    return _END.split(text)


def _shortened(text: str) -> str:
    return " ".join(text.split())[:PASSAGE].rsplit(" ", 1)[0]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
