"""A BERT encoder as an ONNX graph with 8-bit weights, in the fused operators of onnxruntime.

Written node by node, because what exporters leave of the model (five hundred nodes) costs a
question as much time as its multiplications do. Activations are quantised while the model runs,
one scale a tensor; what few dimensions of the hidden states reach is therefore first evened out
against the weights behind them, as in Xiao et al., "SmoothQuant: Accurate and Efficient
Post-Training Quantization for Large Language Models", 2023.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

OPSET, FUSED_OPSET, IR = 17, 1, 8
FUSED = "com.microsoft"
SMOOTHING = 0.7  # share of the spread that goes from the activations into the weights
STEPS = {True: 64, False: 127}  # of a weight to either side, with reduced range or without

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Linear:
    """A layer `x @ weight + bias`. Shapes: (in, out), (out,)."""

    weight: Floats
    bias: Floats

    def taking(self, scale: Floats) -> Linear:
        """Return the layer for inputs that were divided by `scale`. Shape: (in,)."""
        return Linear(self.weight * scale[:, None], self.bias)

    def giving(self, scale: Floats) -> Linear:
        """Return the layer whose outputs are divided by `scale`. Shape: (out,)."""
        return Linear(self.weight / scale, self.bias / scale)


@dataclass(frozen=True)
class Norm:
    """Layer normalisation. Shape of both: (width,)."""

    gain: Floats
    bias: Floats


@dataclass(frozen=True)
class Layer:
    """One layer of the encoder, and how far what its products read reaches.

    Attributes:
        query, key, value, attended, widened, narrowed: products.
        after_attention, after_feeding: normalisations.
        reach: largest absolute value in each dimension of the layer's input, of the values that
            attention mixed, of the input and of the middle of the feed-forward part.
    """

    query: Linear
    key: Linear
    value: Linear
    attended: Linear
    widened: Linear
    narrowed: Linear
    after_attention: Norm
    after_feeding: Norm
    reach: tuple[Floats, Floats, Floats, Floats]


@dataclass(frozen=True)
class Bert:
    """A model of the E5 family.

    Attributes:
        words: embeddings of the pieces. Shape: (pieces, width).
        places: embeddings of the positions and of the only type. Shape: (positions, width).
        begin: normalisation of their sum.
        layers: in order.
        heads: of the attention.
        epsilon: of the normalisations.
        mean: of the last states of tokens, each of length one. Shape: (width,).
    """

    words: Floats
    places: Floats
    begin: Norm
    layers: Sequence[Layer]
    heads: int
    epsilon: float
    mean: Floats


def save(bert: Bert, path: Path, reduce_range: bool = True) -> None:
    """Write the graph: `input_ids`, `attention_mask` in, `embedding`, `tokens` out.

    Args:
        bert: the model.
        path: of the file.
        reduce_range: weights of 7 bits instead of 8.
    """
    import onnx

    graph = _Graph(STEPS[reduce_range])
    states = _embedded(graph, bert)
    for layer in bert.layers:
        states = _layer(graph, layer, states, bert)
    _embedding(graph, states)
    _tokens(graph, states, bert.mean)
    onnx.save(graph.model(), str(path))


class _Graph:
    """Nodes and weights as they are added, under names that are made up."""

    def __init__(self, steps: int) -> None:
        self.steps = steps
        self._nodes: list[Any] = []
        self._held: list[Any] = []

    def add(
        self, kind: str, *inputs: str, outputs: int = 1, fused: bool = False, **how: Any
    ) -> Any:
        """Add a node; return the name of its output, or of each of several."""
        import onnx

        names = [f"{kind}_{len(self._nodes)}_{i}" for i in range(outputs)]
        domain = FUSED if fused else ""
        self._nodes.append(onnx.helper.make_node(kind, list(inputs), names, domain=domain, **how))
        return names[0] if outputs == 1 else names

    def hold(self, array: NDArray[Any]) -> str:
        """Add a weight; return its name."""
        import onnx

        name = f"held_{len(self._held)}"
        self._held.append(onnx.numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def quantised(self, weight: Floats, axis: int, steps: int) -> tuple[str, str]:
        """Add a matrix in 8 bits with a scale for each slice along `axis`; return both names."""
        scales = np.abs(weight).max(axis=1 - axis, keepdims=True) / steps + 1e-12
        whole = np.rint(weight / scales).astype(np.int8)
        return self.hold(whole), self.hold(scales.ravel().astype(np.float32))

    def product(self, states: str, linear: Linear) -> str:
        """Multiply states of floats by a layer."""
        weight, scales = self.quantised(linear.weight, 1, self.steps)
        inputs = (states, weight, scales, "", self.hold(linear.bias))
        return str(self.add("DynamicQuantizeMatMul", *inputs, fused=True))

    def smoothed(self, states: str, scale: Floats) -> str:
        """Divide states by `scale`."""
        return str(self.add("Mul", states, self.hold((1 / scale).astype(np.float32))))

    def name(self, inner: str, outer: str) -> None:
        """Give an output of the graph its name."""
        import onnx

        self._nodes.append(onnx.helper.make_node("Identity", [inner], [outer]))

    def model(self) -> Any:
        """Return what was added as a model."""
        from onnx import TensorProto, helper

        def seen(name: str, kind: int, *shape: str) -> Any:
            return helper.make_tensor_value_info(name, kind, shape)

        whole, real = TensorProto.INT64, TensorProto.FLOAT
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [seen(name, whole, "batch", "length") for name in ("input_ids", "attention_mask")],
            [
                seen("embedding", real, "batch", "width"),
                seen("tokens", real, "batch", "length", "width"),
            ],
            self._held,
        )
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, FUSED_OPSET)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=IR)


def _embedded(graph: _Graph, bert: Bert) -> str:
    from onnx import TensorProto

    whole, scales = graph.quantised(bert.words, 0, STEPS[False])
    pieces = graph.add("Gather", whole, "input_ids")
    real = graph.add("Cast", pieces, to=TensorProto.FLOAT)
    scale = graph.add("Unsqueeze", graph.add("Gather", scales, "input_ids"), _axes(graph, 2))
    words = graph.add("Mul", real, scale)
    length = graph.add("Shape", "input_ids", start=1, end=2)
    held = graph.hold(bert.places.astype(np.float16))
    halves = graph.add("Slice", held, _axes(graph, 0), length, _axes(graph, 0))
    places = graph.add("Cast", halves, to=TensorProto.FLOAT)
    return _normalised(graph, words, places, bert.begin, bert.epsilon)


def _layer(graph: _Graph, layer: Layer, states: str, bert: Bert) -> str:
    read, mixed, fed, middle = layer.reach
    ahead = [layer.query.weight, layer.key.weight, layer.value.weight]
    even = _evened(read, np.concatenate(ahead, axis=1))
    even_mixed = _evened(mixed, layer.attended.weight)
    values = layer.value.giving(even_mixed)
    parts = [part.taking(even) for part in (layer.query, layer.key, values)]
    attention = Linear(
        np.concatenate([part.weight for part in parts], axis=1),
        np.concatenate([part.bias for part in parts]),
    )
    mixed_states = _attention(graph, graph.smoothed(states, even), attention, bert.heads)
    attended = graph.product(mixed_states, layer.attended.taking(even_mixed))
    states = _normalised(graph, attended, states, layer.after_attention, bert.epsilon)

    even = _evened(fed, layer.widened.weight)
    widened = graph.product(graph.smoothed(states, even), layer.widened.taking(even))
    even = _evened(middle, layer.narrowed.weight)
    bent = graph.smoothed(graph.add("Gelu", widened, fused=True), even)
    narrowed = graph.product(bent, layer.narrowed.taking(even))
    return _normalised(graph, narrowed, states, layer.after_feeding, bert.epsilon)


def _attention(graph: _Graph, states: str, linear: Linear, heads: int) -> str:
    from onnx import TensorProto

    whole, scale, zero = graph.add("DynamicQuantizeLinear", states, outputs=3)
    weight, scales = graph.quantised(linear.weight, 1, graph.steps)
    mask = graph.add("Cast", "attention_mask", to=TensorProto.INT32)
    none = graph.hold(np.zeros(linear.bias.shape, np.int8))
    inputs = (whole, weight, graph.hold(linear.bias), scale, scales, mask, zero, none)
    return str(graph.add("QAttention", *inputs, fused=True, num_heads=heads))


def _normalised(graph: _Graph, states: str, skipped: str, norm: Norm, epsilon: float) -> str:
    held = (graph.hold(norm.gain), graph.hold(norm.bias))
    together = graph.add("Add", states, skipped)
    return str(graph.add("LayerNormalization", together, *held, axis=-1, epsilon=epsilon))


def _embedding(graph: _Graph, states: str) -> None:
    from onnx import TensorProto

    mask = graph.add("Cast", "attention_mask", to=TensorProto.FLOAT)
    column = graph.add("Unsqueeze", mask, _axes(graph, 2))
    shown = graph.add("Mul", states, column)
    total = graph.add("ReduceSum", shown, _axes(graph, 1), keepdims=0)
    graph.name(graph.add("LpNormalization", total, axis=-1, p=2), "embedding")


def _tokens(graph: _Graph, states: str, mean: Floats) -> None:
    """Name the states about their mean, of which most of each state consists, turned at random.

    Turned, all dimensions hold about as much, so that a few bits of each tell nearly all (Gao and
    Long, "RaBitQ: Quantizing High-Dimensional Vectors with a Theoretical Error Bound for
    Approximate Nearest Neighbor Search", 2024).
    """
    from onnx import TensorProto

    drawn = np.random.default_rng(0).normal(size=(len(mean), len(mean)))
    turn, scales = graph.quantised(np.linalg.qr(drawn)[0], 1, STEPS[False])
    turned = graph.add("Mul", graph.add("Cast", turn, to=TensorProto.FLOAT), scales)
    apart = graph.add("Sub", graph.add("LpNormalization", states, axis=-1, p=2), graph.hold(mean))
    tokens = graph.add("LpNormalization", graph.add("MatMul", apart, turned), axis=-1, p=2)
    graph.name(tokens, "tokens")


def _axes(graph: _Graph, *axes: int) -> str:
    return graph.hold(np.array(axes, dtype=np.int64))


def _evened(reach: Floats, weight: Floats) -> Floats:
    """Return what the dimensions of activations are divided by, and those of weights multiplied."""
    far = np.maximum(reach, 1e-3) ** SMOOTHING
    wide = np.maximum(np.abs(weight).max(axis=1), 1e-3) ** (1 - SMOOTHING)
    logs = np.log(far / wide)
    even: Floats = np.exp(logs - logs.mean()).astype(np.float32)
    return even


def linear(state: Mapping[str, Floats], name: str) -> Linear:
    """Return a product of a PyTorch state by its name."""
    return Linear(state[f"{name}.weight"].T, state[f"{name}.bias"])


def norm(state: Mapping[str, Floats], name: str) -> Norm:
    """Return a normalisation of a PyTorch state by its name."""
    return Norm(state[f"{name}.weight"], state[f"{name}.bias"])
