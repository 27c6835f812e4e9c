"""Facts of procedures held against what a careful reader took from the same tables.

A row of the gold facts counts as found where mode and time agree (days and kind of days where the
reader states them), and its fee where text and sums agree with those of the row found. A paper
counts where its name and the reader's hold one another. The halves are told by the code, so that
one can be looked at while building and the other be reported.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.evaluation.answers import Judgement
from index.evaluation.retrieval import EvaluationError, read_lines
from knowledge.ingest import Ingest
from knowledge.places import Places
from knowledge.procedures.facts import Procedure
from knowledge.procedures.reading import read_facts
from knowledge.readers import read_file
from knowledge.readers.errors import ReadError

MOST_BYTES = 1 << 28
BUILDING, CHECKING = "building", "checking"
LEAST_SHARE = 0.6  # of a paper's name that a shorter reading of it must hold


@dataclass(frozen=True)
class Miss:
    """Something that was read otherwise than by the careful reader."""

    code: str
    half: str
    kind: str
    wanted: Any
    found: Any


@dataclass(frozen=True)
class Measured:
    """Shares by half and figure, and what was missed."""

    figures: dict[str, dict[str, float | int]]
    misses: list[Miss]


def half_of(name: str) -> str:
    """Return the half that a procedure or a question belongs to, always the same."""
    return CHECKING if hashlib.sha256(name.encode()).digest()[0] % 2 else BUILDING


def measure_facts(shared: Path) -> Measured:
    """Read the procedures of the gold facts and compare.

    Args:
        shared: folder with `corpus` and `eval`.

    Raises:
        EvaluationError: a file cannot be read.
    """
    gold = {str(row["code"]): row for row in read_lines(shared / "eval/procedure_facts.dev.jsonl")}
    read = _read(shared / "corpus/procedures.jsonl.gz", gold)
    flags: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    misses: list[Miss] = []
    for code, wanted in gold.items():
        half = half_of(code)
        for kind, good, one, other in _compared(wanted, read.get(code)):
            flags[half, kind].append(good)
            if not good:
                misses.append(Miss(code, half, kind, one, other))
    return Measured({half: _shares(flags, half, gold) for half in (BUILDING, CHECKING)}, misses)


def measure_answers(judgements: Sequence[Judgement]) -> dict[str, dict[str, float | int | None]]:
    """Return how many questions on procedures got the right code, field and answer.

    A line for each style, for each half and for all. A question that was asked back counts as
    wrong: its code does not come first.
    """
    asked = [j for j in judgements if j.answerable and j.row.get("codes")]
    groups: defaultdict[str, list[Judgement]] = defaultdict(list)
    for judgement in asked:
        groups[str(judgement.row["style"])].append(judgement)
    for half in (BUILDING, CHECKING):
        groups[half] = [j for j in asked if half_of(str(j.row["id"])) == half]
    return {name: _of_answers(group) for name, group in {**groups, "all": asked}.items()}


def _of_answers(judgements: Sequence[Judgement]) -> dict[str, float | int | None]:
    return {
        "questions": len(judgements),
        "code": _share([j.code_first for j in judgements]),
        "code_near": _share([j.code_near for j in judgements]),
        "field": _share([j.field_first for j in judgements]),
        "code_and_field": _share([j.code_first and j.field_first for j in judgements]),
        "code_and_answer": _share([j.code_first and j.first_hit for j in judgements]),
    }


def _read(source: Path, codes: Mapping[str, Any]) -> dict[str, Procedure]:
    places = Places.load()
    try:
        raws = read_file(source, MOST_BYTES).documents
    except ReadError as error:
        raise EvaluationError(f"Không đọc được tệp {source}: {error}") from error
    documents = (Ingest.read(raw, places) for raw in raws if raw.key in codes)
    facts = (read_facts(document) for document in documents)
    return {found.code: found for found in facts if found is not None}


def _compared(
    wanted: dict[str, Any], facts: Procedure | None
) -> Iterator[tuple[str, bool, Any, Any]]:
    """Yield kind, whether it agrees, the gold and the reading of everything that is compared."""
    row = facts.as_json() if facts else {"modes": [], "documents": [], "legal_basis": []}
    left = list(row["modes"])
    for gold in wanted["modes"]:
        found = next((mode for mode in left if _same_time(gold, mode)), None)
        yield "time", found is not None, gold, row["modes"]
        if found is not None:
            left.remove(found)
        yield "fee", found is not None and _same_fee(gold, found), gold, found
    for extra in left:
        yield "time_precision", False, None, extra
    for _ in range(len(row["modes"]) - len(left)):
        yield "time_precision", True, None, None
    for paper in wanted.get("documents", ()):
        held = any(_same_paper(paper, name) for name in row["documents"])
        yield "papers", held, paper, row["documents"]
    for number in wanted.get("legal_basis") or ():
        yield "legal_basis", number in row["legal_basis"], number, row["legal_basis"]


def _same_time(gold: dict[str, Any], mode: dict[str, Any]) -> bool:
    stated = [name for name in ("time_days", "working_days") if name in gold]
    return (
        gold["mode"] == mode["mode"]
        and _plain(gold["time"]) == _plain(mode["time"])
        and all(gold[name] == mode[name] for name in stated)
    )


def _same_fee(gold: dict[str, Any], mode: dict[str, Any]) -> bool:
    sums = "fee_vnd" not in gold or gold["fee_vnd"] == mode["fee_vnd"]
    return sums and _plain(gold["fee"]) == _plain(mode["fee"])


def _same_paper(gold: str, name: str) -> bool:
    wanted, said = str(_plain(gold)), str(_plain(name))
    return wanted in said or (said in wanted and len(said) >= LEAST_SHARE * len(wanted))


def _plain(text: str | None) -> str | None:
    """Return a text as texts are compared: NFC, white space and case aside."""
    return None if text is None else "".join(unicodedata.normalize("NFC", text).casefold().split())


def _shares(
    flags: Mapping[tuple[str, str], list[bool]], half: str, codes: Iterable[str]
) -> dict[str, float | int]:
    figures: dict[str, float | int] = {"procedures": sum(half_of(code) == half for code in codes)}
    for (own, kind), values in flags.items():
        if own == half:
            figures[kind] = round(sum(values) / len(values), 4)
    return figures


def _share(flags: Sequence[bool]) -> float | None:
    return round(sum(flags) / len(flags), 4) if flags else None
