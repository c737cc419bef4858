"""The links of a scene in few bytes: who takes part in which role, of what kind, since when, and which sources say so.

Links are in the order of their IRIs. What many of them have alike is a form, told once: kind, stage, whether they are a
point of the map, which days are known, whether somebody is not named (and whether at least so many), how many sources
there are, and how many parties in which roles. A link is the number of its form and then, as far as its form has them:
its parties, as ranks of the actors, each in a role less the one before; its first day and its last; how many parties
nobody names; its sources. The page makes of this the lines that `kg.map.scene.edges` draws, and who has which partners.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from datetime import date
from itertools import chain, groupby, pairwise
from typing import NamedTuple

from kg.map.scene.model import Scene, SceneSource
from kg.map.webgl import binary
from kg.query.cards import LinkCard
from kg.terms import BASE

_EPOCH = date(1970, 1, 1)

Plain = Mapping[str, object]


class _Form(NamedTuple):
    """What many links have alike; `roles` says how many parties take part in which roles."""

    kind: str
    stage: str | None
    point: bool
    start: bool
    latest: bool
    unnamed: bool
    bound: bool
    sources: int
    roles: tuple[tuple[tuple[str, ...], int], ...]


def coded(scene: Scene, rank: Sequence[int]) -> Plain:
    """What the script reads of links and sources; `rank` is the place of each node among the points."""
    sources = sorted(set(chain.from_iterable(scene.sources.values())), key=lambda source: source.iri)
    number = {source: i for i, source in enumerate(sources)}
    points = {hyperedge.link for hyperedge in scene.hyperedges}
    origin = min((day for card in scene.links.values() for day in (card.start, card.latest) if day), default=_EPOCH)
    forms, rests = [], []
    for iri, card in scene.links.items():
        groups = _groups(scene, iri, rank)
        said = [number[source] for source in scene.sources.get(iri, ())]
        form = _form(card, point=iri in points, sources=len(said), roles=[(kind, len(own)) for kind, own in groups])
        days = [card.start] * form.start + [card.latest] * form.latest
        forms.append(form)
        rests.append(
            [
                *chain.from_iterable(map(_steps, (own for _, own in groups))),
                *((day - origin).days for day in days if day),
                *[card.declared - card.named] * form.unnamed,
                *said,
            ]
        )
    counts = Counter(forms)
    kinds = sorted(counts, key=lambda form: (-counts[form], repr(form)))
    place = {form: i for i, form in enumerate(kinds)}
    zipped = zip(forms, rests, strict=True)
    return {
        "origin": (origin - _EPOCH).days,
        "forms": [form._asdict() for form in kinds],
        "links": binary.varints(chain.from_iterable((place[form], *rest) for form, rest in zipped)),
        "linkIris": binary.fronts([short(iri) for iri in scene.links]),
        **_told(sources),
    }


def names(scene: Scene) -> Plain:
    """What the links are called, in English and in Chinese."""
    pieces, coded_ = binary.names([text or "" for card in scene.links.values() for text in astuple(card.label)])
    return {"pieces": pieces, "names": coded_}


def room(scene: Scene) -> int:
    """How many bytes the names of the links take at most."""
    return sum(len(text.encode()) for card in scene.links.values() for text in astuple(card.label) if text)


def short(iri: str) -> str:
    """``~`` and what follows our own base; of any other IRI ``=`` and itself."""
    return f"~{iri.removeprefix(BASE)}" if iri.startswith(BASE) else f"={iri}"


def _groups(scene: Scene, iri: str, rank: Sequence[int]) -> list[tuple[tuple[str, ...], list[int]]]:
    """The ranks of the members of a link, ascending, by the roles in which they take part."""
    members = sorted((roles, rank[i]) for roles, i in zip(scene.roles[iri], scene.members[iri], strict=True))
    return [(roles, [place for _, place in own]) for roles, own in groupby(members, key=lambda one: one[0])]


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


def _steps(places: Sequence[int]) -> list[int]:
    """The first as it is, and each of the others less the one before."""
    return [places[0], *(b - a for a, b in pairwise(places))]


def _told(sources: Sequence[SceneSource]) -> Plain:
    """The sources: who publishes them, of what quality they are."""
    voices = sorted({(source.publisher or "", source.quality or "") for source in sources})
    place = {voice: i for i, voice in enumerate(voices)}
    return {
        "publishers": voices,
        "publisherOf": binary.varints(place[source.publisher or "", source.quality or ""] for source in sources),
        "sourceIris": binary.fronts([short(source.iri) for source in sources]),
    }
