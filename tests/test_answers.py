"""Every shipped question over the shipped graphs: the answer is the one written down, and each row leads to evidence.

``KG_ANSWERS=write pytest tests/test_answers.py`` writes down what is answered now; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from asking import answer

from kg import evidence, questions
from kg.export.table import render
from kg.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.view import View

FOLDER = Path(__file__).parent / "questions"

ASKED = {
    "alliance": {"alliance": "almgmo"},
    "co-built-units": {},
    "dates": {"of": "event/xaut-2025"},
    "declared-parties": {},
    "government-roles": {"university": "xaut"},
    "named-of-announced": {},
    "names": {"actor": "xaut-ftc"},
    "parties": {"link": "link/nwafu-58"},
    "plan-supporters": {},
    "plans-in-force": {"date": "2025-11-08"},
    "posts": {},
    "resources": {},
    "who-says": {"about": "link/xaut-13"},
}
"""With which parameters each question is asked; short enough for the answer to be read."""


@pytest.fixture(scope="module")
def view(built: Path) -> Iterator[View]:
    with Store(built).view() as opened:
        yield opened


def test_every_question_has_an_expected_answer_and_nothing_else_has_one() -> None:
    assert sorted(ASKED) == [question.name for question in questions.listed()]
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.csv" for name in ASKED}


@pytest.mark.parametrize("name", ASKED)
def test_the_answer_is_the_one_written_down(view: View, name: str) -> None:
    found = render(answer(view, name, ASKED[name]), "csv")
    file = FOLDER / f"{name}.csv"
    if os.environ.get("KG_ANSWERS") == "write":
        file.write_text(found, encoding="utf-8", newline="")
    assert found == file.read_bytes().decode()


@pytest.mark.parametrize("question", questions.listed(), ids=lambda question: question.name)
def test_each_row_can_be_followed_to_its_evidence(view: View, question: questions.Question) -> None:
    """All rows: of a question whose parameters may be left out, the answer without them."""
    required = {param.name for param in question.params if not param.optional and param.default is None}
    table = answer(view, question.name, {name: ASKED[question.name][name] for name in required})
    cited = [str(row[table.columns.index("evidence")]).split() for row in table.rows]
    assert cited
    assert all(cited)
    for iri in {iri for graphs in cited for iri in graphs}:
        card = evidence.find(view, iri)
        assert card.source
        assert card.publisher
        assert card.reading
        assert [field for _, field, _ in evidence.describe(view, card).rows if field == "says"]


@pytest.mark.parametrize("name", ASKED)
def test_the_other_language_changes_labels_only(view: View, name: str) -> None:
    english, chinese = (answer(view, name, ASKED[name], lang) for lang in ("en", "zh"))
    assert english.columns == chinese.columns
    kept = [place for place, column in enumerate(english.columns) if not column.endswith("label")]
    assert [[row[place] for place in kept] for row in english.rows] == [
        [row[place] for place in kept] for row in chinese.rows
    ]
