"""Actors of a ledger that may be actors of the store, or each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.resolve import constraints, profiles
from kg.resolve.blocking import candidates
from kg.resolve.name_normalisation import normalise
from kg.resolve.name_similarity import Rarity
from kg.resolve.profiles import Profile
from kg.resolve.scoring import score
from kg.terms import ID

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ingest.readers.records import Actor
    from kg.store.view import View

COLUMNS = ("left", "right", "score", "reason", "decision")
"""Columns of the table of pairs that ``kg resolve judge`` reads."""
THRESHOLD = 0.7


class Pair(NamedTuple):
    """An actor of the ledger and another that may be the same; `left` and `right` are IRIs."""

    left: str
    right: str
    score: float
    reason: str


def lookalikes(view: View, actors: Iterable[Actor], lang: str) -> tuple[Pair, ...]:
    """Return the pairs of which at least one is new, most likely first, with the reasons in `lang`."""
    known = {profile.iri: profile for profile in profiles.read(view.graph)}
    new = {profile.iri: profile for actor in actors if (profile := _profile(actor)).iri not in known}
    both = (*known.values(), *new.values())
    rarity = Rarity(name for profile in both for name in profile.names)
    disjoint = profiles.disjoint(view.graph)
    found = []
    for one, other in candidates(both, rarity).pairs:
        left, right = sorted((both[one], both[other]), key=lambda profile: profile.iri not in new)
        if left.iri not in new or constraints.cannot_link(left, right, disjoint, {}):
            continue
        scored = score(left, right, rarity)
        if scored is not None and scored.value >= THRESHOLD:
            reason = "; ".join(text.localise(lang) or "" for text in scored.reasons)
            found.append(Pair(left.iri, right.iri, round(scored.value, 4), reason))
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.left, pair.right)))


def _profile(actor: Actor) -> Profile:
    return Profile(
        iri=ID + actor.key,
        names=tuple(normalise(name.text) for name in actor.names),
        kinds=frozenset({actor.kind}),
        regions=frozenset("".join(normalise(name.text).words) for name in actor.region),
        cities=frozenset("".join(normalise(name.text).words) for name in actor.city),
        domains=frozenset(actor.domains),
        hosts=frozenset({ID + actor.unit_of} if actor.unit_of else ()),
    )
