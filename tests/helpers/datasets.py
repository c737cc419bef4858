"""Classic data sets as networks, from the benchmarks beside the checkout."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.networks import LinkSpec, incidence

from kg.network import build

if TYPE_CHECKING:
    from kg.network import Network

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "network_benchmarks"


def _edges(name: str) -> list[tuple[str, str]]:
    file = FOLDER / f"{name}.edges.csv"
    if not file.exists():
        pytest.skip(f"{file.name} of the network benchmarks is not beside this checkout")
    with file.open(encoding="utf-8", newline="") as lines:
        return [(row["source"].replace(" ", "_"), row["target"].replace(" ", "_")) for row in csv.DictReader(lines)]


def two_mode(name: str) -> Network:
    """Return people and the events that they attended."""
    parties: dict[str, set[str]] = {}
    for person, event in _edges(name):
        parties.setdefault(event.replace("/", "-"), set()).add(person)
    return build(incidence({event: LinkSpec(" ".join(sorted(people))) for event, people in parties.items()}))


def one_mode(name: str) -> Network:
    """Return each tie as a link of two parties, so that its Newman weight is 1."""
    ties = sorted({tuple(sorted(ends)) for ends in _edges(name)})
    return build(incidence({f"tie-{number:04}": LinkSpec(" ".join(ends)) for number, ends in enumerate(ties)}))
