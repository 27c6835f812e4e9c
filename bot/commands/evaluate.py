"""`cchc eval`: answers and searches held against question sets."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.commands.base import Command, Group, Session, WrongUse
from bot.commands.columns import columns
from bot.commands.opening import opened, print_json
from bot.commands.options import day_option, json_option
from bot.commands.progress import ProgressBar
from bot.message import Message

if TYPE_CHECKING:
    from index.evaluation.answers import Judgement

_FILE = click.Path(path_type=Path)

USER = "command:eval"

# The figures of the table and their headings; the JSON holds them all.
SHOWN = {
    "questions": "câu hỏi",
    "answered": "đã trả lời",
    "no_answer": "chưa có",
    "first_quote": "trích đầu đúng",
    "any_quote": "có trích đúng",
    "code_first": "mã đầu đúng",
    "code_in_three_or_choices": "mã trong 3",
    "unanswerable_answered": "trả lời bừa",
    "p50_ms": "p50 ms",
    "p95_ms": "p95 ms",
}


@click.group("eval", cls=Group)
def evaluate() -> None:
    """Đo câu trả lời và việc tìm kiếm trên các bộ câu hỏi."""


@evaluate.command("answers", cls=Command)
@click.argument("file", type=_FILE, metavar="CÂU_HỎI.jsonl")
@json_option
@day_option
@click.option("--rows", type=_FILE, metavar="TỆP", help="Ghi kết quả từng câu, mỗi dòng một JSON.")
@click.pass_obj
def answers(session: Session, file: Path, as_json: bool, on: date | None, rows: Path | None) -> int:
    """Hỏi từng câu của một bộ câu hỏi và chấm câu trả lời."""
    from index.evaluation.answers import evaluate as judge_all
    from index.evaluation.answers import summarise
    from index.evaluation.retrieval import read_lines

    questions = list(read_lines(file))
    if not all(isinstance(row.get("question"), str) for row in questions) or not questions:
        raise WrongUse(f"{file.name}: mỗi dòng cần có trường “question”, và cần ít nhất một dòng.")
    with opened(session) as application, ProgressBar() as progress:
        asked = 0

        def ask(row: dict[str, Any]) -> tuple[dict[str, Any], float]:
            nonlocal asked
            progress("ask", asked, len(questions))
            asked += 1
            message = Message(USER, row["question"], on or date.today())
            began = time.perf_counter()
            reply = application.reply_afresh(message)
            took = (time.perf_counter() - began) * 1000
            return reply.as_json(took), took

        judgements = judge_all(questions, ask)
    if rows:
        _write_rows(rows, judgements)
    summary = summarise(judgements)
    if as_json:
        print_json(summary)
    else:
        click.echo("\n".join(_table(summary)))
    return 0


@evaluate.command("search", cls=Command)
@click.option("--corpus", type=_FILE, required=True, metavar="TỆP", help="{id, title, text}")
@click.option("--queries", type=_FILE, required=True, metavar="TỆP", help="{id, text}")
@click.option("--qrels", type=_FILE, required=True, metavar="TỆP", help="Câu, đoạn, mức liên quan.")
@click.option(
    "--mode",
    type=click.Choice(["lexical", "dense", "hybrid"]),
    default="hybrid",
    help="Tìm theo chữ, theo nghĩa, hay cả hai (mặc định).",
)
@json_option
@click.pass_obj
def search(
    session: Session, corpus: Path, queries: Path, qrels: Path, mode: str, as_json: bool
) -> int:
    """Đo việc tìm kiếm trên một kho đã chấm, trong thư mục tạm."""
    from config.settings import load_settings
    from config.words import load_words
    from index.encoder import OnnxEncoder
    from index.evaluation.retrieval import read_judged
    from index.evaluation.search import evaluate_search
    from knowledge.places import Places

    own = session.home / "config"
    judged = read_judged(corpus, queries, qrels)
    encoder = OnnxEncoder(threads=load_settings(own).threads)
    with ProgressBar() as progress:
        figures = evaluate_search(
            judged,
            mode,
            encoder,
            load_words(own),
            Places.load(),
            lambda done, total: progress("encode", done, total),
        )
    if as_json:
        print_json(figures)
    else:
        click.echo("\n".join(columns([[name, f"{value:g}"] for name, value in figures.items()])))
    return 0


def _table(summary: dict[str, Any]) -> list[str]:
    """Return the figures of each style as lines; figures that no style has are left out."""
    groups = summary["styles"] | {"tất cả": summary["overall"]}
    shown = [name for name in SHOWN if any(group[name] is not None for group in groups.values())]
    heading = ["kiểu", *(SHOWN[name] for name in shown)]
    rows = [[style, *(_figure(group[name]) for name in shown)] for style, group in groups.items()]
    return columns([heading, *rows])


def _figure(value: float | int | None) -> str:
    return "" if value is None else f"{value:g}"


def _write_rows(file: Path, judgements: list[Judgement]) -> None:
    """Write one line a question, to be read beside the figures."""
    with file.open("w", encoding="utf-8") as lines:
        for judgement in judgements:
            quotes = judgement.reply["quotes"]
            row = {
                "id": judgement.row.get("id"),
                "question": judgement.row["question"],
                "understood": judgement.reply["understood"],
                "style": judgement.row.get("style"),
                "status": judgement.reply["status"],
                "first_hit": judgement.first_hit,
                "any_hit": judgement.any_hit,
                "code_first": judgement.code_first,
                "quote": quotes[0]["text"] if quotes else None,
                "score": quotes[0]["score"] if quotes else None,
            }
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
