"""Every shipped question over the shipped graphs, compared with a recorded answer whose rows lead to evidence.

``KG_ANSWERS=write pytest tests/query/test_answers.py`` records the present answers; read the difference.
"""

from __future__ import annotations

import contextlib
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.questions import answer
from helpers.sampling import sampled
from helpers.stores import kg

from kg.errors import UsageError
from kg.export.table import render
from kg.query import cards, questions
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.view import View

FOLDER = Path(__file__).parent / "questions"

PARAMETERS = {
    "across-regions": {},
    "alliance": {"alliance": "almgmo"},
    "amounts": {},
    "chain-lead-firms": {},
    "chains-without-college": {},
    "changes": {"date": "2026-01-01"},
    "co-built-units": {},
    "co-constructed-universities": {},
    "dates": {"of": "event/xaut-2025"},
    "declared-parties": {},
    "department-actions": {"university": "xjtu"},
    "disagreements": {},
    "evidence-path": {"from": "xaut-ai", "to": "moe"},
    "expiring": {"from": "2028-01-01", "months": "12"},
    "firms-by-partners": {},
    "firms-by-province": {"province": "place/shaanxi"},
    "framework-agreements": {},
    "gaps-in-chain": {"chain": "sch:field/photovoltaics", "region": "place/shaanxi"},
    "government-roles": {"university": "xaut"},
    "group-links": {"group": "casc"},
    "identity": {},
    "in-force": {"date": "2025-11-08", "kind": "sch:kind/CooperationMemorandum"},
    "integration-firms": {},
    "links-by-education-level": {},
    "links-by-kind": {"actor": "xaut"},
    "links-by-year": {},
    "majors-and-students": {},
    "many-to-many": {},
    "merges": {},
    "missing-identifiers": {"region": "place/shaanxi"},
    "missing-of": {"of": "xaut"},
    "named-of-announced": {},
    "names": {"actor": "xaut-ftc"},
    "new-units": {"year": "2025"},
    "officials": {"event": "event/thu-ncee"},
    "our-links": {"of": "xaut"},
    "papers-in-china-and-abroad": {},
    "parties": {"link": "link/nwafu-58"},
    "partners": {"of": "xaut-ai"},
    "plan-supporters": {},
    "plans-in-force": {"date": "2025-11-08"},
    "posts": {},
    "promised-and-delivered": {"event": "event/xaut-2025"},
    "recognised": {"link": "link/ncee-3"},
    "regional-consortia": {},
    "reprints-only": {"link": "link/baoji-3"},
    "resources": {},
    "rival-partners": {"university": "xaut", "place": "place/baoji"},
    "sector-shares": {},
    "shared-members": {},
    "shared-partners": {"of": "xaut"},
    "signatories": {},
    "signs-and-publishes": {},
    "single-source": {"link": "link/xaut-huawei-ai"},
    "technology-contracts": {},
    "training-duties": {},
    "transferred-rights": {},
    "unit-activity": {"host": "xaut"},
    "who-says": {"about": "link/xaut-13"},
}
"""Parameters of each question that keep its answer short."""

BEYOND_CURATED = {"merges", "papers-in-china-and-abroad", "suggestion-accuracy"}
"""Questions about collections that the store of these tests lacks; docs/how-to/collections.md shows their answers."""


QUERIES = [question for question in questions.all_questions() if not question.answered_by]


