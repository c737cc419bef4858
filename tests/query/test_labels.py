"""Labels beside the IRIs of an answer."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kg.model import Table
from kg.query import labels
from kg.query.labels import with_labels
from kg.query.run import run_query
from kg.store.local import LocalStore
from kg.terms import BASE, ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View

NORTH, BELLOWS = ID + "north", ID + "bellows"


@pytest.fixture
def view(small: Path) -> Iterator[View]:
    with LocalStore(small).view() as view:
        yield view


def test_label_column_follows_its_column(view: View) -> None:
    answer = run_query(view, "SELECT ?link ?who { ?link hx:participation/hx:participant ?who . ?who a hx:Actor }")
    table = with_labels(view, answer, "en")
    assert table.columns == ("link", "link_label", "who", "who_label")
    assert (ID + "link/pact", "The pact of the forge", NORTH, "University of the North") in table.rows
    assert len(table) == len(answer)


def test_labels_prefer_the_language_and_accept_the_other(view: View) -> None:
    table = with_labels(view, Table(("who",), ((NORTH,), (BELLOWS,))), "zh")
    assert table.rows == ((NORTH, "北方大学"), (BELLOWS, "Bellows & Sons"))


def test_concepts_and_properties_have_labels(view: View) -> None:
    table = with_labels(view, Table(("p",), ((BASE + "ontology#startEarliest",), (BASE + "scheme/role/party",))), "en")
    assert [row["p_label"] for row in table] == ["start at the earliest", "party"]


def test_columns_without_a_label_are_unchanged(view: View) -> None:
    table = Table(
        ("n", "day", "text", "address", "evidence", "nothing"),
        ((1, date(2025, 5, 1), "north> }", "https://gazette.example/2025/1", BASE + "evidence/signed", None),),
        ("A note.",),
        truncated=True,
    )
    assert with_labels(view, table, "en") == table


def test_mixed_columns_have_labels_for_their_iris(view: View) -> None:
    table = with_labels(view, Table(("value",), ((NORTH,), ("text",), (7,), (None,))), "en")
    assert [row["value_label"] for row in table] == ["University of the North", None, None, None]


def test_each_iri_of_a_list_has_a_label(view: View) -> None:
    table = with_labels(
        view, Table(("partners",), ((f"{NORTH} {BELLOWS}",), (f"{BELLOWS} {ID}nobody",), ("a text",))), "en"
    )
    expected = ["University of the North | Bellows & Sons", f"Bellows & Sons | {ID}nobody", None]
    assert [row["partners_label"] for row in table] == expected


def test_existing_label_columns_are_kept(view: View) -> None:
    table = Table(("who", "who_label"), ((NORTH, "mine"),))
    assert with_labels(view, table, "en") == table


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_labels_in_another_column_are_not_repeated(view: View, lang: str) -> None:
    table = Table(("who", "name"), ((NORTH, "University of the North"), (None, "five others")))
    assert with_labels(view, table, lang) == table


def test_many_iris_are_labelled_in_parts(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labels, "_AT_ONCE", 1)
    table = with_labels(view, Table(("who",), ((NORTH,), (BELLOWS,))), "en")
    assert [row["who_label"] for row in table] == ["University of the North", "Bellows & Sons"]
