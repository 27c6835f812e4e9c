"""Teaching the encoder, in two stages; each can be interrupted and taken up again."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.postings import lexical_index
from index.text import folded_syllables, pair_terms, syllable_terms
from index.training import texts
from index.training.mistyping import mistyped
from index.training.texts import Pair

SEED = 20261122
GROUP = 6  # pairs whose passages share words, in one batch: each other's hard negatives


@dataclass(frozen=True)
class Setting:
    """How much is learnt.

    Attributes:
        align_steps, align_batch: of the first stage, with how many sentences each.
        depth: layers taught in the first stage.
        tune_steps, tune_batch: of the second stage, half of them over pairs.
        align_rate, tune_rate: highest learning rates.
    """

    align_steps: int
    align_batch: int
    depth: int
    tune_steps: int
    tune_batch: int
    align_rate: float = 3e-4
    tune_rate: float = 5e-5


# Two cores without bfloat16 in an hour and a half; an accelerator in some minutes.
SETTINGS = {
    "cpu": Setting(750, 24, 6, 300, 24),
    "gpu": Setting(8000, 64, 6, 4000, 64),
    "test": Setting(2, 4, 1, 2, 4),
}


def align(start: Path, teacher: Path, shared: Path, work: Path, setting: Setting) -> Path:
    """Teach the lower layers to read mistyped words as written; return the model's folder.

    Args:
        start, teacher: folders of the model to teach and of the one that teaches.
        shared: folder of the development data.
        work: where checkpoints are kept.
        setting: how much.
    """
    from datasets import Dataset
    from sentence_transformers import SentenceTransformer

    from index.training.losses import WordAlignment

    model, taught_by = (SentenceTransformer(str(f), device=_device()) for f in (start, teacher))
    rows = _typed(texts.sentences(shared, SEED), setting.align_steps * setting.align_batch)
    written = _in_batches(rows, setting.align_batch)
    loss = WordAlignment(model, taught_by, setting.depth)
    data = Dataset.from_dict({"typed": [r[0] for r in written], "written": [r[1] for r in written]})
    return _run(
        model,
        data,
        loss,
        work / "align",
        steps=setting.align_steps,
        batch=setting.align_batch,
        rate=setting.align_rate,
    )


def tune(start: Path, teacher: Path, shared: Path, work: Path, setting: Setting) -> Path:
    """Teach all layers on whole sentences and on questions; return the model's folder.

    The arguments are those of `align`.
    """
    from datasets import Dataset, DatasetDict
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss

    from index.training.losses import VectorAlignment

    model, taught_by = (SentenceTransformer(str(f), device=_device()) for f in (start, teacher))
    half = setting.tune_steps // 2 * setting.tune_batch
    chance = random.Random(SEED)
    sentences = texts.sentences(shared, SEED + 1)
    rows = _in_batches(_typed(sentences, half), setting.tune_batch)
    found = _grouped(texts.pairs(shared, SEED), setting.tune_batch)[:half]
    data = DatasetDict(
        {
            "sentences": Dataset.from_dict(
                {"typed": [r[0] for r in rows], "written": [r[1] for r in rows]}
            ),
            "pairs": Dataset.from_dict(
                {
                    "question": [f"query: {mistyped(p.question, chance)}" for p in found],
                    "passage": [f"passage: {p.passage}" for p in found],
                }
            ),
        }
    )
    losses = {
        "sentences": VectorAlignment(model, taught_by),
        "pairs": MultipleNegativesRankingLoss(model, scale=50.0),
    }
    return _run(
        model,
        data,
        losses,
        work / "tune",
        steps=setting.tune_steps,
        batch=setting.tune_batch,
        rate=setting.tune_rate,
    )


def _run(
    model: Any, data: Any, loss: Any, work: Path, *, steps: int, batch: int, rate: float
) -> Path:
    """Train one stage, from its last checkpoint where there is one, and save the model."""
    from sentence_transformers import (
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from transformers.trainer_utils import get_last_checkpoint

    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(work),
        max_steps=steps,
        per_device_train_batch_size=batch,
        learning_rate=rate,
        warmup_steps=max(1, steps // 20),
        lr_scheduler_type="linear",
        weight_decay=0.01,
        max_grad_norm=1.0,
        bf16=_device() == "cuda",
        use_cpu=_device() == "cpu",
        batch_sampler=_in_order,
        multi_dataset_batch_sampler="round_robin",
        save_steps=max(1, steps // 6),
        save_total_limit=1,
        logging_steps=max(1, min(25, steps // 4)),
        report_to="none",
        seed=SEED,
        disable_tqdm=True,
        dataloader_num_workers=0,
    )
    trainer = SentenceTransformerTrainer(model=model, args=arguments, train_dataset=data, loss=loss)
    last = get_last_checkpoint(str(work)) if work.is_dir() else None
    trainer.train(resume_from_checkpoint=last)
    folder = work / "model"
    model.save(str(folder), create_model_card=False)
    return folder


def _in_order(dataset: Any, batch_size: int, drop_last: bool, **_: Any) -> Any:
    """Sample batches as they stand: they were put together with care."""
    from sentence_transformers.base.sampler import DefaultBatchSampler
    from torch.utils.data import SequentialSampler

    return DefaultBatchSampler(SequentialSampler(dataset), batch_size=batch_size, drop_last=True)


def _typed(sentences: Sequence[str], count: int) -> list[tuple[str, str]]:
    """Return `count` sentences as typed and as written, with either prompt, again if too few."""
    chance = random.Random(SEED)
    rows = []
    for i in range(count):
        written = " ".join(sentences[i % len(sentences)].split())
        prompt = "query: " if chance.random() < 0.7 else "passage: "
        rows.append((prompt + mistyped(written, chance), prompt + written))
    return rows


def _in_batches(rows: list[tuple[str, str]], batch: int) -> list[tuple[str, str]]:
    """Return the rows so that those of a batch are of like length, the batches shuffled."""
    batches: list[list[tuple[str, str]]] = []
    for begin in range(0, len(rows), batch * 50):
        block = sorted(rows[begin : begin + batch * 50], key=lambda r: len(r[1]))
        batches += [block[i : i + batch] for i in range(0, len(block), batch)]
    random.Random(SEED).shuffle(batches)
    return [row for rows_of in batches for row in rows_of]


def _grouped(pairs: Sequence[Pair], batch: int) -> list[Pair]:
    """Return the pairs so that each batch holds groups whose passages share words.

    The lexical index finds, for each pair, passages that say much of its question but answer
    another: hard negatives without a further text to encode.
    """
    terms = [_terms(p.passage) for p in pairs]
    index = lexical_index(terms)
    free = set(range(len(pairs)))
    groups: list[list[int]] = []
    for first in range(len(pairs)):
        if first not in free:
            continue
        near = index.scores(np.unique(_terms(pairs[first].question)))
        groups.append(list(_group(pairs, first, np.argsort(-near)[:60].tolist(), free)))
        free -= set(groups[-1])
    whole = [g for g in groups if len(g) == GROUP]
    random.Random(SEED).shuffle(whole)
    return [pairs[i] for group in whole for i in group]


def _group(pairs: Sequence[Pair], first: int, near: list[int], free: set[int]) -> Iterator[int]:
    """Yield a pair and the free ones near it that do not share its question or passage."""
    questions, passages = set(), set()
    count = 0
    for i in (first, *near):
        question, passage = pairs[i].question, pairs[i].passage[:80]
        if i in free and question not in questions and passage not in passages and count < GROUP:
            questions.add(question)
            passages.add(passage)
            count += 1
            yield i


def _terms(text: str) -> Any:
    syllables = syllable_terms(folded_syllables(text))
    return np.concatenate([syllables, pair_terms(syllables)])


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
