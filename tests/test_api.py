"""The Python API: its names, its values, its errors, and the sitting of a researcher with a notebook."""

from __future__ import annotations

import ast
import gc
import inspect
import json
import re
import shutil
import subprocess
import sys
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import pandas as pd
import pytest
from helpers.servers import oxigraph
from helpers.stores import SMALL, environment, make
from helpers.stores import kg as command
from helpers.texts import notes_of

import kg
from kg.map.options import MapFields, MapOptions
from kg.measure.uncertainty.sampling import SamplingFields, SamplingOptions
from kg.query import questions
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PACT = "https://w3id.org/helix-kg/id/link/pact"


@pytest.fixture(scope="module")
def g(built: Path) -> Iterator[kg.Graph]:
    with kg.open(built) as graph:
        yield graph


@pytest.fixture(scope="module")
def net(g: kg.Graph) -> kg.Network:
    return g.network(participant_sectors=["university", "firm"])


@pytest.fixture
def little(small: Path) -> Iterator[kg.Graph]:
    with kg.open(small) as graph:
        yield graph


# The names.


def test_import_is_lazy() -> None:
    heavy = "{'numpy', 'pyarrow', 'pyoxigraph', 'rdflib', 'networkx', 'pandas', 'kg.api', 'kg.model'}"
    code = f"import sys, kg; print({heavy} & set(sys.modules)); print(set(kg.__all__) <= set(dir(kg)))"
    done = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["set()", "True"]


def test_public_names_exist_and_have_docstrings() -> None:
    for name in kg.__all__:
        value = getattr(kg, name)
        assert value.__doc__, name
        methods = inspect.getmembers(value, inspect.isfunction) if inspect.isclass(value) else []
        assert all(method.__doc__ for method_name, method in methods if not method_name.startswith("_")), name
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        kg.nothing  # type: ignore[attr-defined]  # noqa: B018 - the access is the test


