"""Networks as files: other programs read the same graph, with stable bytes and inert content."""

import csv
import io
import json
import tarfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from helpers.networks import ID, TOY, ActorSpec, LinkSpec, incidence
from helpers.texts import notes_of
from lxml import etree

from kg.errors import OutputError, UsageError
from kg.export.networks import INCIDENCES, TIES, WRITERS, edge_list, write
from kg.network import Mode, Network, build

MODES: tuple[Mode, ...] = ("two-mode", "one-mode")
SCHEMAS = Path(__file__).parents[3] / "shared" / "data" / "suites" / "gexf_schemas.tar.gz"
HOSTILE = "=cmd|' /C calc'!A0 <b>\x00\x0b\x1f\ud7ff\ufffe & \"quoted\" ]]> 'x'\r\nnew\tline 华为"


def rich() -> Network:
    """Return a network with every value that is difficult to export."""
    names = ActorSpec(
        labels={"U1": ('Xi\'an <&> "Tech"', "西安理工大学"), "I1": (None, None), "I2": (HOSTILE, HOSTILE)}
    )
    links = {
        "a": LinkSpec(
            "U1/host I1/coBuilder U1/party I2", declared=37, is_lower_bound=True, start=(date(2025, 11, 8), None)
        ),
        "b": LinkSpec("U1 I2", stage=None, label=(HOSTILE, None)),
        "c": LinkSpec("G1"),
    }
    return build(incidence(links, names))


def written(network: Network, path: Path, mode: Mode) -> str:
    write(network, path, mode)
    return path.read_bytes().decode("utf-8")


def same(graph: "nx.Graph[str]", other: "nx.Graph[str]", *, ignoring: str = "") -> None:
    """Return whether nodes, edges and attributes are equal, apart from additions of the format."""
    assert not other.is_directed()
    assert list(other.nodes(data=True)) == list(graph.nodes(data=True))
    assert {frozenset(edge) for edge in other.edges} == {frozenset(edge) for edge in graph.edges}
    for source, target, data in graph.edges(data=True):
        actual = {name: value for name, value in other.edges[source, target].items() if name != ignoring}
        assert actual == data


@pytest.mark.parametrize("mode", MODES)
def test_graphml_is_read_by_networkx_as_the_same_graph(tmp_path: Path, mode: Mode) -> None:
    network = build(
        incidence(TOY | {"big": LinkSpec("U1 I3", declared=37, is_lower_bound=True, start=(date(2025, 11, 8), None))})
    )
    write(network, tmp_path / "net.graphml", mode)
    same(network.to_networkx(mode), nx.read_graphml(tmp_path / "net.graphml"))


@pytest.mark.parametrize("mode", MODES)
def test_gexf_is_read_by_networkx_as_the_same_graph(tmp_path: Path, mode: Mode) -> None:
    network = build(
        incidence(TOY | {"big": LinkSpec("U1 I3", declared=37, is_lower_bound=True, start=(date(2025, 11, 8), None))})
    )
    write(network, tmp_path / "net.gexf", mode)
    same(network.to_networkx(mode), nx.read_gexf(tmp_path / "net.gexf"), ignoring="id")


@pytest.mark.parametrize("mode", MODES)
def test_json_is_read_by_networkx_as_the_same_graph(tmp_path: Path, mode: Mode) -> None:
    network = rich()
    data = json.loads(written(network, tmp_path / "net.json", mode))
    assert list(data) == ["directed", "multigraph", "graph", "nodes", "edges"]
    same(network.to_networkx(mode), nx.node_link_graph(data, edges="edges"))
    assert data["graph"]["notes"] == " ".join(notes_of(network))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_characters_invalid_in_xml_are_replaced(tmp_path: Path, mode: Mode, suffix: str) -> None:
    network = rich()
    write(network, tmp_path / f"net{suffix}", mode)
    read = nx.read_graphml if suffix == ".graphml" else nx.read_gexf
    nodes = dict(read(tmp_path / f"net{suffix}").nodes(data=True))
    clean = "=cmd|' /C calc'!A0 <b>\ufffd\ufffd\ufffd\ud7ff\ufffd & \"quoted\" ]]> 'x'\nnew\tline 华为"
    assert nodes[ID + "I2"]["label"] == nodes[ID + "I2"]["label_zh"] == clean
    assert nodes[ID + "U1"]["label"] == 'Xi\'an <&> "Tech"'
    assert nodes[ID + "I1"]["label"] == ID + "I1"


