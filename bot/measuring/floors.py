"""Floors: figures that must not get worse unnoticed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from index.evaluation.retrieval import EvaluationError

# Figures of which less is better; their floor is a ceiling.
CEILINGS = ("no_answer", "unanswerable_answered", "p50_ms", "p95_ms", "false_on_negatives")

Floors = dict[str, dict[str, float]]


def read_floors(path: Path) -> Floors:
    """Return set and group ("seeds.formal", "procedures") → figure → floor.

    Raises:
        EvaluationError: the file cannot be read or is no table of numbers.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise EvaluationError(f"Không đọc được tệp {path}: {error}") from error
    floors: Floors = {}
    for name, figures in table.items():
        plain = {k: v for k, v in figures.items() if not isinstance(v, dict)}
        floors[name] = plain
        floors |= {f"{name}.{k}": v for k, v in figures.items() if isinstance(v, dict)}
    return floors


def below(summaries: Mapping[str, Any], floors: Floors) -> list[str]:
    """Return one line for each figure that is worse than its floor.

    Args:
        summaries: set → what `index.evaluation.answers.summarise` returned.
        floors: what `read_floors` returned; sets that were not measured are passed over.
    """
    lines: list[str] = []
    for name, least in floors.items():
        chosen, _, style = name.partition(".")
        if chosen not in summaries:
            continue
        summary = summaries[chosen]
        figures = summary["styles"][style] if style else summary["overall"]
        for figure, floor in least.items():
            value = figures[figure]
            worse = value > floor if figure in CEILINGS else value < floor
            if worse:
                lines.append(f"{name}: {figure} là {value}, mức chấp nhận {floor}")
    return lines
