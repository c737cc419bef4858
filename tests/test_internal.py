"""Internal statements are in no output, of any command and format, unless ``--internal`` asks for them.

Each output of a store with internal statements equals that of a store that never contained them. The list of commands
and formats is compared with the commands themselves, so a new one without an entry here fails.
"""

from __future__ import annotations

import inspect
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import pytest
from helpers.secrets import SECRETS, content, ledger, stores
from helpers.servers import oxigraph
from helpers.serving import serving
from helpers.sharing import shared_folder
from helpers.stores import everything, kg

import kg as api
from kg.cli import COMMANDS
from kg.cli import kg as program
from kg.export import database, graph, networks, parquet
from kg.export.table import FORMATS as TABLES
from kg.map import formats
from kg.query import questions
from kg.query import run as query
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

US, LINK = "甲市理工大学", "link/office/1"
ALL = """SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }
  FILTER(CONTAINS(STR(?s), "office") || ?p IN (hx:left, hx:right)) } ORDER BY ?g ?s ?p ?o"""
CALLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "export": ((), ("--question", "our-links", "--param", f"of={US}")),
    "query": (("-e", ALL), ("our-links", "--of", US)),
    "questions": ((),),
    "show": ((LINK,), (US,)),
    "evidence": (("ev:office/1",),),
    "findings": (("--samples", "3"),),
    "rank": ((), ("--mode", "one-mode", "--measure", "strength")),
    "helix": ((),),
    "structure backbone": ((),),
    "structure brokerage": ((),),
    "structure communities": ((),),
    "structure components": ((),),
    "structure mixing": ((),),
    "structure nestedness": ((),),
    "structure specialisation": ((),),
    "suggest": ((US,),),
    "diff": (("2023", "2025", "--samples", "5"),),
    "network": ((), ("--mode", "one-mode")),
    "map": (("--samples", "3"), ("--samples", "3", "--focus", US)),
    "report": ((), ("--annex",)),
    "pages": ((),),
    "find": ((US,), ("张",)),
    "resolve suggest": ((),),
    "resolve show": ((US,),),
    "validate": (("--coverage",),),
}
"""The arguments of each command whose output comes from a store."""
SOURCES = {
    "build": "prints counts of the files that it reads",
    "ingest": "reads the ledger itself; its graph file is tested below",
    "read": "reads a report, and the names that its view contains",
    "review": "reads proposals, and the public names that its view contains",
    "forget": "removes internal statements, so it has to see them",
    "store backup": "contains the whole store, as its help states",
    "store check": "compares files",
    "store repair": "compares files",
    "store restore": "reads a whole store",
    "store upgrade": "writes a whole store",
    "resolve judge": "writes judgements of a person; needs --internal for internal actors",
    "mcp": "reads the views that other commands read; its tools print bounded parts of their tables",
    "serve": "answers requests; its answers are tested below",
    "settings": "prints no data",
    "collections": "lists what is shipped",
}
"""Commands that have another input or no output, with the reason."""
FILES = {
    "export": {*graph.SUFFIXES, *database.SUFFIXES, ".zip", "/"},
    "network": {*networks.WRITERS, parquet.SUFFIX},
    "map": set(formats.FORMATS),
    "report": {".html", ".docx", ".pdf"},
    "pages": {"/"},
    "resolve suggest": {".csv"},
}
"""The formats of each command that writes a file."""


ANSWERS = {f".{form}" for form in TABLES}
"""The formats of answers in a file, which are those of printed tables."""


SAME_CONTENT = {".pdf": 0, ".png": 0, ".htm": 0, ".docx": -1}
"""The one call that writes a format, of which others have the same content: .svg, .html, and a page with its annex."""