def test_stub_contains_the_public_names(root: Path) -> None:
    tree = ast.parse((root / "kg" / "__init__.pyi").read_text())
    imported = {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    modules = {
        alias.name: node.module for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    (listed,) = (
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    assert imported == set(listed) == set(kg.__all__)
    assert modules == vars(kg)["_MODULES"]


def test_reference_documents_the_public_names(root: Path) -> None:
    directive = r"^\.\. auto(?:class|function|exception):: kg\.(\w+)$"
    documented = re.findall(directive, _reference(root), flags=re.MULTILINE)
    assert sorted(documented) == sorted(kg.__all__)


def test_errors_form_one_tree() -> None:
    errors = [getattr(kg, name) for name in kg.__all__ if name.endswith("Error")]
    assert len(errors) == 8
    assert all(issubclass(error, kg.Error) for error in errors)


def test_options_are_the_fields_of_the_library() -> None:
    assert set(MapFields.__annotations__) == {field.name for field in fields(MapOptions)}
    assert set(SamplingFields.__annotations__) == {field.name for field in fields(SamplingOptions)}


def test_parameters_of_questions_do_not_collide_with_those_of_the_method() -> None:
    taken = {*inspect.signature(kg.Graph.question).parameters} - {"name", "parameters"}
    assert not {param.name for question in questions.all_questions() for param in question.params} & taken


def test_the_api_stays_thin(root: Path) -> None:
    assert all(len(module.read_text().splitlines()) <= 200 for module in (root / "kg" / "api").glob("*.py"))


def test_example_of_the_reference_runs(root: Path, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```$", _reference(root), flags=re.MULTILINE | re.DOTALL)
    monkeypatch.setenv("KG_STORE", str(built))
    names: dict[str, Any] = {}
    exec(example, names)  # noqa: S102 - the text is in the repository
    assert isinstance(names["network"], kg.Network)


def _reference(root: Path) -> str:
    return (root / "docs" / "reference" / "api.md").read_text(encoding="utf-8")


# A researcher with a notebook. Each goal is one call, and at most one more that converts the result.

SITTING = {
    "B1 store": "kg.build(small, store)",
    "B2 ties by year as a data frame": 'net.ties(by="year").to_pandas()',
    "B3 networkx": "net.to_networkx()",
    "B4 betweenness with intervals": 'net.rank("betweenness", intervals=True, samples=20).to_pandas()',
    "B5 SPARQL to pandas": 'g.query("SELECT ?link ?start { ?link a hx:Link ; hx:startEarliest ?start }").to_pandas()',
    "B6 picture": 'net.map(focus="华为", suffix=".svg")',
}


def sit(goal: str, **names: Any) -> Any:
    """Return the value of the expression of a goal; it contains one call of the API."""
    text = SITTING[goal]
    calls = [node.func for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    receivers = [ast.unparse(call.value) for call in calls if isinstance(call, ast.Attribute)]
    assert len([receiver for receiver in receivers if receiver in {"kg", "g", "net"}]) == 1
    assert len(calls) - 1 == text.count(".to_pandas()")
    return eval(text, {"kg": kg, **names})  # noqa: S307 - the text is in this file


def test_store_is_one_call(tmp_path: Path) -> None:
    with sit("B1 store", small=SMALL, store=tmp_path / "store") as graph:
        assert repr(graph) == f"<kg.Graph {tmp_path}/store/generations/g000001>"
        assert graph.describe("Anvil Works")[0]["value"] == "Anvil Works"


def test_ties_by_year_are_those_of_the_command_line(built: Path, net: kg.Network, tmp_path: Path) -> None:
    frame = sit("B2 ties by year as a data frame", net=net)
    assert list(frame.columns) == [
        *("year", "source", "source_label", "target", "target_label", "weight", "links"),
    ]
    assert str(frame["year"].dtype) == "Int64"
    assert frame.attrs["notes"][-2].endswith("links have no known start year and are in no year.")
    with kg.open(built) as graph:
        certain = graph.network(since="2023-01-01", until="2025-12-31", certain_dates=True).ties(by="year").to_pandas()
    for year, rows in certain.groupby("year"):
        file = tmp_path / f"{year}.csv"
        dates = ["--since", f"{year}-01-01", "--until", f"{year}-12-31", "--certain-dates"]
        done = command("network", "--mode", "one-mode", *dates, "-o", file, store=built)
        assert done.status == 0, done.err
        expected = pd.read_csv(file).set_index(["source", "target"])
        ours = rows.set_index(["source", "target"])
        assert list(ours.index) == sorted(expected.index)
        assert ours["weight"].to_dict() == pytest.approx(expected["weight"].to_dict())
        assert ours["links"].to_dict() == expected["links"].to_dict()
        assert ours["source_label"].to_dict() == expected["source_label"].to_dict()
    assert set(certain["year"]) == {2023, 2024, 2025}


def test_betweenness_is_that_of_networkx_and_within_its_interval(net: kg.Network) -> None:
    graph = sit("B3 networkx", net=net)
    frame = sit("B4 betweenness with intervals", net=net)
    actors = [node for node, data in graph.nodes(data=True) if data["bipartite"] == 0]
    assert len(actors) == len(frame) > 100
    expected = nx.bipartite.betweenness_centrality(graph, actors)
    assert dict(zip(frame["actor"], frame["score"], strict=True)) == pytest.approx(
        {actor: expected[actor] for actor in actors}, abs=1e-9
    )
    assert ((frame["lower"] <= frame["score"]) & (frame["score"] <= frame["upper"])).all()
    assert (frame["lower"] < frame["upper"]).any()
    assert any("Intervals: 20 samples" in note for note in frame.attrs["notes"])


def test_dates_of_an_answer_are_dates(g: kg.Graph) -> None:
    frame = sit("B5 SPARQL to pandas", g=g)
    assert list(frame.columns) == ["link", "link_label", "start"]
    assert str(frame["start"].dtype) == "date32[day][pyarrow]"
    starts = frame.set_index("link")["start"]
    assert starts["https://w3id.org/helix-kg/id/link/xaut-36"] == date(2025, 11, 8)
    assert frame["link_label"].notna().all()


def test_picture_of_a_neighbourhood_is_displayed(net: kg.Network) -> None:
    page = sit("B6 picture", net=net)
    assert "Huawei" in page._repr_svg_()
    assert "Huawei" in (net.map(focus="huawei", samples=0)._repr_html_() or "")


# Opening.


def test_default_store_is_that_of_the_command_line(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", str(small))
    assert repr(kg.open()) == f"<kg.Graph {small}/generations/g000001>"
    monkeypatch.delenv("KG_STORE")
    with pytest.raises(kg.StoreError, match=r"^\.kg/store: the store does not exist"):
        kg.open()
    shutil.copytree(small, tmp_path / ".kg" / "store")
    assert repr(kg.open()) == "<kg.Graph .kg/store/generations/g000001>"


def test_a_server_is_a_store() -> None:
    with oxigraph() as address, kg.build([SMALL], address.query) as graph:
        assert repr(graph) == f"<kg.Graph {address.query}>"
        with kg.open(address.query) as again:
            assert again.query("SELECT ?link { ?link a hx:Agreement }").rows[0] == (PACT, "The pact of the forge")
            assert len(again.network().data.actors) == len(graph.network().rank())


def test_a_graph_closes_its_store(small: Path, tmp_path: Path) -> None:
    store = shutil.copytree(small, tmp_path / "store")
    with kg.open(store):
        make(store, SMALL)
        assert len(list((store / "generations").glob("g*"))) == 2
    graph = kg.open(store)
    graph.close()
    graph.close()
    forgotten = kg.open(store)
    del forgotten
    gc.collect()
    make(store, SMALL)
    assert [path.name for path in (store / "generations").glob("g*")] == ["g000003"]


def test_files_that_do_not_conform_leave_the_store_unchanged(small: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.trig"
    broken.write_text(SMALL.read_text().replace("hx:arity arity:multilateral ;", ""))
    shutil.copytree(small, tmp_path / "store")
    with pytest.raises(kg.DataError, match=r"^the data do not conform: 1 finding; the store is unchanged") as raised:
        kg.build(broken, tmp_path / "store")
    assert raised.value.__notes__[0].startswith(f"{broken}: {PACT}: an agreement needs an arity")
    assert repr(kg.open(tmp_path / "store")).endswith("g000001>")


def test_a_build_of_chosen_collections(tmp_path: Path) -> None:
    with kg.build(collections=["projects-techport"], store=tmp_path / "store") as graph:
        assert len(graph.query("SELECT ?link { ?link a hx:Link }")) == 21


# Questions.


def test_answers_have_labels(little: kg.Graph) -> None:
    text = "SELECT ?who { ?who a hx:Firm } ORDER BY ?who"
    assert little.query(text).columns == ("who", "who_label")
    assert [row["who_label"] for row in little.query(text)] == ["Anvil Works", "Bellows & Sons", "Crucible"]
    assert little.query(text, labels=False).columns == ("who",)


def test_labels_and_notes_are_in_the_language_of_the_graph(small: Path) -> None:
    with kg.open(small, lang="zh") as graph:
        assert graph.query("SELECT ?who { VALUES ?who { id:anvil } }")[0]["who_label"] == "铁砧公司"
        assert graph.network().rank()[0]["label"] == "铁砧公司"
        assert notes_of(graph.network().ties(), "zh")[0].startswith("口径：")
        assert 'lang="zh' in str(graph.network().map(samples=0).content)


def test_answers_are_whole(g: kg.Graph) -> None:
    text = "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 12000"
    assert len(g.query(text, labels=False)) == 12000


def test_an_empty_answer_has_a_note(little: kg.Graph) -> None:
    (note,) = little.query("SELECT ?s { ?s a hx:Nothing }").notes
    assert localise(note, "en").startswith("the answer is empty; ")


@pytest.mark.parametrize(
    "start", ["north", "University of the North", "北方大学", "https://w3id.org/helix-kg/id/north"]
)
def test_parameters_may_be_names(little: kg.Graph, start: str) -> None:
    path = little.question("evidence-path", from_=start, to="bellows")
    assert [row["there"] for row in path] == ["https://w3id.org/helix-kg/id/bellows"]
    assert path[0]["via_label"] == "The pact of the forge"


def test_parameters_may_be_values_of_python(g: kg.Graph) -> None:
    day = g.question("in-force", date=date(2025, 11, 8), labels=False)
    assert day == g.question("in-force", date="2025-11-08", labels=False)
    assert g.question("new-units", year=2025) == g.question("new-units", year="2025")


def test_questions_are_listed(little: kg.Graph) -> None:
    assert "declared-parties" in [row["question"] for row in little.questions()]


def test_evidence_and_descriptions(little: kg.Graph, small: Path) -> None:
    described = little.describe("link/pact")
    shown = json.loads(command("show", "link/pact", "--format", "json", store=small).out)
    assert list(described) == shown
    evidence = little.evidence("ev:signed")
    assert ("https://w3id.org/helix-kg/evidence/signed", "publisher", "The Gazette of Nowhere") in evidence.rows


# Networks.


def test_ranks_are_those_of_the_command_line(little: kg.Graph, small: Path) -> None:
    words = ["--measure", "degree", "--sector", "firm", "--mode", "one-mode", "--intervals", "ranks", "--samples", "9"]
    done = command("rank", *words, "--format", "json", "--verbose", store=small)
    table = little.network().rank("degree", sector="firm", mode="one-mode", intervals="ranks", samples=9)
    assert list(table) == json.loads(done.out)
    assert list(table.notes) == done.err.splitlines()


def test_edges_are_those_of_the_command_line(little: kg.Graph, small: Path, tmp_path: Path) -> None:
    for mode in ("two-mode", "one-mode"):
        command("network", "--mode", mode, "-o", tmp_path / "net.csv", store=small)
        frame = little.network().to_pandas(mode)
        written = pd.read_csv(tmp_path / "net.csv")
        assert list(frame.columns) == list(written.columns)
        assert frame["source"].to_list() == written["source"].to_list()


def test_networkx_has_both_modes(little: kg.Graph) -> None:
    network = little.network(layers="cooperates")
    assert {data["bipartite"] for _, data in network.to_networkx().nodes(data=True)} == {0, 1}
    assert len(network.to_networkx("one-mode")) == len(network.data.actors)
    assert repr(network) == f"<kg.Network {len(network.data.actors)} actors, {len(network.data.links)} links>"


def test_map_and_report_are_those_of_the_command_line(little: kg.Graph, small: Path, tmp_path: Path) -> None:
    little.network().map(samples=0).save(tmp_path / "map.html")
    command("map", "--samples", "0", "-o", tmp_path / "expected.html", store=small)
    assert (tmp_path / "map.html").read_bytes() == (tmp_path / "expected.html").read_bytes()
    command("report", "--measure", "degree", "-o", tmp_path / "report.html", store=small)
    assert little.network().report("degree").content == (tmp_path / "report.html").read_text(encoding="utf-8")


# Errors.


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda g: g.query("SELECT"), ["query", "-e", "SELECT"]),
        (lambda g: g.question("declared"), ["query", "declared"]),
        (lambda g: g.question("parties", link="pac"), ["query", "parties", "--param", "link=pac"]),
        (lambda g: g.question("parties", who="x"), ["query", "parties", "--param", "who=x"]),
        (lambda g: g.describe("Anvil"), ["show", "Anvil"]),
        (lambda g: g.evidence("ev:none"), ["evidence", "ev:none"]),
        (lambda g: g.network(layers="none"), ["rank", "--layer", "none"]),
        (lambda g: g.network().rank(sector="firms"), ["rank", "--sector", "firms"]),
        (lambda g: g.network().map(focus="link/pact"), ["map", "--focus", "link/pact", "-o", "x.html"]),
        (lambda g: g.network().report(sector="firms"), ["report", "--sector", "firms", "-o", "x.html"]),
    ],
)
def test_errors_are_those_of_the_command_line(
    little: kg.Graph,
    call: Callable[[kg.Graph], object],
    words: list[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(kg.Error) as raised:
        call(little)
    assert command(*words, store=Path(little.view.name).parents[1]).err == f"kg: {raised.value}\n"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda g: g.query("ASK {}", timeout=0), "^the time limit must be above 0"),
        (lambda g: g.network(layer="funds"), "^there is no option of a network 'layer'; did you mean layers"),
        (lambda g: g.network().rank("luck"), "^there is no measure 'luck'; "),
        (lambda g: g.network().rank(mode="no-mode"), "^there is no mode 'no-mode'; "),
        (lambda g: g.network().rank(samples=9), "^samples requires intervals$"),
        (lambda g: g.network().rank(intervals="score"), "^there is no kind of interval 'score'; did you mean scores"),
        (
            lambda g: g.network().rank(intervals=True, sample=9),
            "^there is no option of a ranking 'sample'; did you mean samples",
        ),
        (lambda g: g.network().rank(intervals=True, samples=0), "^the number of samples must be 1 or more, not 0$"),
        (lambda g: g.network().ties(by="month"), "^there is no grouping 'month'; there are: year$"),
        (lambda g: g.network().to_networkx("no-mode"), "^there is no mode 'no-mode'; "),
        (lambda g: g.network().to_pandas("no-mode"), "^there is no mode 'no-mode'; "),
        (lambda g: g.network().map(suffix=".gif"), r"^there is no format '\.gif'; "),
        (lambda g: g.network().map(size=3), "^there is no option of a map 'size'; "),
        (
            lambda g: kg.open(Path(g.view.name).parents[1], lang="fr"),
            "lang must be one of: en, zh, not 'fr'$",
        ),
    ],
)
def test_other_values_are_usage_errors(little: kg.Graph, call: Callable[[kg.Graph], object], message: str) -> None:
    with pytest.raises(kg.UsageError, match=message):
        call(little)


def test_a_missing_store_is_the_error_of_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(kg.StoreError) as raised:
        kg.open(tmp_path)
    assert command("show", "x", store=tmp_path).err == f"kg: {raised.value}\n"
