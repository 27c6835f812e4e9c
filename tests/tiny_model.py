"""A small real sentence-transformers model; needs the extra `models`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from index.unrelated import PASSAGES, QUESTIONS

DIMENSIONS = 24
MAX_TOKENS = 40
SPECIAL = {
    "pad_token": "[PAD]",
    "unk_token": "[UNK]",
    "cls_token": "[CLS]",
    "sep_token": "[SEP]",
    "mask_token": "[MASK]",
}
PROMPTS = {"query": "câu hỏi: ", "passage": "đoạn văn: "}


def save_model(folder: Path, seed: int = 1, prompts: dict[str, str] | None = None) -> None:
    """Write a model with random weights into a folder.

    Args:
        folder: made if need be.
        seed: of the weights.
        prompts: by name; `PROMPTS` if not given.
    """
    torch.manual_seed(seed)
    tokenizer = _tokenizer()
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=DIMENSIONS,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=64,
    )
    with TemporaryDirectory() as parts:
        tokenizer.save_pretrained(parts)
        BertModel(config).save_pretrained(parts)
        modules = [Transformer(parts, max_seq_length=MAX_TOKENS), Pooling(DIMENSIONS, "mean")]
        model = SentenceTransformer(modules=modules, prompts=prompts or PROMPTS, device="cpu")
        model.save(str(folder), create_model_card=False)


def _tokenizer() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.BPE(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=500,
        special_tokens=list(SPECIAL.values()),
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator([*QUESTIONS, *PASSAGES], trainer)
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, **SPECIAL)