def leaves(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from leaves(child, (*path, name))
    else:
        yield " ".join(path), command


def calls() -> Iterator[tuple[str, ...]]:
    """Yield every call, with the file that it writes."""
    for name, variants in CALLS.items():
        for arguments in variants:
            if name not in FILES or "--question" in arguments:
                yield (*name.split(), *arguments, *(("-o", "answer.csv") if "--question" in arguments else ()))
                continue
            for suffix in sorted(FILES[name]):
                if suffix in SAME_CONTENT and arguments != variants[SAME_CONTENT[suffix]]:
                    continue
                if suffix != parquet.SUFFIX or arguments:  # Parquet contains ties only
                    yield (*name.split(), *arguments, "-o", f"out{suffix}")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The store of a ledger with internal cells, and a store of its public part."""
    folder = shared_folder(tmp_path_factory, "internal", stores)
    return folder / "whole", folder / "public"


def output(words: tuple[str, ...], store: Path) -> str:
    """Return what a command prints and writes in the working directory."""
    done = kg(*words, store=store)
    path = next((word for before, word in pairwise(words) if before == "-o"), None)
    written = content(Path.cwd() / path) if path is not None and done.status == 0 else ""
    return f"{done.status}{done.out}{done.err}{written}"


def test_every_command_and_format_is_covered() -> None:
    commands = dict(leaves(program))
    assert {name.split()[0] for name in commands} == set(COMMANDS)
    assert set(commands) == CALLS.keys() | SOURCES.keys()
    for name, command in commands.items():
        options = {option: param for param in command.params for option in param.opts}
        if "-o" in options and name not in SOURCES:
            suffixes = set(re.findall(r"\.[a-z]+\b", getattr(options["-o"], "help", "") or ""))
            assert suffixes <= FILES[name] | (ANSWERS if name == "export" else set()), name


@pytest.mark.parametrize("words", list(calls()), ids=" ".join)
def test_an_output_is_that_of_a_store_without_internal_statements(
    both: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    found = output(words, both[0])
    assert not any(secret in found for secret in SECRETS)
    assert found == output(words, both[1])


@pytest.mark.parametrize("form", TABLES)
def test_a_table_is_without_them_in_any_format(both: tuple[Path, Path], form: str) -> None:
    tables = [kg("query", "-e", ALL, "--format", form, store=store).out for store in both]
    assert tables[0] == tables[1]


@pytest.mark.parametrize(
    "words",
    [
        ("export", "-o", "out.trig"),
        ("export", "-o", "out.zip"),
        ("export", "-o", "out.sqlite"),
        ("query", "-e", ALL),
        ("show", LINK),
        ("evidence", "ev:office/1/internal"),
    ],
    ids=" ".join,
)
def test_an_output_has_them_if_they_are_asked_for(
    both: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert any(secret in output((*words, "--internal"), both[0]) for secret in SECRETS)


@pytest.mark.parametrize(
    "words", [("map", "--samples", "3", "-o", "out.svg"), ("report", "-o", "out.html")], ids=" ".join
)
def test_a_page_that_may_contain_them_is_marked(
    both: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = output((*words, "--internal"), both[0])
    assert "The output contains internal statements." in asked
    assert "Internal. 4 organisations" in asked or ">内部。" in asked
    assert "The output contains" not in output((*words, "--internal"), both[1])  # there are none


def test_a_server_never_offers_them(both: tuple[Path, Path]) -> None:
    pytest.importorskip("uvicorn")
    pages = []
    for store in both:
        with serving(store, "--workers", "1") as server:
            text = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } ORDER BY ?s ?p ?o ?g"
            graph = server.ask("GET", "/graphs?default", Accept="application/n-triples")
            shown = (server.ask("GET", f"/en/{name}.html") for name in ("links", "organisations", "sources"))
            replies = (server.query(text), graph, *shown, server.ask("GET", "/map"))
            assert {reply.status for reply in replies} == {200}
            pages.append([sorted(reply.text.splitlines()) for reply in replies])
    assert pages[0] == pages[1]
    assert not any(secret in line for page in pages[0] for line in page for secret in SECRETS)


def test_an_answer_to_a_question_is_without_them(both: tuple[Path, Path]) -> None:
    values = {"iri": f"{api.terms.ID}office/{US}", "date": "2025-01-01", "integer": "1", "string": US}
    with LocalStore(both[0]).view() as whole, LocalStore(both[1]).view() as public:
        for question in questions.all_questions():
            if question.answered_by is not None:  # by a command
                continue
            given = {param.name: values[param.kind] for param in question.params if param.default is None}
            assert query.answer_question(whole, question, given, "en") == query.answer_question(
                public, question, given, "en"
            )


API: dict[type, dict[str, Callable[[Any], object]]] = {
    api.Graph: {
        "query": lambda g: g.query(ALL),
        "questions": lambda g: g.questions(),
        "question": lambda g: g.question("parties"),
        "describe": lambda g: g.describe(LINK),
        "evidence": lambda g: g.evidence("ev:office/1"),
        "network": lambda g: g.network().ties(),
        "findings": lambda g: g.findings(),
    },
    api.Network: {
        "rank": lambda n: n.rank(),
        "findings": lambda n: n.findings(),
        "ties": lambda n: n.ties(),
        "to_networkx": lambda n: sorted(n.to_networkx().nodes(data=True)),
        "to_pandas": lambda n: n.to_pandas().to_csv(),
        "map": lambda n: n.map().content,
        "report": lambda n: n.report().content,
    },
}
"""A call of each public method."""


@pytest.mark.parametrize("kind", API)
def test_python_returns_them_only_if_they_are_asked_for(both: tuple[Path, Path], kind: type) -> None:
    methods = {name for name, _ in inspect.getmembers(kind, inspect.isfunction) if not name.startswith("_")}
    assert methods - {"add", "ingest"} == API[kind].keys()  # these write to the store
    with api.open(both[0]) as whole, api.open(both[1]) as public, api.open(both[0], internal=True) as asked:
        for call in API[kind].values():
            one, other = (call(graph if kind is api.Graph else graph.network()) for graph in (whole, public))
            assert str(one) == str(other)
        assert "zqremarkzq" in str(asked.describe(LINK))


def test_the_public_part_of_a_store_contains_no_byte_of_them(both: tuple[Path, Path]) -> None:
    files = everything(both[0] / "generations")
    holding = {name for name, data in files.items() if any(secret.encode() in data for secret in SECRETS[:3])}
    assert holding
    assert not any("/public/" in name for name in holding)


def test_a_graph_file_and_its_tables_are_without_them(tmp_path: Path) -> None:
    mapping, table = ledger(tmp_path)
    public, whole = tmp_path / "public.trig", tmp_path / "whole.trig"
    done = kg("ingest", "table", mapping, table, "-o", public, "--lang", "en")
    assert "internal statements are left out" in done.err
    assert kg("ingest", "table", mapping, table, "-o", whole, "--internal").status == 0
    assert not any(secret in content(public) for secret in SECRETS)
    assert all(secret in content(whole) for secret in SECRETS)
    assert kg("validate", "--coverage", public).out == kg("validate", "--coverage", whole).out


def test_a_changed_remark_stays_internal_in_its_former_version(tmp_path: Path) -> None:
    mapping, table = ledger(tmp_path)
    store = tmp_path / "store"
    assert kg("ingest", "table", mapping, table, "--as-of", "2025-01-01", store=store).status == 0
    table.write_text(table.read_text().replace(f",{SECRETS[0]},{SECRETS[1]}", ",zqremarkzq2,"))
    done = kg("ingest", "table", mapping, table, "--as-of", "2026-01-01", "--format", "csv", store=store)
    assert '"evidence, changed",1' in done.out, done.err
    former = "SELECT ?e { ?e hx:lastSeen ?day }"
    assert kg("query", "-e", former, "--format", "csv", store=store).out == "e\n"
    former_version = kg("query", "-e", former, "--format", "csv", "--internal", "--quiet", store=store).out
    assert former_version.splitlines()[1].endswith("evidence/office/1/internal/until/2025-01-01")
    assert kg("export", "-o", tmp_path / "all.trig", store=store).status == 0
    assert "zqremarkzq" not in content(tmp_path / "all.trig")


def test_a_server_receives_the_public_part_only(tmp_path: Path) -> None:
    mapping, table = ledger(tmp_path)
    graph = tmp_path / "whole.trig"
    assert kg("ingest", "table", mapping, table, "-o", graph, "--internal").status == 0
    with oxigraph() as server:
        done = kg("build", graph, "--store", server.query)
        assert "internal, only with --internal: 5 pieces of evidence" in done.err
        found = kg("query", "-e", "SELECT * { GRAPH ?g { ?s ?p ?o } }", "--store", server.query, "--max-rows", "100000")
    assert "乙电子技术有限公司" in found.out
    assert not any(secret in found.out for secret in SECRETS)


def test_a_server_refuses_to_be_asked_for_them() -> None:
    assert "a server contains no internal statements" in kg("show", US, "--internal", "--store", "http://h/query").err
