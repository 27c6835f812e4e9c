"""A report as a piece of a web page: headings and tables, pictures by address."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.ratings.reports.pictures import describe
from bot.ratings.reports.report import Report
from bot.ratings.reports.tables import Cell, Table, tables
from bot.ratings.reports.writing import days, decimal, whole


def as_html(report: Report, pictures: Sequence[str]) -> str:
    """Return the report as one `<section>`, without scripts and styles of its own.

    Args:
        report: the report.
        pictures: addresses of the pictures of `draw_report`, in order; what they show stands in
            the tables too.
    """
    title = escape(report.texts.picture.page.format(days=days(report)))
    drawn = "".join(
        f'<img src="{escape(address)}" alt="{escape(describe(report))}" width="540">'
        for address in pictures
    )
    return (
        f'<section class="rating-report"><h2>{title}</h2>{drawn}'
        f"{''.join(map(_table, tables(report)))}</section>"
    )


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.headings)
    body = "".join(
        f'<tr><th scope="row">{_written(row[0])}</th>'
        f"{''.join(f'<td>{_written(cell)}</td>' for cell in row[1:])}</tr>"
        for row in table.rows
    )
    return (
        # What is wider than a phone is moved by finger or, in focus, by the arrow keys.
        f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(table.title)}">'
        f"<table><caption>{escape(table.title)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, int):
        return whole(cell)
    return decimal(cell, 2).rstrip("0").rstrip(",") if isinstance(cell, float) else escape(cell)
