"""The encoder as a model of sentence-transformers: made from weights and pieces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from index.encoder import MAX_TOKENS
from index.training.vocabulary import SPECIALS, Vocabulary
from index.training.weights import Floats, Weights

PROMPTS = {"query": "query: ", "document": "passage: "}


def save_model(weights: Weights, vocabulary: Vocabulary, embeddings: Floats, folder: Path) -> None:
    """Write the model of `weights` that reads `vocabulary` as a folder of sentence-transformers.

    Args:
        weights: of the base model; its word embeddings are left out.
        vocabulary: the pieces.
        embeddings: a vector for each of them. Shape: (pieces, width).
        folder: created where it is missing.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer
    from transformers import BertConfig, BertModel

    bert = BertModel(
        BertConfig(
            vocab_size=len(vocabulary.pieces),
            hidden_size=embeddings.shape[1],
            num_hidden_layers=weights.layers,
            num_attention_heads=weights.heads,
            intermediate_size=weights.feed_forward,
            max_position_embeddings=weights.positions,
            pad_token_id=SPECIALS.index("<pad>"),
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        ),
        add_pooling_layer=False,
    )
    state = {name: torch.from_numpy(array) for name, array in _state(weights, embeddings).items()}
    bert.load_state_dict(state, strict=True)
    base = folder / "transformer"
    bert.save_pretrained(base)
    _save_tokenizer(vocabulary, base)
    transformer = Transformer(
        str(base), max_seq_length=MAX_TOKENS, model_kwargs={"add_pooling_layer": False}
    )
    pooling = Pooling(embeddings.shape[1], pooling_mode="mean")
    model = SentenceTransformer(
        modules=[transformer, pooling, Normalize()], prompts=PROMPTS, device="cpu"
    )
    model.save(str(folder), create_model_card=False)


def _state(weights: Weights, embeddings: Floats) -> dict[str, Any]:
    """Return the tensors under the names that BertModel gives them."""
    tensors = weights.tensors
    state: dict[str, Any] = {
        "embeddings.word_embeddings.weight": embeddings,
        "embeddings.position_embeddings.weight": tensors["emb.pos"],
        "embeddings.token_type_embeddings.weight": tensors["emb.type"],
        "embeddings.LayerNorm.weight": tensors["emb.ln.w"],
        "embeddings.LayerNorm.bias": tensors["emb.ln.b"],
    }
    parts = {
        "q": "attention.self.query",
        "k": "attention.self.key",
        "v": "attention.self.value",
        "ao": "attention.output.dense",
        "aln": "attention.output.LayerNorm",
        "fi": "intermediate.dense",
        "fo": "output.dense",
        "oln": "output.LayerNorm",
    }
    for layer in range(weights.layers):
        for short, name in parts.items():
            for end, kind in (("w", "weight"), ("b", "bias")):
                tensor = tensors[f"l{layer}.{short}.{end}"]
                state[f"encoder.layer.{layer}.{name}.{kind}"] = tensor
    return {name: np.ascontiguousarray(array) for name, array in state.items()}


def tokenizer_of(vocabulary: Vocabulary) -> Any:
    """Return the Unigram tokenizer of the pieces: NFKC, runs of spaces to one, "▁" for a space."""
    from tokenizers import Regex, Tokenizer
    from tokenizers.decoders import Metaspace as MetaspaceDecoder
    from tokenizers.models import Unigram
    from tokenizers.normalizers import NFKC, Replace, Sequence, Strip
    from tokenizers.pre_tokenizers import Metaspace
    from tokenizers.processors import TemplateProcessing

    scored = list(zip(vocabulary.pieces, vocabulary.scores.tolist(), strict=True))
    tokenizer = Tokenizer(Unigram(scored, unk_id=SPECIALS.index("<unk>")))
    tokenizer.normalizer = Sequence([NFKC(), Replace(Regex(r"\s+"), " "), Strip()])
    tokenizer.pre_tokenizer = Metaspace()
    tokenizer.decoder = MetaspaceDecoder()
    ends = [(name, SPECIALS.index(name)) for name in ("<s>", "</s>")]
    tokenizer.post_processor = TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    tokenizer.add_special_tokens(list(SPECIALS))
    return tokenizer


def _save_tokenizer(vocabulary: Vocabulary, folder: Path) -> None:
    from transformers import PreTrainedTokenizerFast

    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer_of(vocabulary),
        bos_token="<s>",
        eos_token="</s>",
        cls_token="<s>",
        sep_token="</s>",
        pad_token="<pad>",
        unk_token="<unk>",
        model_max_length=MAX_TOKENS,
        model_input_names=["input_ids", "attention_mask"],
    )
    fast.save_pretrained(folder)
