"""Conversion of a network to and from networkx."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from kg.errors import InputError
from kg.model import Text, localise
from kg.network.incidence.tables import ACTORS, LINKS
from kg.network.nodes import ActorNode, Actors, LinkNode, Links, Words, combined
from kg.texts import Message

if TYPE_CHECKING:
    import networkx as nx

_ROLE = "party"


def two_mode(
    actors: Sequence[ActorNode],
    links: Sequence[LinkNode],
    ends: Iterable[tuple[int, int, tuple[str, ...]]],
    notes: Sequence[Text],
) -> "nx.Graph[str]":
    """Return a graph with actors and links as nodes; `ends` are (link, actor, roles)."""
    graph = _empty(notes)
    for actor in actors:
        graph.add_node(actor.iri, bipartite=0, **_actor_attributes(actor))
    for link in links:
        graph.add_node(link.iri, bipartite=1, **_link_attributes(link))
    for k, i, roles in ends:
        graph.add_edge(actors[i].iri, links[k].iri, role=" ".join(roles))
    return graph


def one_mode(
    actors: Sequence[ActorNode],
    links: Sequence[LinkNode],
    ties: Iterable[tuple[int, int, float, tuple[int, ...]]],
    notes: Sequence[Text],
) -> "nx.Graph[str]":
    """Return a graph with actors as nodes; `ties` are (actor, actor, weight, links)."""
    graph = _empty(notes)
    for actor in actors:
        graph.add_node(actor.iri, **_actor_attributes(actor))
    for a, b, weight, shared in ties:
        iris = " ".join(links[k].iri for k in shared)
        graph.add_edge(actors[a].iri, actors[b].iri, weight=weight, links=len(shared), link_iris=iris)
    return graph


def read(graph: "nx.Graph[Any]") -> dict[str, Any]:
    """Return the parts of the network that `graph` represents (see `Network.from_networkx`), by name.

    Raises:
        InputError: the graph does not represent a network.
    """
    if graph.is_directed():
        raise InputError("the graph is directed, and links have no direction; hand over graph.to_undirected()")
    nodes: dict[str, Mapping[str, Any]] = {str(node): data for node, data in graph.nodes(data=True)}
    if len(nodes) < graph.number_of_nodes():
        raise InputError("two nodes of the graph have the same text, and would be one; relabel them first")
    sides = {data.get("bipartite") for data in nodes.values()}
    if not sides <= {0, 1} and sides != {None}:
        raise InputError("some nodes have the attribute bipartite=0 or 1, and some do not; give it to all or to none")
    plain = sides <= {None}
    ends = _edges_as_links(graph) if plain else _sided(graph, nodes)
    data: Mapping[str, Mapping[str, Any]] = {} if plain else nodes
    links = sorted({link for link, _, _ in ends})
    actors = sorted(name for name, own in nodes.items() if plain or own["bipartite"] == 0)
    place_of_link, place_of_actor = ({name: row for row, name in enumerate(names)} for names in (links, actors))
    rows = sorted((place_of_link[link], place_of_actor[actor], role) for link, actor, role in ends)
    named = np.bincount([row[0] for row in rows], minlength=len(links))
    stated = np.array([int(data.get(link, {}).get("declared", 0)) for link in links], dtype=np.int64)
    empty = len(nodes) - len(actors) - (0 if plain else len(links))
    return {
        "actors": Actors(pa.Table.from_pylist([_actor(name, nodes[name]) for name in actors], schema=_ACTORS)),
        "links": Links(
            pa.Table.from_pylist([_link(name, data.get(name, {})) for name in links], schema=_LINKS),
            named,
            np.maximum(named, stated),
            _texts([str(data.get(name, {}).get("layers", "")).split() for name in links]),
        ),
        "link_of": np.array([row[0] for row in rows], dtype=np.int32),
        "actor_of": np.array([row[1] for row in rows], dtype=np.int32),
        "roles": _texts([row[2].split() for row in rows]),
        "notes": tuple(_notes(graph, empty)),
    }


def _notes(graph: "nx.Graph[Any]", empty: int) -> Iterator[Text]:
    notes = str(graph.graph.get("notes", ""))
    yield Text(notes) if notes else Message("A graph handed over as it was.")
    if empty:
        yield Message("Left out: links without an actor: {empty}.", empty=empty)


_ACTORS = pa.schema([field for field in ACTORS if field.name not in {"host", "parent"}])
_LINKS = LINKS.remove(LINKS.get_field_index("common"))


def _sided(graph: "nx.Graph[Any]", nodes: Mapping[str, Mapping[str, Any]]) -> list[tuple[str, str, str]]:
    """Return (link, actor, roles) of each edge of a bipartite graph."""
    roles_of: dict[tuple[str, str], set[str]] = {}
    for one, other, data in graph.edges(data=True):
        link, actor = (str(one), str(other)) if nodes[str(one)]["bipartite"] == 1 else (str(other), str(one))
        if nodes[link]["bipartite"] == nodes[actor]["bipartite"]:
            raise InputError("{one!r} and {other!r} are of one side, and an edge joins them", one=one, other=other)
        roles_of.setdefault((link, actor), set()).update(str(data.get("role", _ROLE)).split())
    return [(*pair, " ".join(sorted(roles))) for pair, roles in roles_of.items()]


def _edges_as_links(graph: "nx.Graph[Any]") -> list[tuple[str, str, str]]:
    """Return (link, actor, role) for both ends of each edge."""
    ends: list[tuple[str, str, str]] = []
    seen: dict[str, int] = {}
    for one, other in graph.edges():
        name = " -- ".join(sorted((str(one), str(other))))
        seen[name] = seen.get(name, 0) + 1
        link = name if seen[name] == 1 else f"{name} ({seen[name]})"
        ends += [(link, actor, _ROLE) for actor in sorted({str(one), str(other)})]
    return ends


def _texts(words: Sequence[Sequence[str]]) -> Words:
    names = sorted({word for several in words for word in several})
    place = {name: code for code, name in enumerate(names)}
    pairs = [(row, code) for row, several in enumerate(words) for code in sorted({place[word] for word in several})]
    group, code = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    return combined(group, code, names, len(words))


def _actor(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    attributes = {key: data.get(key) for key in ("sector", "region", "city")}
    return {"iri": name, **_names(name, data), "kind": data.get("kind", "Organisation"), **attributes}


def _link(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    start = data.get("start")
    return {
        "iri": name,
        **_names(name, data),
        "kind": data.get("kind", "Link"),
        "link_type": data.get("link_type"),
        "stage": data.get("stage"),
        "arity": data.get("arity"),
        "start_earliest": None if start is None else date.fromisoformat(start),
        "is_lower_bound": bool(data.get("is_lower_bound", False)),
    }


def _names(name: str, data: Mapping[str, Any]) -> dict[str, str | None]:
    """Return the names of a node; an English name that `two_mode` substituted is not taken as one."""
    label, other = data.get("label", name), data.get("label_zh")
    return {"label_en": None if label == other else label, "label_zh": other}


def _empty(notes: Sequence[Text]) -> "nx.Graph[str]":
    import networkx as nx  # noqa: PLC0415 - takes 0.1 s, and rankings and maps do not need it

    return nx.Graph(notes=" ".join(localise(note, "en") for note in notes))


def _actor_attributes(actor: ActorNode) -> dict[str, str]:
    return _known(
        label=actor.label.localise("en") or actor.iri, label_zh=actor.label.zh, kind=actor.kind, sector=actor.sector
    )


def _link_attributes(link: LinkNode) -> dict[str, str | int]:
    texts = _known(
        label=link.label.localise("en") or link.iri,
        label_zh=link.label.zh,
        kind=link.kind,
        stage=link.stage,
        arity=link.arity,
        start=None if link.start is None else link.start.isoformat(),
        layers=" ".join(link.layers),
    )
    return {**texts, "named": link.named, "declared": link.declared, "is_lower_bound": link.is_lower_bound}


def _known(**attributes: str | None) -> dict[str, str]:
    return {name: value for name, value in attributes.items() if value is not None}
