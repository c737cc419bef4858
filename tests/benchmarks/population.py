"""The population of the synthetic graphs: kinds of actor, forms of link, Zipf laws."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_MOST_PARTIES = 40
_QUADS_PER_ACTOR = 65
"""Quads per actor that signs agreements; units and alliances are additional."""


class Zipf:
    """Numbers from 0, drawn in proportion to ``(number + 1) ** -exponent``."""

    def __init__(self, size: int, exponent: float) -> None:
        """Prepare the first `size` numbers; integer weights avoid rounding differences between machines."""
        self._sums = list(accumulate(max(round(1e9 / rank**exponent), 1) for rank in range(1, size + 1)))

    def draw(self, rng: Random) -> int:
        """Draw one number."""
        return bisect_right(self._sums, rng.random() * self._sums[-1])


@dataclass(frozen=True)
class Kind:
    """A kind of actor: its class, its share of all actors, its names, and the exponent of its Zipf law."""

    name: str
    share: float
    english: str
    chinese: str
    exponent: float

    def key(self, number: int) -> str:
        """Return the part after ``id/`` in the IRI of an actor."""
        return f"{self.name.lower()}-{number:06d}"


KINDS = {
    "firm": Kind("Firm", 0.78, "Firm {} Co., Ltd.", "第{}号有限公司", 1.0),
    "university": Kind("University", 0.09, "University {}", "第{}大学", 0.7),
    "government": Kind("GovernmentDepartment", 0.07, "Department {}", "第{}厅", 0.8),
    "institute": Kind("ResearchInstitute", 0.04, "Institute {}", "第{}研究院", 0.7),
    "association": Kind("Association", 0.02, "Association {}", "第{}协会", 0.8),
}


@dataclass(frozen=True)
class Form:
    """A form of link: its share, its kinds, the role of the leading party, and the roles of the others."""

    name: str
    share: float
    kinds: tuple[str, ...]
    lead: tuple[str, str]
    others: tuple[str, str]
    about: str | None = None


FORMS = (
    Form(
        "Agreement",
        0.52,
        ("StrategicCooperationAgreement", "CooperationAgreement", "JointConstructionAgreement"),
        ("university", "party"),
        ("firm", "party"),
    ),
    Form("CoConstruction", 0.16, ("CoConstructedUnit",), ("university", "host"), ("firm", "coBuilder"), "Unit"),
    Form("Partnership", 0.11, ("Partnership", "Exchange"), ("university", "party"), ("firm", "party")),
    Form(
        "Recognition", 0.08, ("ProgrammeRecognition", "Recognition"), ("government", "issuer"), ("university", "party")
    ),
    Form("Founding", 0.05, ("AllianceFounding",), ("university", "initiator"), ("firm", "member"), "Alliance"),
    Form("Project", 0.05, ("Project",), ("institute", "party"), ("university", "party")),
    Form("Programme", 0.03, ("Programme",), ("government", "funder"), ("firm", "party")),
)


@dataclass(frozen=True)
class Population:
    """All possible parties: the number of each kind, and the probability of each actor."""

    sizes: dict[str, int]
    draws: dict[str, Zipf]
    few: Zipf
    many: Zipf


def population(quads: int) -> Population:
    sizes = {name: max(round(quads / _QUADS_PER_ACTOR * kind.share), 3) for name, kind in KINDS.items()}
    draws = {name: Zipf(size, KINDS[name].exponent) for name, size in sizes.items()}
    return Population(sizes, draws, Zipf(_MOST_PARTIES - 1, 2.2), Zipf(_MOST_PARTIES - 2, 1.0))


def parties(form: Form, people: Population, rng: Random, *, alone: bool) -> list[tuple[str, str]]:
    """Return keys and roles of the named parties, the leading one first and each actor once."""

    def someone(sector: str, role: str) -> tuple[str, str]:
        return KINDS[sector].key(people.draws[sector].draw(rng)), role

    actual = dict([someone(*form.lead)])
    wanted = people.many.draw(rng) + 2 if form.name == "Founding" else people.few.draw(rng) + 1
    for _ in range(0 if alone else min(wanted, _MOST_PARTIES - 2)):
        sector, role = form.others
        if rng.random() < 0.15:
            sector = ("government", "institute", "university", "association")[int(rng.random() * 4)]
        actual.setdefault(*someone(sector, role))
    if rng.random() < 0.08:
        actual.setdefault(*someone("government", "guide"))
    return list(actual.items())


def chosen(rng: Random, shares: Sequence[float]) -> int:
    """Return an index of `shares`, drawn in proportion to its share."""
    sums = list(accumulate(shares))
    return min(bisect_right(sums, rng.random() * sums[-1]), len(shares) - 1)
