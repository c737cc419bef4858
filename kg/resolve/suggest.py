"""Who may be one and is not judged yet: suggestions, which merge nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.model import Table
from kg.resolve import constraints, profiles
from kg.resolve.blocking import candidates
from kg.resolve.judgements import pair
from kg.resolve.name_similarity import Rarity
from kg.resolve.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.rdf.sparql import Endpoint
    from kg.resolve.clusters import Clusters
    from kg.resolve.profiles import Profile
    from kg.resolve.scoring import Score

COLUMNS = ("score", "left", "left_name", "right", "right_name", "kind", "place", "reasons")
THRESHOLD = 0.7
"""From which score on a pair is told."""


class Suggestion(NamedTuple):
    """Two actors that may be one."""

    score: Score
    left: Profile
    right: Profile


class SuggestOptions(NamedTuple):
    """What is to be suggested.

    Attributes:
        threshold: the least score, from 0 to 1.
        actor: IRI of the one actor whose pairs are wanted, and of those that it is one with; all without it.
        top: at most so many pairs; all without it.
    """

    threshold: float = THRESHOLD
    actor: str | None = None
    limit: int | None = None


def suggest(graph: Endpoint, clusters: Clusters, lang: str, options: SuggestOptions) -> Table:
    """Pairs that may be one, the most likely first: a row a pair, with the reasons in words.

    Args:
        graph: a merged store.
        clusters: what is known already; what is judged, whatever the verdict, is not asked again.
        lang: of names and reasons.
        options: which of them.
    """
    known = profiles.read(graph)
    rarity = Rarity(name for profile in known for name in profile.names)
    pairs = candidates(known, rarity)
    apart = profiles.disjoint(graph)
    by_iri = {profile.iri: profile for profile in known}
    best: dict[tuple[str, str], Suggestion] = {}
    asked = set() if options.actor is None else set(clusters.cluster(options.actor))
    for one, other in pairs.pairs:
        left, right = known[one], known[other]
        if (asked and asked.isdisjoint({left.iri, right.iri})) or not _open(clusters, left.iri, right.iri):
            continue
        mine, theirs = ([by_iri[iri] for iri in clusters.cluster(side.iri) if iri in by_iri] for side in (left, right))
        if not any(constraints.forbids(a, b, apart, clusters.canonical) for a in mine for b in theirs):
            found = score(left, right, rarity)
            if found is not None and found.value >= options.threshold:
                _keep(best, clusters.canonical, Suggestion(found, left, right))
    rows = sorted(best.values(), key=lambda row: (-row.score.value, row.left.iri, row.right.iri))[: options.limit]
    compared = f"{len(pairs.pairs)} pairs of {len(known)} actors were compared."
    passed = f"{pairs.passed_over} blocks of more actors than tell anything were passed over."
    return Table(COLUMNS, tuple(_row(row, lang) for row in rows), (compared, *([passed] if pairs.passed_over else ())))


def _open(clusters: Clusters, left: str, right: str) -> bool:
    """Whether nobody judged on the two or their clusters, and nothing joins or bars them."""
    mine, theirs = clusters.cluster(left), clusters.cluster(right)
    if mine == theirs or any(pair(a, b) in clusters.effective for a in mine for b in theirs):
        return False
    return clusters.conflict(left, right) is None


def _keep(best: dict[tuple[str, str], Suggestion], canonical: Mapping[str, str], found: Suggestion) -> None:
    """Of several pairs of the same two clusters keep the likeliest, of these the first."""
    left, right = (canonical.get(profile.iri, profile.iri) for profile in (found.left, found.right))
    previous = best.get(pair(left, right))
    if previous is None or found.score.value > previous.score.value:
        best[pair(left, right)] = found


def _row(found: Suggestion, lang: str) -> tuple[float | str, ...]:
    sides = (found.left, found.right)
    names = [_name(side, lang) for side in sides]
    return (
        round(found.score.value, 4),
        found.left.iri,
        names[0],
        found.right.iri,
        names[1],
        " | ".join(dict.fromkeys(", ".join(sorted(side.kinds)) for side in sides)),
        " | ".join(dict.fromkeys(place for side in sides if (place := _place(side)))),
        "; ".join(reason.localise(lang) or "" for reason in found.score.reasons),
    )


def _name(profile: Profile, lang: str) -> str:
    """A name in the script of `lang`, else any."""
    fitting: Iterator[str] = (name.text for name in profile.names if name.han == (lang == "zh"))
    return next(fitting, profile.names[0].text if profile.names else profile.iri)


def _place(profile: Profile) -> str:
    return ", ".join((*sorted(profile.cities), *sorted(profile.regions - profile.cities)))
