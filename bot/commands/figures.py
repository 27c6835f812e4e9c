"""Figures of the question sets as lines of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.commands.columns import columns

if TYPE_CHECKING:
    from bot.measuring.ablations import Figures

# The figures shown and their headings; the JSON holds them all.
OF_STYLES = {
    "questions": "câu hỏi",
    "answered": "đã trả lời",
    "no_answer": "chưa có",
    "first_quote": "trích đầu đúng",
    "any_quote": "có trích đúng",
    "code_first": "mã đầu đúng",
    "code_in_three_or_choices": "mã trong 3",
    "code_and_field": "mã và mục đúng",
    "unanswerable_answered": "trả lời bừa",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
}
OF_PARTS = {
    "seeds_first_quote": "seeds: trích đầu đúng",
    "policies_first_quote": "policies: trích đầu đúng",
    "procedures_code_first": "procedures: mã đầu đúng",
    "procedures_code_in_three_or_choices": "procedures: mã trong 3",
    "procedures_first_quote": "procedures: trích đầu đúng",
    "not_answered": "chưa có, trong {answerable}",
    "wrongly_answered": "trả lời bừa, trong {unanswerable}",
}


def of_styles(summary: dict[str, Any]) -> list[str]:
    """Return the figures of each style as lines; figures that no style has are left out."""
    groups = summary["styles"] | {"tất cả": summary["overall"]}
    shown = [
        name for name in OF_STYLES if any(group[name] is not None for group in groups.values())
    ]
    heading = ["kiểu", *(OF_STYLES[name] for name in shown)]
    rows = [[style, *(_figure(group[name]) for name in shown)] for style, group in groups.items()]
    return columns([heading, *rows])


def of_parts(measured: dict[str, Figures]) -> list[str]:
    """Return a line for each part that was left out; columns of sets not asked are left out."""
    shipped = next(iter(measured.values()))
    shown = [name for name in OF_PARTS if name in shipped]
    heading = ["bỏ đi", *(OF_PARTS[name].format(**shipped) for name in shown)]
    rows = [[part, *(_figure(row[name]) for name in shown)] for part, row in measured.items()]
    return columns([heading, *rows])


def of_groups(groups: dict[str, dict[str, float | int | None]]) -> list[str]:
    """Return a line for each group with its figures under their names."""
    names = list(dict.fromkeys(name for figures in groups.values() for name in figures))
    rows = [[group, *(_figure(f.get(name)) for name in names)] for group, f in groups.items()]
    return columns([["", *names], *rows])


def _figure(value: float | int | None) -> str:
    return "" if value is None else f"{value:g}"
