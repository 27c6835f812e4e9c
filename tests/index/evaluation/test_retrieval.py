"""Retrieval figures are those of the definitions; wrong files get one sentence."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path
from typing import Any

import pytest

from index.evaluation.retrieval import (
    EvaluationError,
    Stopwatch,
    figures,
    read_judged,
    read_lines,
)


def write(path: Path, *rows: dict[str, Any]) -> Path:
    text = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    path.write_text(text + "\n", encoding="utf-8")
    return path


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return write(
        tmp_path / "corpus.jsonl",
        {"id": "a", "title": "Kết hôn", "text": "Đăng ký"},
        {"id": "b", "title": None, "text": "Khai sinh"},
    )


@pytest.fixture
def queries(tmp_path: Path) -> Path:
    return write(
        tmp_path / "queries.jsonl", {"id": 1, "text": "kết hôn?"}, {"id": 2, "text": "gì?"}
    )


def test_figures_of_a_worked_example() -> None:
    rankings = {"q1": ["x", "a", "b", "y"], "q2": ["c"], "q3": ["x", "y"]}
    relevant = {"q1": {"a": 2.0, "b": 1.0}, "q2": {"c": 1.0}, "q3": {"d": 1.0}}
    found = figures(rankings, relevant, [1.0, 2.0, 3.0])
    gain = 3 / math.log2(3) + 1 / math.log2(4)
    ideal = 3 + 1 / math.log2(3)
    assert found["queries"] == 3
    assert found["recall@1"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["recall@5"] == found["recall@10"] == pytest.approx(2 / 3, abs=1e-4)
    assert found["accuracy@1"] == pytest.approx(1 / 3, abs=1e-4)
    assert found["mrr@10"] == pytest.approx((0.5 + 1) / 3, abs=1e-4)
    assert found["ndcg@10"] == pytest.approx((gain / ideal + 1) / 3, abs=1e-4)
    assert found["p50_ms"] == 2.0


def test_ranks_below_ten_do_not_count() -> None:
    ranking = [*(f"x{i}" for i in range(10)), "a"]
    found = figures({"q": ranking}, {"q": {"a": 1.0}}, [])
    assert found["recall@10"] == found["mrr@10"] == found["ndcg@10"] == found["p95_ms"] == 0


def test_a_perfect_ranking_is_one() -> None:
    found = figures({"q": ["a", "b"]}, {"q": {"a": 2.0, "b": 1.0}}, [5.0])
    assert found["recall@5"] == found["mrr@10"] == found["ndcg@10"] == 1
    assert found["recall@1"] == 0.5


def test_judged_files_are_read(tmp_path: Path, corpus: Path, queries: Path) -> None:
    qrels = tmp_path / "qrels.tsv"
    qrels.write_text("query-id\tcorpus-id\tscore\n1\ta\t1\n1\tb\t0\n", encoding="utf-8")
    judged = read_judged(corpus, queries, qrels)
    assert judged.questions == {"1": "kết hôn?"}, "what nobody judged is left out"
    assert judged.relevant == {"1": {"a": 1.0}}
    assert judged.corpus[1] == {"id": "b", "title": "", "text": "Khai sinh"}


def test_judgements_of_trec_are_read(tmp_path: Path, corpus: Path, queries: Path) -> None:
    qrels = tmp_path / "qrels.tsv"
    qrels.write_bytes(b"1\t0\ta\t2\r\n")
    assert read_judged(corpus, queries, qrels).relevant == {"1": {"a": 2.0}}


@pytest.mark.parametrize("judgements", [b"", b"9\ta\t0\n", b"1 a 1\n", "1\ta\t²\n".encode()])
def test_files_without_a_judged_question_are_refused(
    tmp_path: Path, corpus: Path, queries: Path, judgements: bytes
) -> None:
    qrels = tmp_path / "qrels.tsv"
    qrels.write_bytes(judgements)
    with pytest.raises(EvaluationError, match="Không có câu hỏi nào được chấm"):
        read_judged(corpus, queries, qrels)


def test_missing_and_garbled_files_are_told(tmp_path: Path, corpus: Path, queries: Path) -> None:
    garbled = tmp_path / "garbled.tsv"
    garbled.write_bytes(b"1\ta\t1\n\xff\xfe\n")
    for qrels in (tmp_path / "none.tsv", garbled):
        with pytest.raises(EvaluationError, match=qrels.name):
            read_judged(corpus, queries, qrels)
    with pytest.raises(EvaluationError, match=r"none\.jsonl"):
        read_judged(tmp_path / "none.jsonl", queries, garbled_free(tmp_path))


def garbled_free(folder: Path) -> Path:
    qrels = folder / "good.tsv"
    qrels.write_text("1\ta\t1\n", encoding="utf-8")
    return qrels


def test_a_question_without_an_id_is_told(tmp_path: Path, corpus: Path) -> None:
    queries = write(tmp_path / "queries.jsonl", {"text": "kết hôn?"})
    with pytest.raises(EvaluationError, match="'id'"):
        read_judged(corpus, queries, garbled_free(tmp_path))


def test_packed_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write('{"id": "đ"}\n\n')
    assert list(read_lines(path)) == [{"id": "đ"}]


@pytest.mark.parametrize("content", [b"[1]\n", b"{\n", b"\xff\n", b"1\n"])
def test_lines_that_are_no_objects_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(content)
    with pytest.raises(EvaluationError, match=r"rows\.jsonl"):
        list(read_lines(path))


@pytest.mark.parametrize("damage", [slice(0, -10), slice(4, None), slice(0, 30)])
def test_a_damaged_packed_file_is_told(tmp_path: Path, damage: slice) -> None:
    path = tmp_path / "rows.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": 1}\n' * 50)[damage])
    with pytest.raises(EvaluationError, match=r"rows\.jsonl\.gz"):
        list(read_lines(path))


def test_the_stopwatch_collects() -> None:
    watch = Stopwatch()
    for _ in range(3):
        with watch:
            pass
    assert len(watch.milliseconds) == 3
    assert min(watch.milliseconds) >= 0
