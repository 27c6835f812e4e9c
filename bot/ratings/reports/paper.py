"""A report as a document for the head of the office to sign.

Number, place and names are left to fill in; what is said follows from the figures alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.ratings.reports.administrative import WIDTH, AdministrativeDocument
from bot.ratings.reports.comparison import Comparison, Verdict
from bot.ratings.reports.counts import Comment
from bot.ratings.reports.pictures import describe, draw_parts
from bot.ratings.reports.report import Report
from bot.ratings.reports.tables import Cell, Table, tables
from bot.ratings.reports.writing import days, decimal, goal, percent, span, whole
from config.survey import Kind, Survey

COMMENTS_SHOWN = 20
REASONS = 3
ROW_NUMBER = 0.95  # centimetres of the column that numbers the rows
NARROW = 1.7  # centimetres of a column of figures
SHORT_WORDS = 2.7  # of one of a word or two


def as_docx(report: Report, surveys: Mapping[str, Survey], margin: float) -> bytes:
    """Return the report as a document.

    Args:
        report: the report.
        surveys: the questionnaires, for the annex.
        margin: percentage points, as in `comparison.judge`; stands in the method.
    """
    texts = report.texts.paper
    paper = AdministrativeDocument()
    _head(paper, report)
    paper.part(texts.part_method)
    for sentence in _method(report, margin):
        paper.words(sentence)
    paper.part(texts.part_results)
    for sentence in _results(report):
        paper.words(sentence)
    if report.figures is not None:
        paper.part(texts.part_tables)
        _figures(paper, report)
    if report.comments:
        paper.part(texts.part_comments)
        paper.words(texts.comments)
        for comment in _different(report.comments)[:COMMENTS_SHOWN]:
            paper.words(_comment(report, comment))
    paper.signature((texts.receivers, texts.receiver, texts.archive), texts.head, texts.sign)
    _annex(paper, report, surveys)
    return paper.saved()


def _head(paper: AdministrativeDocument, report: Report) -> None:
    texts, made = report.texts.paper, report.made
    office = (report.office or texts.office).upper()
    dated = texts.dated.format(day=f"{made:%d}", month=f"{made:%m}", year=made.year)
    paper.head(
        [(texts.above, False, 12), (office, True, 12), (texts.number, False, 13)],
        [(texts.country, True, 12), (texts.motto, True, 13), (dated, False, 13)],
        (1, 1),
    )
    paper.title(texts.kind, texts.title, f"({days(report)})")


def _method(report: Report, margin: float) -> Iterator[str]:
    texts = report.texts.paper
    scope = texts.method_scope_office if report.office else texts.method_scope
    yield scope.format(days=days(report), office=report.office)
    yield texts.method_once
    yield texts.method_share
    yield texts.method_small.format(least=report.least, margin=goal(margin))
    if report.flagged:
        yield texts.method_flagged.format(flagged=whole(report.flagged))


def _results(report: Report) -> Iterator[str]:
    texts, figures = report.texts.paper, report.figures
    if figures is None:
        yield report.texts.names.too_few.format(least=report.least)
        return
    yield texts.result.format(
        answered=whole(figures.answered),
        satisfied=whole(figures.satisfied),
        share=percent(figures.share),
        span=span(figures.interval),
        mean=decimal(figures.mean, 2),
    )
    rate = report.response_rate
    if rate is not None:
        invited, replied = whole(report.invited), whole(report.replied)
        yield texts.result_invited.format(invited=invited, replied=replied, rate=percent(rate))
    yield from _targets(report)
    if report.tallies:
        answers = report.tallies[0].answers
        everything = sum(many for _, many in answers)
        reasons = "; ".join(
            texts.result_reason.format(reason=name.lower(), share=percent(many / everything))
            for name, many in answers[:REASONS]
        )
        yield texts.result_reasons.format(reasons=reasons)


def _targets(report: Report) -> Iterator[str]:
    """Say of every target whether it was reached, the fields together by what came out."""
    texts, names = report.texts.paper, report.texts.names
    for one in report.comparisons:
        if not one.name:
            yield texts.result_whole.format(
                target=goal(one.target.percent),
                year=one.year,
                verdict=names.verdicts[one.verdict].lower(),
            )
    for verdict, sentence in (
        (Verdict.REACHED, texts.result_reached),
        (Verdict.MISSED, texts.result_missed),
        (Verdict.UNSURE, texts.result_unsure),
    ):
        fields = [one for one in report.comparisons if one.name and one.verdict is verdict]
        if fields:
            yield sentence.format(fields="; ".join(_field(report, one) for one in fields))


def _field(report: Report, one: Comparison) -> str:
    return report.texts.paper.result_field.format(
        field=one.name, share=percent(one.figures.share), target=goal(one.target.percent)
    )


def _figures(paper: AdministrativeDocument, report: Report) -> None:
    """Draw the tables, the clauses behind their table, and the pictures."""
    texts = report.texts.paper
    compared = report.texts.tables.compared
    for number, table in enumerate(tables(report, comments=False)[1:], 1):
        narrowed = _narrowed(report, table)
        written = (_written(report, narrowed, row) for row in narrowed.rows)
        rows = [narrowed.headings, *written]
        numbered = [texts.row_number, *map(str, range(1, len(rows)))]
        title = texts.table.format(number=number, title=table.title)
        paper.table(
            title,
            [(first, *row) for first, row in zip(numbered, rows, strict=True)],
            [ROW_NUMBER, *_widths(narrowed)],
        )
        if table.title == compared:
            paper.words(texts.clauses, together=True)
            for clause in dict.fromkeys(
                (one.target.clause, one.target.source) for one in report.comparisons
            ):
                words, source = clause[0].rstrip("."), clause[1]
                paper.words(texts.clause.format(clause=words, source=source))
    for number, (title, picture) in enumerate(draw_parts(report), 1):
        caption = texts.picture.format(number=number, title=title)
        paper.picture(picture, caption, describe(report))


def _annex(paper: AdministrativeDocument, report: Report, surveys: Mapping[str, Survey]) -> None:
    texts = report.texts.paper
    paper.annex(texts.annex, texts.annex_title, texts.annex_to.format(year=report.made.year))
    for name in report.surveys:
        if name not in surveys:
            continue
        paper.part(surveys[name].title)
        for number, question in enumerate(surveys[name].questions, 1):
            asked = f"{number}. {question.text.format(service='…', office='…')}"
            paper.words(asked, together=question.kind is not Kind.TEXT)
            if question.kind is not Kind.TEXT:
                paper.words("; ".join(option.label for option in question.options) + ".")


def _comment(report: Report, comment: Comment) -> str:
    texts, month = report.texts.paper, f"{comment.day:%m/%Y}"
    if comment.score is None:
        return texts.comment_alone.format(text=comment.text, month=month)
    level = report.texts.names.levels[comment.score - 1].lower()
    return texts.comment.format(text=comment.text, level=level, month=month)


def _different(comments: Sequence[Comment]) -> list[Comment]:
    """Return comments, newest first, without those whose words stood before."""
    found: dict[str, Comment] = {}
    for comment in comments:
        found.setdefault(comment.text, comment)
    return list(found.values())


def _narrowed(report: Report, table: Table) -> Table:
    """Return a table without what stands below it, and what a page has no room for."""
    texts = report.texts.tables
    left_out = (texts.clause, texts.source, texts.satisfied, texts.invited)
    kept = [at for at, name in enumerate(table.headings) if name not in left_out]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return Table(table.title, tuple(table.headings[at] for at in kept), rows)


def _written(report: Report, table: Table, row: Sequence[Cell]) -> tuple[str, ...]:
    """Return the cells of a row as they are read."""
    mean = report.texts.tables.mean
    return tuple(
        decimal(value, 2 if heading == mean else 1)
        if isinstance(value, float)
        else whole(value)
        if isinstance(value, int)
        else value or ""
        for value, heading in zip(row, table.headings, strict=True)
    )


def _widths(table: Table) -> list[float]:
    """Return the widths of the columns in centimetres: figures narrow, words what is left."""
    columns = range(len(table.headings))
    wordy = [
        at
        for at in columns
        if any(isinstance(row[at], str) and len(str(row[at])) > 12 for row in table.rows)
    ] or [0]
    widths = {
        at: SHORT_WORDS if any(not str(row[at])[:1].isdigit() for row in table.rows) else NARROW
        for at in columns
        if at not in wordy
    }
    left = WIDTH - 0.2 - ROW_NUMBER - sum(widths.values())
    return [widths.get(at, left / len(wordy)) for at in columns]