@pytest.fixture(scope="module")
def gexf_schema(tmp_path_factory: pytest.TempPathFactory) -> etree.XMLSchema:
    """The XML Schema of GEXF 1.2."""
    if not SCHEMAS.exists():
        pytest.skip(f"{SCHEMAS.name} is not beside this checkout")
    folder = tmp_path_factory.mktemp("gexf")
    with tarfile.open(SCHEMAS) as archive:
        archive.extractall(folder, filter="data")
    return etree.XMLSchema(etree.parse(folder / "specs" / "1.2draft" / "gexf.xsd"))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("make", [rich, lambda: build(incidence({})), lambda: build(incidence({"a": "U1"}))])
def test_gexf_conforms_to_its_schema(
    tmp_path: Path, gexf_schema: etree.XMLSchema, mode: Mode, make: Callable[[], Network]
) -> None:
    write(make(), tmp_path / "net.gexf", mode)
    gexf_schema.assertValid(etree.parse(tmp_path / "net.gexf"))


def test_the_schema_refuses_other_documents(gexf_schema: etree.XMLSchema) -> None:
    wrong = '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2"><graph><node/></graph></gexf>'
    assert not gexf_schema.validate(etree.fromstring(wrong))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("suffix", WRITERS)
def test_a_network_has_stable_bytes_without_the_time(tmp_path: Path, mode: Mode, suffix: str) -> None:
    first, second = (written(rich(), tmp_path / f"{name}{suffix}", mode) for name in ("one", "two"))
    assert first == second
    assert "lastmodified" not in first
    assert str(date.today().year) not in first.replace("2025-11-08", "")  # noqa: DTZ011


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("suffix", WRITERS)
def test_an_empty_network_is_written(tmp_path: Path, mode: Mode, suffix: str) -> None:
    assert written(build(incidence({})), tmp_path / f"net{suffix}", mode)


def test_the_one_mode_edge_list_has_weights_and_the_links_behind_them(tmp_path: Path) -> None:
    rows = csv.DictReader(
        io.StringIO(written(build(incidence(TOY)), tmp_path / "net.csv", "one-mode").removeprefix("\ufeff"))
    )
    edges = {(row["source_label"], row["target_label"]): row for row in rows}
    assert tuple(edges["I1", "U1"]) == TIES
    assert edges["I1", "U1"] == {
        "source": ID + "I1",
        "target": ID + "U1",
        "weight": "1.5",
        "links": "2",
        "source_label": "I1",
        "target_label": "U1",
        "link_iris": f"{ID}link/a1 {ID}link/a2",
    }
    assert len(edges) == 8


def test_the_two_mode_edge_list_has_a_row_for_each_actor_in_a_link(tmp_path: Path) -> None:
    text = written(rich(), tmp_path / "net.csv", "two-mode").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert tuple(rows[0]) == INCIDENCES
    assert [(row["target"], row["source"], row["role"]) for row in rows] == [
        (ID + "link/a", ID + "I1", "coBuilder"),
        (ID + "link/a", ID + "I2", "party"),
        (ID + "link/a", ID + "U1", "host party"),
        (ID + "link/b", ID + "I2", "party"),
        (ID + "link/b", ID + "U1", "party"),
        (ID + "link/c", ID + "G1", "party"),
    ]
    first = rows[0]
    assert (first["named"], first["declared"], first["is_lower_bound"], first["start"]) == (
        "3",
        "37",
        "true",
        "2025-11-08",
    )
    assert (rows[1]["source_label"], rows[3]["target_label"]) == (f"'{HOSTILE}", f"'{HOSTILE}")
    assert (rows[3]["stage"], rows[3]["start"]) == ("", "")


def test_an_edge_list_is_a_table_of_values() -> None:
    edges = edge_list(rich(), "two-mode")
    assert (edges.columns, edges.notes) == (INCIDENCES, rich().notes)
    assert edges[0]["start"] == date(2025, 11, 8)
    assert edges[3]["start"] is None
    assert edges[0]["is_lower_bound"] is True
    assert edge_list(rich(), "one-mode").columns == TIES


@pytest.mark.parametrize("name", ["net.pdf", "net", "graphml", "net.csv.gz", "net.parquet"])
def test_a_suffix_without_a_text_format_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"one of: \.graphml, \.gexf, \.csv, \.json"):
        write(rich(), tmp_path / name, "two-mode")
    assert list(tmp_path.iterdir()) == []


def test_the_suffix_is_case_insensitive(tmp_path: Path) -> None:
    assert written(rich(), tmp_path / "NET.GRAPHML", "two-mode").startswith("<?xml")


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not exist"):
        write(rich(), tmp_path / "out" / "net.gexf", "two-mode")
