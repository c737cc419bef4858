"""What is told of the links of a scene: a card each, the roles of their members, who says so, and every notation."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

import numpy as np

from kg.map.messages import term
from kg.map.scene.model import SceneMeasure, SceneSource
from kg.model import Text
from kg.network import LinkNode, Network
from kg.query.cards import LinkCard


def cards(network: Network, links: Iterable[LinkNode], known: Mapping[str, LinkCard]) -> dict[str, LinkCard]:
    """The card of each link; of one that is not among the `known`, what the network alone knows of it."""
    latest = network.links.table["start_latest"].to_pylist()
    return {link.iri: known.get(link.iri) or _bare_card(link, day) for link, day in zip(links, latest, strict=True)}


def _bare_card(link: LinkNode, latest: date | None) -> LinkCard:
    return LinkCard(
        iri=link.iri,
        label=link.label,
        kind=link.kind,
        stage=link.stage,
        stated_as=None,
        start=link.start,
        description=Text(),
        parties=(),
        named=link.named,
        declared=link.declared,
        is_lower_bound=link.is_lower_bound,
        latest=latest,
    )


def roles(network: Network) -> Iterator[tuple[tuple[str, ...], ...]]:
    """In which roles each of the members of each link takes part, in the order of `kg.map.scene.edges.members`."""
    kinds = network.roles.kinds
    found = [kinds[code] for code in network.roles.codes.tolist()]
    ends = np.searchsorted(network.link_of, np.arange(len(network.links) + 1)).tolist()
    return (tuple(found[start:stop]) for start, stop in pairwise(ends))


def sources(network: Network, known: Sequence[SceneSource]) -> dict[str, tuple[SceneSource, ...]]:
    """Who says who takes part in each link; nothing where the sources are not handed in."""
    if not known:
        return {}
    table = network.links.table
    told = zip(table["iri"].to_pylist(), table["sources"].to_pylist(), strict=True)
    return {iri: tuple([known[row] for row in rows or ()]) for iri, rows in told}


def terms(
    network: Network,
    told: Mapping[str, LinkCard],
    measures: Sequence[SceneMeasure],
    said_by: Sequence[SceneSource],
    *,
    known: Mapping[str, Text],
) -> dict[str, Text]:
    """What every notation is called that the page may have to name, as "scheme/notation", sorted."""
    found = {("measure", measure.name) for measure in measures}
    found.update(("layer", layer) for layers in network.links.layers.kinds for layer in layers)
    found.update(("role", role) for kind in network.roles.kinds for role in kind)
    found.update(("quality", source.quality or "") for source in said_by)
    for scheme, column in (("class", "kind"), ("sector", "sector")):
        found.update((scheme, name or "") for name in network.actors.table[column].unique().to_pylist())
    for card in told.values():
        found.update((("kind", card.kind), ("stage", card.stage or "")))
        found.update(("role", party.role) for party in card.parties)
        for piece in card.evidence:
            found.update((("quality", piece.quality or ""), ("reading", piece.reading or "")))
    return {f"{scheme}/{name}": term(scheme, name, known) for scheme, name in sorted(found) if name}
