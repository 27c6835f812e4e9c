"""Teaching the encoder; what was interrupted is taken up again."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.training import texts
from index.training.mistyping import mistyped

SEED = 20261122


@dataclass(frozen=True)
class Setting:
    """How much is learnt.

    Attributes:
        steps, batch: how often, from how many sentences each.
        depth: layers that are taught.
        rate: highest learning rate.
    """

    steps: int
    batch: int
    depth: int
    rate: float = 3e-4


# Twenty minutes on two cores with bfloat16, forty without; some minutes on an accelerator.
SETTINGS = {
    "cpu": Setting(1200, 32, 6),
    "gpu": Setting(8000, 64, 6),
    "test": Setting(2, 4, 1),
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
    rows = _typed(texts.sentences(shared, SEED), setting.steps * setting.batch)
    written = _in_batches(rows, setting.batch)
    loss = WordAlignment(model, taught_by, setting.depth)
    data = Dataset.from_dict({"typed": [r[0] for r in written], "written": [r[1] for r in written]})
    return _run(model, data, loss, work / "align", setting)


def _run(model: Any, data: Any, loss: Any, work: Path, setting: Setting) -> Path:
    """Train from the last checkpoint where there is one, and save the model."""
    from sentence_transformers import (
        SentenceTransformerTrainer,
        SentenceTransformerTrainingArguments,
    )
    from transformers.trainer_utils import get_last_checkpoint

    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(work),
        max_steps=setting.steps,
        per_device_train_batch_size=setting.batch,
        learning_rate=setting.rate,
        warmup_steps=max(1, setting.steps // 20),
        lr_scheduler_type="linear",
        weight_decay=0.01,
        max_grad_norm=1.0,
        bf16=_half_precision(),
        use_cpu=_device() == "cpu",
        batch_sampler=_in_order,
        save_steps=max(1, setting.steps // 6),
        save_total_limit=1,
        logging_steps=max(1, min(25, setting.steps // 4)),
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


def _half_precision() -> bool:
    """Return whether bfloat16 saves time: on an accelerator, or a processor with tiles for it."""
    import torch

    return _device() == "cuda" or torch.cpu._is_amx_tile_supported()


def _device() -> str:
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
