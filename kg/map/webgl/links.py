"""Compact encoding of the links of a scene: parties with roles, kind, stage, dates and sources.

Links are sorted by IRI. The properties that many links share are a *form*, stored once: kind, stage, whether the link
is a point of the map, which dates are known, whether parties are unnamed (and whether their count is a lower bound),
the number of sources, and the number of parties per role. A link is the index of its form, followed by what its form
announces: the ranks of its parties per role as differences, first and last day, number of unnamed parties, and sources.
The scripts derive the lines of `kg.map.scene.edges` and the partners from this.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from kg.map.html.payload_types import LargeFinding, LargeForm, LargeLinks, LargeNames, LargeSources
from kg.map.scene.model import Scene, SceneSource
from kg.map.webgl import binary
from kg.query.cards import LinkCard
from kg.terms import BASE

_EPOCH = date(1970, 1, 1)


class _Form(NamedTuple):
    """Properties that many links share; `roles` contains the number of parties per combination of roles."""

    kind: str
    stage: str | None
    point: bool
    start: bool
    latest: bool
    unnamed: bool
    bound: bool
    sources: int
    roles: tuple[tuple[tuple[str, ...], int], ...]


def encode(scene: Scene, rank: Sequence[int]) -> LargeLinks:
    """Return links and sources for the scripts; `rank` is the index of each node among the points."""
    sources = sorted(set(chain.from_iterable(scene.sources.values())), key=lambda source: source.iri)
    number = {source: i for i, source in enumerate(sources)}
    points = {hyperedge.link for hyperedge in scene.hyperedges}
    origin = min((day for card in scene.links.values() for day in (card.start, card.latest) if day), default=_EPOCH)
    forms, rests = [], []
    for iri, card in scene.links.items():
        groups = _groups(scene, iri, rank)
        own = [number[source] for source in scene.sources.get(iri, ())]
        roles = [(kind, len(members)) for kind, members in groups]
        form = _form(card, point=iri in points, sources=len(own), roles=roles)
        days = [card.start] * form.start + [card.latest] * form.latest
        forms.append(form)
        rests.append(
            [
                *chain.from_iterable(map(_differences, (members for _, members in groups))),
                *((day - origin).days for day in days if day),
                *[card.declared - card.named] * form.unnamed,
                *own,
            ]
        )
    counts = Counter(forms)
    distinct = sorted(counts, key=lambda form: (-counts[form], repr(form)))
    index = {form: i for i, form in enumerate(distinct)}
    zipped = zip(forms, rests, strict=True)
    return {
        "origin": (origin - _EPOCH).days,
        "forms": [_plain(form) for form in distinct],
        "links": binary.varints(chain.from_iterable((index[form], *rest) for form, rest in zipped)),
        "linkIris": binary.fronts([short(iri) for iri in scene.links]),
        **_encoded_sources(sources),
    }


def names(scene: Scene) -> LargeNames:
    """Return the English and Chinese names of the links."""
    pieces, numbers = binary.names([text or "" for card in scene.links.values() for text in card.label.pair])
    return {"pieces": pieces, "names": numbers}


def findings(scene: Scene) -> list[LargeFinding]:
    """Return the findings with the indexes of their links."""
    index = {iri: k for k, iri in enumerate(scene.links)}
    return [
        {
            "name": one.name,
            "text": list(one.text.pair),
            "links": binary.varints(b - a for a, b in pairwise((0, *sorted(index[iri] for iri in one.links)))),
        }
        for one in scene.findings
    ]


def names_size(scene: Scene) -> int:
    """Return an upper bound for the size of the names of the links in bytes."""
    return sum(len(text.encode()) for card in scene.links.values() for text in card.label.pair if text)


def short(iri: str) -> str:
    """Return ``~`` and the rest of an IRI below `kg.terms.BASE`, or ``=`` and any other IRI."""
    return f"~{iri.removeprefix(BASE)}" if iri.startswith(BASE) else f"={iri}"


def _groups(scene: Scene, iri: str, rank: Sequence[int]) -> list[tuple[tuple[str, ...], list[int]]]:
    """Return the ascending ranks of the members of a link, grouped by their roles."""
    members = sorted((roles, rank[i]) for roles, i in zip(scene.roles[iri], scene.members[iri], strict=True))
    return [(roles, [index for _, index in group]) for roles, group in groupby(members, key=lambda one: one[0])]


def _form(card: LinkCard, *, point: bool, sources: int, roles: Iterable[tuple[tuple[str, ...], int]]) -> _Form:
    unnamed = card.declared > card.named
    return _Form(
        kind=card.kind,
        stage=card.stage,
        point=point,
        start=card.start is not None,
        latest=card.latest is not None and card.latest != card.start,
        unnamed=unnamed,
        bound=unnamed and card.is_lower_bound,
        sources=sources,
        roles=tuple(roles),
    )


def _plain(form: _Form) -> LargeForm:
    return {
        "kind": form.kind,
        "stage": form.stage,
        "point": form.point,
        "start": form.start,
        "latest": form.latest,
        "unnamed": form.unnamed,
        "bound": form.bound,
        "sources": form.sources,
        "roles": form.roles,
    }


def _differences(ranks: Sequence[int]) -> list[int]:
    """Return the first rank and the difference of each other one from the previous rank."""
    return [ranks[0], *(b - a for a, b in pairwise(ranks))]


def _encoded_sources(sources: Sequence[SceneSource]) -> LargeSources:
    """Return the IRIs of the sources, and their distinct pairs of publisher and quality."""
    publishers = sorted({(source.publisher or "", source.quality or "") for source in sources})
    index = {publisher: i for i, publisher in enumerate(publishers)}
    return {
        "publishers": publishers,
        "publisherOf": binary.varints(index[source.publisher or "", source.quality or ""] for source in sources),
        "sourceIris": binary.fronts([short(source.iri) for source in sources]),
    }
