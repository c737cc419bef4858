"""GEXF 1.2, the format of Gephi, without the time of writing."""

import xml.etree.ElementTree as ET
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import networkx as nx

_NAMESPACE = "http://www.gexf.net/1.2draft"
_TYPES = {bool: "boolean", int: "long", float: "double", str: "string"}
_OWN = {"label", "weight"}
"""Values that GEXF stores in attributes of its own."""


def gexf(graph: "nx.Graph[str]") -> str:
    """Return `graph` as a GEXF document; its texts must be valid in XML (see `kg.export.networks`)."""
    root = ET.Element("gexf", xmlns=_NAMESPACE, version="1.2")
    meta = ET.SubElement(root, "meta")
    ET.SubElement(meta, "creator").text = "Helix KG"
    ET.SubElement(meta, "description").text = graph.graph.get("notes", "")
    body = ET.SubElement(root, "graph", defaultedgetype="undirected", mode="static")
    of_nodes = _declare(body, "node", (data for _, data in graph.nodes(data=True)))
    of_edges = _declare(body, "edge", (data for _, _, data in graph.edges(data=True)))
    nodes, edges = ET.SubElement(body, "nodes"), ET.SubElement(body, "edges")
    for iri, data in graph.nodes(data=True):
        node = ET.SubElement(nodes, "node", id=iri, label=data["label"])
        _values(node, data, of_nodes)
    for number, (source, target, data) in enumerate(graph.edges(data=True)):
        edge = ET.SubElement(edges, "edge", id=str(number), source=source, target=target)
        if "weight" in data:
            edge.set("weight", _text(data["weight"]))
        _values(edge, data, of_edges)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _declare(body: ET.Element, kind: str, attributes: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """Declare each attribute, sorted by name, and return the ids by name."""
    types = {name: _TYPES[type(value)] for data in attributes for name, value in data.items() if name not in _OWN}
    ids = {name: f"{kind}-{name}" for name in sorted(types)}
    if ids:
        block = ET.SubElement(body, "attributes", {"class": kind, "mode": "static"})
        for name, identifier in ids.items():
            ET.SubElement(block, "attribute", id=identifier, title=name, type=types[name])
    return ids


def _values(element: ET.Element, data: Mapping[str, object], ids: Mapping[str, str]) -> None:
    values = ET.SubElement(element, "attvalues")
    for name in sorted(set(data) - _OWN):
        ET.SubElement(values, "attvalue", {"for": ids[name], "value": _text(data[name])})


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
