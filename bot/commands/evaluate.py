"""`cchc eval`: answers and searches held against question sets."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.commands.base import Command, Group, Session, WrongUse
from bot.commands.columns import columns
from bot.commands.evaluate_targets import evaluate_targets
from bot.commands.figures import of_groups, of_parts, of_styles
from bot.commands.opening import opened, print_json
from bot.commands.options import day_option, json_option
from bot.commands.progress import ProgressBar

if TYPE_CHECKING:
    from bot.measuring.development import DevelopmentSet
    from index.evaluation.answers import Judgement

_FILE = click.Path(path_type=Path)
TARGETS = "targets"  # rows read out of documents, measured beside the question sets
_Chosen = TypeVar("_Chosen")


@click.group("eval", cls=Group)
def evaluate() -> None:
    """Đo câu trả lời và việc tìm kiếm trên các bộ câu hỏi."""


evaluate.add_command(evaluate_targets)


@evaluate.command("answers", cls=Command)
@click.argument("file", type=_FILE, metavar="CÂU_HỎI.jsonl")
@json_option
@day_option
@click.option("--rows", type=_FILE, metavar="TỆP", help="Ghi kết quả từng câu, mỗi dòng một JSON.")
@click.pass_obj
def answers(session: Session, file: Path, as_json: bool, on: date | None, rows: Path | None) -> int:
    """Hỏi từng câu của một bộ câu hỏi và chấm câu trả lời."""
    from bot.measuring.development import measure
    from index.evaluation.answers import summarise
    from index.evaluation.retrieval import read_lines

    questions = list(read_lines(file))
    if not all(isinstance(row.get("question"), str) for row in questions) or not questions:
        raise WrongUse(f"{file.name}: mỗi dòng cần có trường “question”, và cần ít nhất một dòng.")
    with opened(session) as application, ProgressBar() as progress:
        judgements = measure(application.reply_afresh, questions, on or date.today(), progress)
    if rows:
        _write_rows(rows, judgements)
    summary = summarise(judgements)
    if as_json:
        print_json(summary)
    else:
        click.echo("\n".join(of_styles(summary)))
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
    from index.encoders import open_encoder
    from index.evaluation.retrieval import read_judged
    from index.evaluation.search import SearchHome, evaluate_search
    from knowledge.places import Places

    own = session.home / "config"
    judged = read_judged(corpus, queries, qrels)
    encoder = open_encoder(load_settings(own), session.home)
    with ProgressBar() as progress, tempfile.TemporaryDirectory() as folder:
        home = SearchHome(
            Path(folder),
            judged.corpus,
            encoder,
            load_words(own),
            Places.load(),
            lambda done, total: progress("encode", done, total),
        )
        figures = evaluate_search(home, judged, mode)
    if as_json:
        print_json(figures)
    else:
        click.echo("\n".join(columns([[name, f"{value:g}"] for name, value in figures.items()])))
    return 0


@evaluate.command("development", cls=Command)
@click.option("--shared", type=_FILE, required=True, metavar="THƯ_MỤC", help="Nơi có các bộ dev.")
@click.option("--floors", type=_FILE, metavar="TỆP", help="Mức thấp nhất được chấp nhận.")
@click.option("--only", multiple=True, metavar="TÊN", help="Chỉ đo bộ này: seeds, policies, …")
@click.option("--rows", type=_FILE, metavar="THƯ_MỤC", help="Ghi kết quả từng câu vào đây.")
@json_option
def development(
    shared: Path, floors: Path | None, only: tuple[str, ...], rows: Path | None, as_json: bool
) -> int:
    """Đo các bộ câu hỏi phát triển, mỗi bộ trong một thư mục dữ liệu tạm."""
    from bot.measuring.development import SETS, measure, questions, set_opened
    from bot.measuring.floors import below, read_floors
    from index.evaluation.answers import summarise

    least = read_floors(floors) if floors else {}
    summaries: dict[str, Any] = {}
    known: dict[str, DevelopmentSet | None] = {s.name: s for s in SETS} | {TARGETS: None}
    for chosen in _chosen(known, only, "bộ câu hỏi"):
        if chosen is None:
            summaries[TARGETS] = _rows_read(shared, quiet=as_json)
            continue
        asked = questions(shared, chosen)
        with ProgressBar() as progress, set_opened(shared, chosen, progress) as application:
            judgements = measure(application.reply_afresh, asked, progress=progress)
        summaries[chosen.name] = summarise(judgements)
        if rows:
            rows.mkdir(parents=True, exist_ok=True)
            _write_rows(rows / f"{chosen.name}.jsonl", judgements)
        if not as_json:
            click.echo("\n".join([f"# {chosen.name}", *of_styles(summaries[chosen.name]), ""]))
    if as_json:
        print_json(summaries)
    failed = below(summaries, least)
    for line in failed:
        click.echo(line, err=True)
    return 1 if failed else 0


@evaluate.command("procedures", cls=Command)
@click.option("--shared", type=_FILE, required=True, metavar="THƯ_MỤC", help="Nơi có các bộ dev.")
@click.option("--facts-only", is_flag=True, help="Chỉ đo dữ kiện, không hỏi các câu hỏi.")
@click.option("--misses", type=_FILE, metavar="TỆP", help="Ghi các chỗ đọc sai của nửa xây dựng.")
@json_option
def procedures(shared: Path, facts_only: bool, misses: Path | None, as_json: bool) -> int:
    """Đo dữ kiện đọc từ bảng thủ tục, và mã, mục của câu trả lời."""
    from bot.measuring.development import SETS, measure, questions, set_opened
    from bot.measuring.procedures import BUILDING, measure_answers, measure_facts

    facts = measure_facts(shared)
    measured: dict[str, Any] = {"facts": facts.figures}
    if not facts_only:
        chosen = next(one for one in SETS if one.name == "procedures")
        with ProgressBar() as progress, set_opened(shared, chosen, progress) as application:
            asked = questions(shared, chosen)
            judged = measure(application.reply_afresh, asked, progress=progress)
        measured["answers"] = measure_answers(judged)
    if misses:
        rows = [vars(miss) for miss in facts.misses if miss.half == BUILDING]
        lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
        misses.write_text("".join(lines), encoding="utf-8")
    if as_json:
        print_json(measured)
    else:
        click.echo("\n\n".join("\n".join(of_groups(table)) for table in measured.values()))
    return 0


@evaluate.command("ablations", cls=Command)
@click.option("--shared", type=_FILE, required=True, metavar="THƯ_MỤC", help="Nơi có các bộ dev.")
@click.option("--only", multiple=True, metavar="TÊN", help="Chỉ đo bộ này: seeds, policies, …")
@click.option("--part", "parts", multiple=True, metavar="PHẦN", help="Chỉ bỏ phần này: encoder, …")
@json_option
def ablations(shared: Path, only: tuple[str, ...], parts: tuple[str, ...], as_json: bool) -> int:
    """Đo các bộ câu hỏi phát triển khi bỏ đi lần lượt từng phần của việc tìm kiếm."""
    from bot.measuring.ablations import PARTS, ablate
    from bot.measuring.development import SETS

    sets = _chosen({s.name: s for s in SETS}, only, "bộ câu hỏi")
    left_out = _chosen({part.name: part for part in PARTS}, parts, "phần")
    with ProgressBar() as progress:
        measured = ablate(shared, sets, left_out, progress)
    if as_json:
        print_json(measured)
    else:
        click.echo("\n".join(of_parts(measured)))
    return 0


@evaluate.command("calibrate", cls=Command)
@click.option("--shared", type=_FILE, required=True, metavar="THƯ_MỤC", help="Nơi có các bộ dev.")
@click.option("--save", is_flag=True, help="Ghi kết quả vào chỗ của chương trình.")
@click.option("--picture", type=_FILE, metavar="TỆP.png", help="Vẽ đường cong của ngưỡng.")
def calibrate(shared: Path, save: bool, picture: Path | None) -> int:
    """Tính lại độ tin cậy và vẽ cái giá của từng ngưỡng “chưa có thông tin”."""
    from bot.measuring.calibration import curve, draw, examples, fit
    from bot.measuring.development import SETS, questions, set_opened

    found = []
    for chosen in SETS:
        with ProgressBar() as progress, set_opened(shared, chosen, progress) as application:
            found += examples(application, questions(shared, chosen))
            threshold = application.settings.threshold
    confidence = fit(found)
    shares = curve(found, confidence)
    at = round(threshold * 100)
    labels = {
        "silent": "có đáp án mà không trả lời",
        "wrong": "không có đáp án mà vẫn trả lời",
        "left_out": "như trên, đáp án bị giấu đi",
    }
    costs = ", ".join(f"{label} {shares[name][at]:.3f}" for name, label in labels.items())
    click.echo(f"Ngưỡng {threshold}: {costs}")
    if save:
        confidence.save()
    if picture:
        draw(shares, threshold, picture)
    return 0


def _rows_read(shared: Path, *, quiet: bool) -> dict[str, Any]:
    """Return how targets and deadlines are read, in the shape of a question set's summary."""
    from bot.measuring.targets import measure_targets

    figures = measure_targets(shared).figures()
    if not quiet:
        lines = columns([[name, f"{value:g}"] for name, value in figures.items()])
        click.echo("\n".join([f"# {TARGETS}", *lines, ""]))
    return {"overall": figures, "styles": {}}


def _chosen(known: Mapping[str, _Chosen], names: Sequence[str], kind: str) -> list[_Chosen]:
    """Return what the names stand for, in the order in which it is known; all without names."""
    for name in names:
        if name not in known:
            raise WrongUse(f"Không có {kind} “{name}”; chỉ có: {', '.join(known)}.")
    return [one for name, one in known.items() if not names or name in names]


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
