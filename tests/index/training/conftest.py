"""A folder of texts to learn from and a base model, both as small as can be."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.training.weights import Weights

WIDTH = 384  # as `OnnxEncoder` expects
LAYERS = 2
SUBJECTS = ("hộ tịch", "đất đai", "nhà ở", "xây dựng", "giao thông", "giáo dục", "y tế", "thuế")
ACTS = ("Đăng ký", "Cấp lại", "Thu hồi", "Gia hạn", "Chuyển nhượng", "Xác nhận")
WORDS = tuple(dict.fromkeys(" ".join((*SUBJECTS, *ACTS)).split()))


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every file that training reads."""
    folder = tmp_path_factory.mktemp("shared")
    subjects = [(act, subject) for act in ACTS for subject in SUBJECTS]
    texts = [
        f"{act} {subject} thực hiện tại Ủy ban nhân dân. Thời hạn giải quyết là {i} ngày, kể từ"
        f" ngày nhận đủ hồ sơ {act.lower()} {subject}."
        for i, (act, subject) in enumerate(subjects)
    ]
    write(
        folder / "train/law_articles.jsonl.gz",
        [
            {"text": f"{act} {subject}\n{text} {text}"}
            for (act, subject), text in zip(subjects, texts, strict=True)
        ],
    )
    write(
        folder / "train/question_passage_pairs.jsonl.gz",
        [
            {"question": f"{act} {subject} mất bao lâu?", "title": f"{act} {subject}", "text": text}
            for (act, subject), text in zip(subjects, texts, strict=True)
        ],
    )
    write(
        folder / "train/questions.jsonl.gz",
        [{"text": f"{act} {subject} thì nộp hồ sơ ở đâu?"} for act, subject in subjects],
    )
    write(
        folder / "corpus/procedures.jsonl.gz",
        [
            {"ten_thu_tuc": f"{act} {subject} cho công dân", "trinh_tu_thuc_hien": text}
            for (act, subject), text in zip(subjects, texts, strict=True)
        ],
    )
    return folder


@pytest.fixture(scope="session")
def weights() -> Weights:
    """Return a base model with random weights that knows the words of the texts."""
    chance = np.random.default_rng(1)
    letters = sorted({c for w in WORDS for c in w.lower() + w} | set("abcdefghiklmnopqrstuvxyz"))
    words = [f"▁{w}" for w in WORDS] + [f"▁{w.lower()}" for w in WORDS if not w.islower()]
    pieces = ("<s>", "<pad>", "</s>", "<unk>", "▁", *dict.fromkeys(words), *letters)
    scores = np.array([0.0] * 4 + [-3.0] + [-8.0] * (len(pieces) - 5), dtype=np.float32)

    def some(*shape: int) -> Any:
        return chance.normal(0, 0.2, shape).astype(np.float32)

    tensors = {"emb.word": some(len(pieces), WIDTH), "emb.pos": some(300, WIDTH)}
    tensors |= {"emb.type": some(2, WIDTH)}
    tensors |= {"emb.ln.w": np.ones(WIDTH, np.float32), "emb.ln.b": np.zeros(WIDTH, np.float32)}
    for layer in range(LAYERS):
        for name, outputs, inputs in (
            *((name, WIDTH, WIDTH) for name in ("q", "k", "v", "ao")),
            ("fi", 2 * WIDTH, WIDTH),
            ("fo", WIDTH, 2 * WIDTH),
        ):
            tensors[f"l{layer}.{name}.w"] = some(outputs, inputs)
            tensors[f"l{layer}.{name}.b"] = some(outputs)
        for name in ("aln", "oln"):
            tensors[f"l{layer}.{name}.w"] = np.ones(WIDTH, np.float32)
            tensors[f"l{layer}.{name}.b"] = np.zeros(WIDTH, np.float32)
    return Weights(LAYERS, 4, 2 * WIDTH, 300, pieces, scores, tensors)
