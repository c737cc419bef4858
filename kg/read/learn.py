"""Training of the logistic models: weights near those that the rules give, by L-BFGS."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, sparse, special

from kg.read.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Mapping

Example = tuple[Sequence[str], bool]

_PRIORS = {"bias": -3.0, "holder=direct": 2.0}
_PATTERN = 2.0
"""Weight of a pattern before any example, unless its file gives another one: it multiplies the odds by e²."""
_SMALLEST = 0.02


@functools.cache
def _patterns() -> dict[str, float]:
    some = [one for lang in ("zh", "en") for one in load(f"statements-{lang}")["patterns"]]
    return {f"pattern={one['relation']}:{one['id']}": float(one.get("weight", _PATTERN)) for one in some}


def prior(feature: str) -> float:
    """Return the weight of a feature before any example."""
    return _patterns().get(feature, 0.0) or _PRIORS.get(feature, 0.0)


Weights = dict[str, dict[str, float]]


def fit(examples: Mapping[str, Sequence[Example]], strength: float = 1.0, start: Weights | None = None) -> Weights:
    """Return the weights of each model: the most probable ones under a normal prior of precision `strength`.

    The means of the prior are `start`, or those of `prior`.
    """
    return {name: _fit(name, rows, strength, (start or {}).get(name)) for name, rows in sorted(examples.items())}


def _fit(model: str, rows: Sequence[Example], strength: float, means: Mapping[str, float] | None) -> dict[str, float]:
    counts = Counter(feature for features, _ in rows for feature in set(features))
    known = set(means or ()) | {feature for feature in _patterns() if feature.startswith(f"pattern={model}:")}
    names = sorted(known | {feature for feature, count in counts.items() if count > 1 or prior(feature)})
    places = {name: place for place, name in enumerate(names)}
    columns, ends = [], [0]
    for features, _ in rows:
        columns += sorted(places[feature] for feature in set(features) if feature in places)
        ends.append(len(columns))
    matrix = sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    labels = np.array([label for _, label in rows], dtype=float)
    start = np.array([_mean(model, name, means) for name in names])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ weights
        change = weights - start
        value = float((np.logaddexp(0, score) - labels * score).sum() + strength / 2 * (change @ change))
        return value, matrix.T @ (special.expit(score) - labels) + strength * change

    found = optimize.minimize(loss, start.copy(), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(found[place]), 3) for name, place in places.items() if abs(found[place]) > _SMALLEST}


def _mean(model: str, feature: str, means: Mapping[str, float] | None) -> float:
    """Return the mean of a weight before any example; mentions have no prior."""
    if means is not None:
        return means.get(feature, 0.0)
    return 0.0 if model == "mention" else prior(feature)
