"""Late interaction over the best texts of the search: what their tokens say beyond their vectors.

A text is scored by the mean over the question's tokens of the best cosine with one of its own
(Khattab and Zaharia, "ColBERT: Efficient and Effective Passage Search via Contextualized Late
Interaction over BERT", 2020). The tokens come from the last layer of the shipped encoder, which
was not trained for it, about their mean: most of a token's state is what all tokens share.
Nothing of the product does this: docs/evaluation.md says why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from config.words import load_words
from index.encoder import MODEL, OnnxEncoder, Vectors
from index.evaluation.search import MODES, SearchHome
from index.training.compare import TYPED, read_set
from knowledge.places import Places

BEST = 20  # texts of the search that are looked at again
WEIGHTS = (0, 1, 2, 4, 8, 12, 1000)  # of the tokens beside the score of the search
PIECE, STEP = 700, 600  # characters of a long text that are read at once, and how far apart
AVERAGED = 300  # texts of a set over whose tokens the mean is taken
ASKED_BEHIND = 3  # tokens of the question's prefix


class TokenStates:
    """The vectors of a text's tokens.

    Args:
        texts: over whose tokens the mean is taken.
        folder: of the model, as `OnnxEncoder` takes it.
    """

    def __init__(self, texts: Sequence[str], folder: Path = MODEL) -> None:
        import onnx
        import onnxruntime

        model = onnx.load(str(folder / "model.onnx"))
        normalised = [n for n in model.graph.node if n.op_type == "LayerNormalization"]
        self._output = normalised[-1].output[0]
        shape = onnx.helper.make_tensor_value_info(self._output, onnx.TensorProto.FLOAT, None)
        model.graph.output.append(shape)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC  # as `OnnxEncoder` runs it
        options.graph_optimization_level = level
        self._session = onnxruntime.InferenceSession(model.SerializeToString(), options)
        self._tokenizer = OnnxEncoder(folder).tokenizer
        self._mean = np.concatenate([self._states(f"passage: {text}") for text in texts]).mean(0)

    def of_question(self, text: str) -> Vectors:
        """Return unit vectors of what is asked. Shape: (tokens, dimensions)."""
        return self._of(f"query: {text}")[ASKED_BEHIND:]

    def of_passage(self, text: str) -> Vectors:
        """Return unit vectors of a passage's tokens. Shape: (tokens, dimensions)."""
        return self._of(f"passage: {text}")

    def _of(self, text: str) -> Vectors:
        return _unit(self._states(text) - self._mean)

    def _states(self, text: str) -> Vectors:
        """Return the states of tokens but for the marks of beginning and end, of length one."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        (states,) = self._session.run([self._output], inputs)
        return _unit(states[0, 1:-1])


def interaction(asked: Vectors, pieces: Sequence[Vectors]) -> float:
    """Return the mean of the best cosines, in the piece where it is highest.

    Args:
        asked: of a question's tokens. Shape: (tokens, dimensions).
        pieces: of a text's tokens, piece by piece; at least one.
    """
    return max(float((asked @ piece.T).max(axis=1).mean()) for piece in pieces)


def late(shared: Path, work: Path, sets: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Yield how often an accepted text comes first, by the weight of the tokens.

    Args:
        shared: folder of the development data.
        work: where the homes of `compare` are kept between runs.
        sets: names of the sets.
    """
    words, encoder = load_words(), OnnxEncoder()
    for name in sets:
        judged = read_set(shared, name)
        texts = {row["id"]: f"{row['title']} {row['text']}".strip() for row in judged.corpus}
        states = TokenStates([text[:PIECE] for text in list(texts.values())[:AVERAGED]])
        home = SearchHome(
            work / "homes" / name, judged.corpus, encoder, words, Places.load(), lambda *_: None
        )
        pieces = cache(lambda one, texts=texts, states=states: _pieces(texts[one], states))
        for typed in ("with", "without"):
            asked = {q: TYPED[typed](text) for q, text in judged.questions.items()}
            found = home.scored(asked, MODES["hybrid"], BEST)
            tables = [
                _table(states.of_question(home.understood(asked[q])), found[q], pieces)
                for q in asked
            ]
            for weight in WEIGHTS:
                firsts = [
                    best[int(np.argmax(scores + weight * tokens))] in judged.relevant[q]
                    for q, (best, scores, tokens) in zip(asked, tables, strict=True)
                    if best
                ]
                share = round(sum(firsts) / len(asked), 4)
                yield {"set": name, "typed": typed, "weight": weight, "first": share}


def _pieces(text: str, states: TokenStates) -> list[Vectors]:
    begins = range(0, max(1, len(text) - PIECE + STEP), STEP)
    return [states.of_passage(text[begin : begin + PIECE]) for begin in begins]


def _table(
    asked: Vectors, found: Sequence[tuple[str, float]], pieces: Callable[[str], list[Vectors]]
) -> tuple[list[str], Vectors, Vectors]:
    names = [name for name, _ in found]
    scores = np.array([score for _, score in found], dtype=np.float32)
    tokens = np.array([interaction(asked, pieces(name)) for name in names], dtype=np.float32)
    return names, scores, tokens


def _unit(vectors: Vectors) -> Vectors:
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors / lengths
