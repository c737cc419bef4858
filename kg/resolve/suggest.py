"""Suggestions of unjudged pairs that may be the same actor; suggestions merge nothing."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from kg.model import Table
from kg.resolve import constraints, profiles
from kg.resolve.blocking import candidates
from kg.resolve.judgements import pair
from kg.resolve.name_similarity import Rarity
from kg.resolve.scoring import score
from kg.texts import Message, Text, listed, localise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.rdf.sparql import Endpoint
    from kg.resolve.clusters import Clusters
    from kg.resolve.profiles import Profile
    from kg.resolve.scoring import Score

COLUMNS = ("score", "left", "left_name", "right", "right_name", "kind", "place", "reasons")
THRESHOLD = 0.7
"""Default minimum score of a suggestion."""


class Suggestion(NamedTuple):
    """Two actors that may be the same."""

    score: Score
    left: Profile
    right: Profile


class SuggestOptions(NamedTuple):
    """Options of `suggest`.

    Attributes:
        threshold: minimum score, from 0 to 1.
        actors: IRIs of the actors whose pairs are suggested; ``None`` for all actors.
        limit: maximum number of pairs; ``None`` for all.
    """

    threshold: float = THRESHOLD
    actors: frozenset[str] | None = None
    limit: int | None = None


def suggest(graph: Endpoint, clusters: Clusters, lang: str, options: SuggestOptions) -> Table:
    """Return pairs that may be the same actor, most likely first, with the reasons.

    Args:
        graph: a merged store.
        clusters: known clusters; judged pairs are not suggested, whatever the verdict.
        lang: language of names and reasons.
        options: which pairs to return.
    """
    known = profiles.read(graph)
    rarity = Rarity(name for profile in known for name in profile.names)
    pairs = candidates(known, rarity)
    disjoint = profiles.disjoint(graph)
    by_iri = {profile.iri: profile for profile in known}
    best: dict[tuple[str, str], Suggestion] = {}
    for one, other in pairs.pairs:
        left, right = known[one], known[other]
        if (options.actors is not None and options.actors.isdisjoint({left.iri, right.iri})) or not _unresolved(
            clusters, left.iri, right.iri
        ):
            continue
        sides = ([by_iri[iri] for iri in clusters.cluster(side.iri) if iri in by_iri] for side in (left, right))
        if not any(constraints.cannot_link(a, b, disjoint, clusters.canonical) for a, b in product(*sides)):
            scored = score(left, right, rarity)
            if scored is not None and scored.value >= options.threshold:
                _keep(best, clusters.canonical, Suggestion(scored, left, right))
    rows = sorted(best.values(), key=lambda row: (-row.score.value, row.left.iri, row.right.iri))[: options.limit]
    compared = Message("{pairs} pairs of {actors} actors were compared.", pairs=len(pairs.pairs), actors=len(known))
    skipped = Message("{count} blocks of too many actors were skipped.", count=pairs.skipped_blocks)
    notes = (compared, *([skipped] if pairs.skipped_blocks else ()))
    places = profiles.place_names(graph)
    return Table(COLUMNS, tuple(_row(row, lang, places) for row in rows), notes)


def _unresolved(clusters: Clusters, left: str, right: str) -> bool:
    """Return whether the clusters of two actors have no judgement and no conflict between them."""
    mine, theirs = clusters.cluster(left), clusters.cluster(right)
    if mine == theirs or any(pair(a, b) in clusters.effective for a in mine for b in theirs):
        return False
    return clusters.conflict(left, right) is None


def _keep(best: dict[tuple[str, str], Suggestion], canonical: Mapping[str, str], new: Suggestion) -> None:
    """Keep the most likely pair of two clusters, and of several the first."""
    left, right = (canonical.get(profile.iri, profile.iri) for profile in (new.left, new.right))
    previous = best.get(pair(left, right))
    if previous is None or new.score.value > previous.score.value:
        best[pair(left, right)] = new


def _row(suggestion: Suggestion, lang: str, places: Mapping[str, Text]) -> tuple[float | str, ...]:
    sides = (suggestion.left, suggestion.right)
    names = [_name(side, lang) for side in sides]
    return (
        round(suggestion.score.value, 4),
        suggestion.left.iri,
        names[0],
        suggestion.right.iri,
        names[1],
        " | ".join(dict.fromkeys(", ".join(sorted(side.kinds)) for side in sides)),
        " | ".join(dict.fromkeys(place for side in sides if (place := _place(side, lang, places)))),
        localise(Message("; ").join(_with_places(one, places) for one in suggestion.score.reasons), lang),
    )


def _name(profile: Profile, lang: str) -> str:
    """Return a name in the script of `lang`, otherwise any name."""
    names: Iterator[str] = (name.text for name in profile.names if name.han == (lang == "zh"))
    return next(names, profile.names[0].text if profile.names else profile.iri)


def _place(profile: Profile, lang: str, places: Mapping[str, Text]) -> str:
    keys = (*sorted(profile.cities), *sorted(profile.regions - profile.cities))
    return localise(listed(dict.fromkeys(places[key] for key in keys)), lang)


def _with_places(reason: Text, places: Mapping[str, Text]) -> Text:
    """Return a reason with the names of its cities in place of their normalised names."""
    if isinstance(reason, Message) and "cities" in reason.values:
        return reason.format(cities=places[str(reason.values["cities"])])
    return reason
