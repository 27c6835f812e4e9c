"""A few real-looking texts in place of the corpora."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

SAYINGS = ("Nộp hồ sơ tại bộ phận một cửa. Thời hạn 15 ngày.", "Lệ phí: 50.000 đồng; nộp một lần.")


def _procedure(number: int) -> str:
    record = {
        "ma_thu_tuc": f"1.{number:06d}",
        "ten_thu_tuc": f"Đăng ký nuôi ong số {number}",
        "linh_vuc": "Chăn nuôi",
        "trinh_tu_thuc_hien": SAYINGS[number % 2],
        "co_quan_thuc_hien": "Ủy ban nhân dân xã",
    }
    return json.dumps(record, ensure_ascii=False)


def _article(number: int) -> str:
    record = {
        "title": f"Luật trồng cây (1/2020/QH14) - Điều {number}. Cây xanh",
        "text": f"Cây xanh\n1. Mỗi xã trồng {number} cây.\n2. Năm 2021, Hà Nội trồng thêm.",
        "law_no": "1/2020/qh14",
        "law_name": "Luật trồng cây",
        "article": str(number),
    }
    return json.dumps(record, ensure_ascii=False)


def _question(number: int) -> str:
    row = {"id": str(number), "question": f"nuôi ong số {number} nộp ở đâu", "gold": ["x"]}
    return json.dumps(row, ensure_ascii=False)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with small corpora and question sets of the shapes that are expected."""
    folder = tmp_path_factory.mktemp("shared")
    for name in ("corpus", "train", "eval"):
        (folder / name).mkdir()
    procedures = "\n".join(map(_procedure, range(1, 7)))
    (folder / "corpus/procedures.jsonl.gz").write_bytes(gzip.compress(procedures.encode()))
    policy = {"id": "a", "title": "Kế hoạch trồng cây", "text": "Hà Nội trồng 90 cây năm 2020."}
    (folder / "corpus/policies.jsonl").write_text(json.dumps(policy), encoding="utf-8")
    articles = "\n".join(map(_article, range(1, 9)))
    (folder / "train/law_articles.jsonl.gz").write_bytes(gzip.compress(articles.encode()))
    for name in ("seeds", "policies", "procedures"):
        asked = "\n".join(map(_question, range(1, 5)))
        (folder / f"eval/{name}.dev.jsonl").write_text(asked, encoding="utf-8")
    return folder
