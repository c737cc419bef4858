"""Logistic models as data: one for the mentions and one for each relation, with weights by feature."""

from __future__ import annotations

import functools
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

PATH = Path(__file__).resolve().parent / "weights.json"


@dataclass(frozen=True, slots=True)
class Models:
    """The models of each language.

    Attributes:
        weights: weight of a feature, by language, model and feature.
        thresholds: by language, the lowest probability of a ``mention`` and of a ``proposal``, and of one that is
            ``preaccepted``.
    """

    weights: Mapping[str, Mapping[str, Mapping[str, float]]]
    thresholds: Mapping[str, Mapping[str, float]]

    def probability(self, lang: str, model: str, features: Iterable[str]) -> float:
        """Return the probability that a candidate with these features is right."""
        weights = self.weights[lang].get(model)
        if weights is None:
            return 0.0
        total = sum(weights.get(feature, 0.0) for feature in set(features))
        return 1 / (1 + math.exp(-total)) if total > -500 else 0.0


@functools.cache
def shipped() -> Models:
    """Return the models of the package, which tests/benchmarks/reading.py trains."""
    content = json.loads(PATH.read_text(encoding="utf-8"))
    return Models(content["weights"], content["thresholds"])
