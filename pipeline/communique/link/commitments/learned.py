"""The small models that weigh what the rules saw: logistic regressions over named features, so that each choice can be explained.

Their weights stand in ``weights/*.json`` beside this file, made from annotated releases by ``benchmarks/train_commitments.py``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

STEEP = 30.0  # beyond it a probability is 0 or 1


@dataclass(frozen=True, slots=True)
class Model:
    """A bias and a weight for each feature; a feature is there or not."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """How likely it is, from 0 to 1; features without a weight say nothing."""
        score = self.bias + math.fsum(self.weights.get(name, 0.0) for name in features)  # exact, so in any order the same
        return 1 / (1 + math.exp(-max(-STEEP, min(STEEP, score))))

    def reason(self, features: Iterable[str]) -> str:
        """The feature that speaks most for it; empty if none does."""
        best = max(sorted(features), key=lambda name: self.weights.get(name, 0.0), default="")
        return best if self.weights.get(best, 0.0) > 0 else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A model for each answer to a question; the likeliest answer is given."""

    models: Mapping[str, Model]

    def best(self, features: Iterable[str]) -> str:
        """The likeliest answer; of equals the first in the alphabet."""
        seen = sorted(features)
        return max(sorted(self.models), key=lambda answer: self.models[answer].probability(seen))


_in_use: dict[str, Model | Choice] = {}


def model(name: str) -> Model:
    """The model of a name: `confidence`, `retellings` or `recipients`."""
    found = _named(name)
    assert isinstance(found, Model)
    return found


def choice(name: str) -> Choice:
    """The models of a name, one for each answer: `actions` or `statuses`."""
    found = _named(name)
    assert isinstance(found, Choice)
    return found


def use(name: str, model: Model | Choice) -> None:
    """Put a model in the place of the shipped one, for training."""
    _in_use[name] = model


def forget() -> None:
    """Take the shipped models again."""
    _in_use.clear()


def _named(name: str) -> Model | Choice:
    if name not in _in_use:
        told = json.loads((files(__package__) / "weights" / f"{name}.json").read_text(encoding="utf-8"))
        _in_use[name] = _model(told) if "bias" in told else Choice({answer: _model(one) for answer, one in told.items()})
    return _in_use[name]


def _model(told: Mapping[str, Any]) -> Model:
    return Model(float(told["bias"]), {str(feature): float(weight) for feature, weight in told["weights"].items()})
