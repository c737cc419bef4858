"""Training of the logistic models: weights near those that the rules give, by L-BFGS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, sparse

if TYPE_CHECKING:
    from collections.abc import Mapping

Example = tuple[Sequence[str], bool]

_PRIORS = {"bias": -3.0, "holder=direct": 2.0}
_PATTERN = 2.0
"""Weights before any example: a pattern that matches is worth e² times the odds."""
_SMALLEST = 0.02


def prior(feature: str) -> float:
    """Return the weight of a feature before any example."""
    return _PATTERN if feature.startswith("pattern=") else _PRIORS.get(feature, 0.0)


def fit(examples: Mapping[str, Sequence[Example]], strength: float = 1.0) -> dict[str, dict[str, float]]:
    """Return the weights of each model: the most probable ones under a normal prior of precision `strength`."""
    return {name: _fit(rows, strength, bias=name != "mention") for name, rows in sorted(examples.items())}


def _fit(rows: Sequence[Example], strength: float, *, bias: bool) -> dict[str, float]:
    counts = Counter(feature for features, _ in rows for feature in set(features))
    names = sorted(feature for feature, count in counts.items() if count > 1 or prior(feature))
    places = {name: place for place, name in enumerate(names)}
    columns, ends = [], [0]
    for features, _ in rows:
        columns += sorted(places[feature] for feature in set(features) if feature in places)
        ends.append(len(columns))
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    labels = np.array([label for _, label in rows], dtype=float)
    start = np.array([prior(name) if bias else 0.0 for name in names])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ weights
        change = weights - start
        value = float((np.logaddexp(0, score) - labels * score).sum() + strength / 2 * (change @ change))
        return value, matrix.T @ (1 / (1 + np.exp(-score)) - labels) + strength * change

    found = optimize.minimize(loss, start.copy(), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(found[place]), 3) for name, place in places.items() if abs(found[place]) > _SMALLEST}