@pytest.fixture(scope="module")
def view(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as opened:
        yield opened


OPTIONAL = [
    (question.name, param.name)
    for question in QUERIES
    for param in question.params
    if param.optional and param.default is None and param.kind == "iri"
]
"""Parameters that select the rows of an answer; no answer is about the person that the test passes."""


def test_every_question_has_an_expected_answer_and_nothing_else_has_one() -> None:
    assert sorted(PARAMETERS) == [question.name for question in QUERIES]
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.csv" for name in PARAMETERS}


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_answer_equals_the_recorded_one(view: View, name: str) -> None:
    rendered = render(answer(view, name, PARAMETERS[name]), "csv")
    file = FOLDER / f"{name}.csv"
    if os.environ.get("KG_ANSWERS") == "write":
        file.write_text(rendered, encoding="utf-8", newline="")
    assert rendered == file.read_bytes().decode()


@pytest.fixture(scope="module")
def complete() -> set[str]:
    """The evidence that a test of this worker has found complete; questions share most of it."""
    return set()


@pytest.mark.parametrize("question", QUERIES, ids=lambda question: question.name)
def test_each_row_can_be_followed_to_its_evidence(view: View, question: questions.Question, complete: set[str]) -> None:
    """Rows without optional parameters."""
    needed = (param for param in question.params if not param.optional or param.kind == "date")
    required = {param.name for param in needed if param.default is None} & PARAMETERS[question.name].keys()
    table = answer(view, question.name, {name: PARAMETERS[question.name][name] for name in required})
    cited = [str(row[table.columns.index("evidence")]).split() for row in table.rows]
    assert cited or question.awaits or question.name in BEYOND_CURATED
    assert all(cited)
    new = {iri for graphs in cited for iri in graphs} - complete
    found = cards.evidence(view, sorted(new))
    assert all(card.source and card.publisher and card.reading for card in found.values())
    listed = " ".join(f"<{iri}>" for iri in found)
    stating = view.select(f"SELECT DISTINCT ?g {{ VALUES ?g {{ {listed} }} GRAPH ?g {{ ?s ?p ?o }} }}")
    assert {row["g"].value for row in stating} == found.keys()
    assert found.keys() == new
    complete.update(found)


@pytest.mark.parametrize(("name", "param"), OPTIONAL)
def test_an_optional_parameter_selects_rows(view: View, name: str, param: str) -> None:
    needed = {one.name for one in questions.find(name).params if not one.optional and one.default is None}
    given = {key: PARAMETERS[name][key] for key in needed}
    assert answer(view, name, {**given, param: "person/liu-yunhe-xaut"}).rows == ()


@pytest.mark.parametrize("name", sampled(PARAMETERS))
def test_the_language_changes_only_labels(view: View, name: str) -> None:
    english, chinese = (answer(view, name, PARAMETERS[name], lang) for lang in ("en", "zh"))
    assert english.columns == chinese.columns
    words = {"label", "value_label", "note", "post", "missing", "seat", "values"}
    kept = [place for place, column in enumerate(english.columns) if column not in words]
    assert [[row[place] for place in kept] for row in english.rows] == [
        [row[place] for place in kept] for row in chinese.rows
    ]


@pytest.mark.parametrize(
    ("name", "params", "label", "named"),
    [
        ("alliance", {"alliance": "almgmo"}, "value_label", {"西安理工大学", "铝深加工"}),
        ("named-of-announced", {"link": "link/xaut-13"}, "label", {"未来技术学院", "人工智能交叉现代产业学院"}),
        ("co-built-units", {"host": "xaut"}, "label", {"人工智能交叉现代产业学院"}),
        ("gaps-in-chain", {"chain": "sch:field/titanium"}, "seat", {"陕西省", "美国"}),
    ],
)
def test_labels_are_in_the_requested_language(
    view: View, name: str, params: dict[str, str], label: str, named: set[str]
) -> None:
    table = answer(view, name, params, "zh")
    assert named <= {row[table.columns.index(label)] for row in table.rows}


def test_all_competency_questions_are_there() -> None:
    """The 32 questions of the field and the questions of readers; a question without a query names its command."""
    assert len(questions.all_questions()) >= 32
    assert all(question.asks.en and question.asks.zh for question in questions.all_questions())


@pytest.mark.parametrize("question", [q for q in questions.all_questions() if q not in QUERIES], ids=lambda q: q.name)
def test_a_question_without_a_query_names_its_command(view: View, question: questions.Question) -> None:
    with pytest.raises(UsageError, match=r"is answered by `kg |needs .+, which this version does not have yet"):
        answer(view, question.name, {})


ABOUT_AN_ACTOR = {"suggestions"}
"""Questions whose command names an actor of the shipped graphs; the others run on a small store, too."""

COMMANDS = [q for q in questions.all_questions() if q.answered_by and q.name not in BEYOND_CURATED]


@pytest.mark.parametrize("question", COMMANDS, ids=lambda q: q.name)
def test_the_answering_command_exists(question: questions.Question, small: Path, built: Path, tmp_path: Path) -> None:
    words = shlex.split(str(question.answered_by))
    assert words[0] == "kg"
    with contextlib.chdir(tmp_path):
        assert kg(*words[1:], store=built if question.name in ABOUT_AN_ACTOR else small).status == 0


LEADING = {
    "co-built-units": "unit host cobuilder",
    "parties": "link actor role",
    "declared-parties": "link label named declared count_kind coverage",
    "who-says": "evidence source position",
    "single-source": "link source",
    "disagreements": "subject property values sources",
    "in-force": "link",
    "government-roles": "department university role",
}
"""Leading columns that other programs rely on, in this order."""


@pytest.mark.parametrize("name", LEADING)
def test_leading_columns_are_stable(view: View, name: str) -> None:
    columns = LEADING[name].split()
    assert list(answer(view, name, PARAMETERS[name]).columns[: len(columns)]) == columns
