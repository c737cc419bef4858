"""A network as a file for other programs: GraphML, GEXF, CSV edge list, JSON node-link; ties alone as Parquet.

Edges have no direction. GraphML, GEXF and JSON hold the graph of `Network.to_networkx`, so that networkx reads the same
graph again. The lens and its omissions are in `notes` of the graph (GEXF: the description). XML cannot hold most
control characters. In GraphML and GEXF they become U+FFFD.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType

import networkx as nx

from kg import files
from kg.errors import UsageError
from kg.export import parquet
from kg.export.cells import delimited
from kg.export.gexf import gexf
from kg.model import Cell, Table
from kg.network import Mode, Network
from kg.network.network import check_mode
from kg.texts import listed

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

TIES = ("source", "target", "weight", "links", "source_label", "target_label", "link_iris")
"""Columns of the one-mode edge list: Newman weight, number of shared links, their IRIs separated by spaces."""

INCIDENCES = (
    *("source", "target", "role", "source_label", "target_label", "kind", "sector"),
    *("link_kind", "stage", "start", "named", "declared", "is_lower_bound"),
)
"""Columns of the two-mode edge list: one row per actor (source) in a link (target), with roles separated by spaces.

Both edge lists begin with `source` and `target`, which network programs expect.
"""


def check(path: Path, mode: Mode) -> None:
    """Check that a network of `mode` can be written to `path`.

    Raises:
        UsageError: the suffix has no format, or the format does not support the mode.
        OutputError: the file cannot be written.
    """
    suffix, known = path.suffix.lower(), (*WRITERS, parquet.SUFFIX)
    if suffix not in known:
        raise UsageError("{name} has no supported suffix; use one of: {known}", name=path.name, known=listed(known))
    if suffix == parquet.SUFFIX and mode != "one-mode":
        raise UsageError("{name}: Parquet contains ties between actors; ask for --mode one-mode", name=path.name)
    files.check_writable(path)


def write(network: Network, path: Path, mode: Mode) -> None:
    """Write `network` to `path` in the text format of its suffix; an old file is replaced atomically.

    Raises:
        UsageError: the suffix has no text format.
        OutputError: the file cannot be written.
    """
    if path.suffix.lower() not in WRITERS:
        raise UsageError(
            "{name} has no suffix of a text format; use one of: {WRITERS}", name=path.name, WRITERS=listed(WRITERS)
        )
    files.atomic_write(path, WRITERS[path.suffix.lower()](network, mode))


def _graphml(network: Network, mode: Mode) -> str:
    lines = nx.generate_graphml(_for_xml(network.to_networkx(mode)), named_key_ids=True)
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', *lines, ""])


def _gexf(network: Network, mode: Mode) -> str:
    return gexf(_for_xml(network.to_networkx(mode)))


def _json(network: Network, mode: Mode) -> str:
    data = nx.node_link_data(network.to_networkx(mode), edges="edges")
    return json.dumps(data, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def edge_list(network: Network, mode: Mode) -> Table:
    """Return the edges of `network` as a table with the columns `TIES` or `INCIDENCES`, by mode.

    Raises:
        UsageError: the mode does not exist.
    """
    check_mode(mode)
    if mode == "two-mode":
        return Table(INCIDENCES, tuple(_incidences(network)), network.notes)
    return Table(TIES, tuple(_ties(network)), network.notes)


def _csv(network: Network, mode: Mode) -> str:
    edges = edge_list(network, mode)
    return delimited(edges.columns, edges.rows, ",", spreadsheet=True)


def _ties(network: Network) -> Iterator[tuple[Cell, ...]]:
    for tie in network.edges():
        a, b = network.actors[tie.a], network.actors[tie.b]
        iris = " ".join(dict.fromkeys(network.links[k].record for k in tie.links))
        yield a.iri, b.iri, tie.weight, len(tie.links), a.label.localise("en"), b.label.localise("en"), iris


def _incidences(network: Network) -> Iterator[tuple[Cell, ...]]:
    ends = zip(network.link_of.tolist(), network.actor_of.tolist(), network.roles, strict=True)
    for k, i, roles in ends:
        link, actor = network.links[k], network.actors[i]
        who = actor.label.localise("en"), link.label.localise("en"), actor.kind, actor.sector
        what = link.kind, link.stage, link.start, link.named, link.declared, link.is_lower_bound
        yield actor.iri, link.iri, " ".join(roles), *who, *what


def _for_xml(graph: "nx.Graph[str]") -> "nx.Graph[str]":
    """Return `graph`, changed in place, with texts that are valid in XML."""
    attributes = [graph.graph, *(data for _, data in graph.nodes(data=True))]
    attributes += [data for _, _, data in graph.edges(data=True)]
    for data in attributes:
        data.update({name: _xml_text(value) for name, value in data.items() if isinstance(value, str)})
    return graph


def _xml_text(text: str) -> str:
    # A parser would turn each carriage return into a line feed.
    return _NOT_XML.sub("\ufffd", re.sub("\r\n?", "\n", text))


WRITERS: Mapping[str, Callable[[Network, Mode], str]] = MappingProxyType(
    {".graphml": _graphml, ".gexf": _gexf, ".csv": _csv, ".json": _json}
)
"""The text formats of `write`, by suffix."""
