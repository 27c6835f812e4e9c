"""How sure an answer is: a logistic model over what the search saw.

The weights are fitted by `cchc eval calibrate` on questions with and without an answer in the
store (`index.evaluation.calibration`) and lie beside the model, so that the threshold in the
settings means what it says: an answer at 0.5 is right as often as not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / "model" / "confidence.json"


@dataclass(frozen=True)
class Confidence:
    """A fitted logistic model.

    Attributes:
        weights: feature → weight.
        bias: added to the weighted sum.
    """

    weights: Mapping[str, float]
    bias: float

    @classmethod
    def load(cls, path: Path = FILE) -> Confidence:
        """Return the model saved at `path`."""
        table = json.loads(path.read_text(encoding="utf-8"))
        return cls(table["weights"], table["bias"])

    def save(self, path: Path = FILE) -> None:
        """Write the model to `path`."""
        rounded = {name: round(weight, 4) for name, weight in self.weights.items()}
        table = {"weights": rounded, "bias": round(self.bias, 4)}
        path.write_text(json.dumps(table, indent=1, sort_keys=True) + "\n", encoding="utf-8")

    def of(self, features: Mapping[str, float]) -> float:
        """Return the probability that an answer with these features is right."""
        total = self.bias + sum(
            weight * features.get(name, 0.0) for name, weight in self.weights.items()
        )
        return float(1 / (1 + np.exp(-min(max(total, -30.0), 30.0))))
