"""`kg query`: questions, files, standard input and text; refused queries."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from helpers.stores import Done, error_of, kg

from kg.terms import ID

if TYPE_CHECKING:
    from pathlib import Path

FIRMS = "SELECT ?firm ?name { ?firm a hx:Firm ; skos:prefLabel ?name FILTER(LANG(?name) = 'en') } ORDER BY ?firm"
SOURCES = "SELECT ?source { ?source a hx:Source }"
ANSWER = [
    {"firm": ID + "anvil", "name": "Anvil Works"},
    {"firm": ID + "bellows", "name": "Bellows & Sons"},
    {"firm": ID + "crucible", "name": "Crucible"},
]


def test_sparql_comes_from_the_command_line_a_file_or_standard_input(small: Path, tmp_path: Path) -> None:
    (tmp_path / "firms.rq").write_text(FIRMS, encoding="utf-8")
    (tmp_path / "plain").write_text(FIRMS, encoding="utf-8")
    sources: list[tuple[str | Path, ...]] = [("-e", FIRMS), (tmp_path / "firms.rq",), (tmp_path / "plain",), ("-",)]
    for words in sources:
        done = kg("query", *words, "--format", "json", store=small, stdin=FIRMS)
        assert (done.status, done.err) == (0, "")
        assert json.loads(done.out) == ANSWER
        assert [list(row) for row in json.loads(done.out)] == [["firm", "name"]] * 3


@pytest.mark.parametrize(("fmt", "delimiter"), [("csv", ","), ("tsv", "\t")])
def test_csv_and_tsv_answers(small: Path, fmt: str, delimiter: str) -> None:
    done = kg("query", "-e", FIRMS, "--format", fmt, store=small)
    assert list(csv.DictReader(io.StringIO(done.out), delimiter=delimiter)) == ANSWER


@pytest.mark.parametrize(("values", "empty"), [('"a" "b"@en', 0), ("hx:a 1", 1)])
def test_cells_that_group_concat_leaves_empty_are_counted(small: Path, values: str, empty: int) -> None:
    done = kg("query", "-e", f"SELECT (GROUP_CONCAT(?x) AS ?y) {{ VALUES ?x {{ {values} }} }}", store=small)
    assert (f"Cells that GROUP_CONCAT leaves empty: {empty}." in done.err) == bool(empty)


def test_the_default_format_is_an_aligned_table(small: Path) -> None:
    assert kg("query", "-e", FIRMS, store=small) == Done(
        0,
        "firm         name\n-----------  --------------\nid:anvil     Anvil Works\nid:bellows   Bellows & Sons\n"
        "id:crucible  Crucible\n",
        "",
    )


def test_a_question_with_parameters(small: Path) -> None:
    done = kg("query", "parties", "--param", "link=link/pact", "--format", "json", store=small)
    rows = json.loads(done.out)
    assert [(row["label"], row["count"]) for row in rows if row["actor"]] == [
        ("Anvil Works", None),
        ("Bellows & Sons", None),
        ("University of the North", None),
    ]
    assert [row["count"] for row in rows if not row["actor"]] == [5]
    chinese = kg("query", "parties", "--param", "link=link/pact", "--lang", "zh", store=small)
    assert "铁砧公司" in chinese.out


def test_an_answer_can_be_limited_to_a_source(small: Path) -> None:
    words = ("query", "parties", "--param", "link=link/pact", "--format", "json")
    rows = json.loads(kg(*words, store=small).out)
    (source,) = {row["source"] for row in json.loads(kg("query", "-e", SOURCES, "--format", "json", store=small).out)}
    assert json.loads(kg(*words, "--source", source, store=small).out) == rows
    assert "there is no source 'Nobody'" in kg(*words, "--source", "Nobody", store=small).err
    assert (
        "requires an answer with the column evidence" in kg("query", "-e", FIRMS, "--source", source, store=small).err
    )


@pytest.mark.parametrize("word", ["anvil", "Anvil Works", "铁砧公司"])
def test_a_parameter_accepts_a_name(small: Path, word: str) -> None:
    done = kg("query", "names", "--param", f"actor={word}", "--format", "json", store=small)
    assert (done.status, done.err) == (0, "")
    assert {"Anvil Works", "铁砧公司"} <= {row["name"] for row in json.loads(done.out)}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_labels_follow_iris_in_all_formats_with_the_same_keys(small: Path, lang: str) -> None:
    words = ("query", "-e", "SELECT ?firm { ?firm a hx:Firm } ORDER BY ?firm", "--lang", lang)
    rows = json.loads(kg(*words, "--format", "json", store=small).out)
    assert [list(row) for row in rows] == [["firm", "firm_label"]] * 3
    assert rows[0] == {"firm": ID + "anvil", "firm_label": {"en": "Anvil Works", "zh": "铁砧公司"}[lang]}
    assert list(csv.DictReader(io.StringIO(kg(*words, "--format", "csv", store=small).out))) == rows
    bare = kg(*words, "--no-labels", "--format", "csv", store=small)
    assert bare.out.splitlines()[:2] == ["firm", ID + "anvil"]


def test_each_row_of_an_answer_leads_to_its_evidence(small: Path) -> None:
    rows = json.loads(kg("query", "parties", "--format", "json", store=small).out)
    assert rows
    for row in rows:
        done = kg("evidence", *row["evidence"].split(), "--format", "json", store=small)
        assert done.status == 0
        assert {"source", "statement"} <= {line["field"] for line in json.loads(done.out)}


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("-e", "SELECT *\n{ ?s ?p ?o }\nLIMT 1"), 1, "kg: the query does not parse at line 3, column 1: unexpected"),
        (("-e", "INSERT DATA { <urn:a> <urn:b> <urn:c> }"), 1, "kg: this is an update, and kg query only reads"),
        (("-e", "SELECT * { SERVICE <http://127.0.0.1:9/> {} }"), 1, "kg: SERVICE is refused"),
        (("-e", "SELECT * FROM <file:secret.ttl> {}"), 1, "kg: FROM <file:secret.ttl> is refused"),
        (("partes",), 2, "kg: there is no question 'partes'; did you mean"),
        (("./missing.rq",), 1, "kg: missing.rq: there is no such file"),
        (("dates",), 2, "kg: the question dates requires --param of=VALUE (iri: "),
        (("parties", "--param", "link"), 2, "kg: --param link: write it as NAME=VALUE"),
        (("parties", "--param", "=x"), 2, "kg: --param =x: write it as NAME=VALUE"),
        (("parties", "--param", "link=a", "--param", "link=b"), 2, "kg: --param link is repeated"),
        (("parties", "--param", "knot=a"), 2, "kg: the question parties has no parameter 'knot'; it has link"),
        (("parties", "--param", "link=a b"), 1, "kg: --param link=a b: there is no 'a b' in this store"),
        (("parties", "--param", "link=pact"), 1,
         "kg: --param link=pact: there is no 'pact' in this store; the nearest are id:link/pact"),
        (("names", "--param", "actor=Anvil Work"), 1,
         "kg: --param actor=Anvil Work: there is no 'Anvil Work' in this store; the nearest are id:anvil"),
        (("plans-in-force", "--param", "date=today"), 2, "kg: --param date=today: 'today' is not a date such as"),
        (("-e", "ASK {}", "--param", "a=b"), 2, "kg: --param requires a named question"),
        (("parties", "-e", "ASK {}"), 2, "kg: pass exactly one of: the name of a question"),
        ((), 2, "kg: pass exactly one of: the name of a question"),
        (("-e", "ASK {}", "--timeout", "nan"), 2, "kg: the time limit must be above 0 and at most 86400 seconds"),
        (("-e", "ASK {}", "--timeout", "1e9"), 2, "kg: the time limit must be above 0 and at most 86400 seconds"),
        (("-e", "ASK {}", "--timeout", "0"), 2, "Invalid value for '--timeout'"),
        (("-e", "ASK {}", "--limit", "0"), 2, "Invalid value for '-n' / '--limit'"),
        (("-e", "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c < ?i) } ORDER BY ?c", "--timeout", "0.5"), 1,
         "kg: the query took more than 0.5 seconds and was ended; narrow the query, or raise --timeout"),
    ],
)  # fmt: skip
def test_an_error_is_one_sentence(small: Path, words: tuple[str, ...], status: int, message: str) -> None:
    assert error_of(kg("query", *words, store=small), status=status).startswith(message)


def test_a_binary_file_is_refused(small: Path, tmp_path: Path) -> None:
    (tmp_path / "a.rq").write_bytes(b"SELECT '\xff'")
    assert "cannot be read as UTF-8 text" in error_of(kg("query", tmp_path / "a.rq", store=small))


def test_more_than_max_rows_is_an_error_after_the_rows(small: Path) -> None:
    done = kg("query", "-e", FIRMS, "--max-rows", "2", "--format", "json", store=small)
    assert (done.status, json.loads(done.out)) == (1, ANSWER[:2])
    assert done.err == "kg: the answer has more than 2 rows; raise --max-rows\n"
    assert kg("query", "-e", FIRMS, "--max-rows", "3", store=small).status == 0


@pytest.mark.parametrize("option", ["--limit", "-n"])
def test_limit_shows_the_first_rows(small: Path, option: str) -> None:
    for more in ((), ("--max-rows", "2")):
        done = kg("query", "-e", FIRMS, option, "2", "--format", "json", *more, store=small)
        assert (done.status, json.loads(done.out), done.err) == (0, ANSWER[:2], "")
    assert kg("query", "-e", FIRMS, option, "3", "--max-rows", "2", store=small).status == 1


def test_limit_applies_to_the_shortest_chain(small: Path) -> None:
    words = ("query", "evidence-path", "--param", "from=bellows", "--param", "to=crucible", "--format", "json")
    steps = json.loads(kg(*words, store=small).out)
    assert len(steps) > 1
    assert json.loads(kg(*words, "--limit", "1", store=small).out) == steps[:1]


def test_an_empty_answer_is_explained(small: Path) -> None:
    done = kg("query", "-e", "SELECT ?x { ?x a hx:Nothing }", "--format", "json", store=small)
    assert (done.status, done.out) == (0, "[]\n")
    assert done.err.startswith("the answer is empty; ")
    assert kg("query", "-e", "SELECT ?x { ?x a hx:Nothing }", "--quiet", store=small).err == ""


def test_the_option_of_sets_the_organisation(small: Path) -> None:
    done = kg("query", "partners", "--of", "Anvil Works", "--format", "json", store=small)
    assert done.status == 0, done.err
    partners = {row["partner"].rpartition("/")[2] for row in json.loads(done.out)}
    assert partners == {"north", "bellows", "south", "mines"}
    assert "is not about one organisation" in error_of(kg("query", "posts", "--of", "anvil", store=small), status=2)


def test_a_parameter_of_the_wrong_class_is_refused(small: Path) -> None:
    message = error_of(kg("query", "parties", "--param", "link=Forge College", store=small))
    assert "id:north-forge is not a link; name a link" in message
