"""What the encoder is taught by: the hidden states of the model that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from transformers import BertModel

Features = Iterable[dict[str, Tensor]]


class WordAlignment(nn.Module):  # type: ignore[misc]
    """Makes the lower layers read a mistyped word as the teacher reads the word as written.

    Both read the same sentence, word for word; what `depth` layers make of each word (the mean of
    its pieces) is compared. One sentence gives as many targets as it has words, and the upper
    layers are not computed at all, which on a processor without accelerator is worth more than
    comparing whole sentences.

    Args:
        model: the one that is taught.
        teacher: the model that reads the text as written; has the same tokenizer.
        depth: layers that are compared and taught.
    """

    def __init__(self, model: SentenceTransformer, teacher: SentenceTransformer, depth: int):
        super().__init__()
        self.model = model
        self._pieces = _starts_word(model)
        self._student = _lower_layers(model, depth)
        self._teacher = _frozen(_lower_layers(teacher, depth))

    def forward(self, features: Features, labels: Tensor | None = None) -> Tensor:
        """Return the loss for the columns (typed, written)."""
        typed, written = features
        student = self._words(self._student, typed)
        with torch.no_grad():
            teacher = self._words(self._teacher, written)
        if student.shape != teacher.shape:  # a slip joined or parted words
            return 0.0 * student.sum()
        known = teacher.abs().sum(-1) > 0
        # Few dimensions of this model are far larger than the rest; each counts alike.
        spread = teacher[known].std(0) + 1e-3
        return (((student - teacher)[known] / spread) ** 2).mean()

    def _words(self, bert: BertModel, features: dict[str, Tensor]) -> Tensor:
        """Return the mean state of each word's pieces. Shape: (batch, words, width)."""
        ids, mask = features["input_ids"], features["attention_mask"]
        states = bert(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        word = self._pieces[ids].cumsum(1)
        member = nn.functional.one_hot(word) * mask[..., None]
        sums = member.float().transpose(1, 2) @ states
        return sums / member.sum(1)[..., None].clamp(min=1)


def _starts_word(model: SentenceTransformer) -> Tensor:
    """Return for each piece whether a word begins with it. Shape: (pieces,)."""
    tokenizer: Any = model.tokenizer
    pieces = tokenizer.convert_ids_to_tokens(range(len(tokenizer)))
    return torch.tensor([piece.startswith("▁") or piece == "</s>" for piece in pieces]).long()


def _lower_layers(model: SentenceTransformer, depth: int) -> BertModel:
    """Return the first layers of a model, sharing its parameters."""
    whole: Any = model[0].model
    config = type(whole.config)(**{**whole.config.to_dict(), "num_hidden_layers": depth})
    lower = BertModel(config, add_pooling_layer=False)
    lower.embeddings = whole.embeddings
    lower.encoder.layer = whole.encoder.layer[:depth]
    return lower


def _frozen(module: Any) -> Any:
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    return module.eval()
