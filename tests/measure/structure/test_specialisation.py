"""Specialisation: advantage, relatedness and complexity by hand and by plain linear algebra; refusals."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from helpers.networks import ID, incidence
from helpers.texts import notes_of
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.measure.structure import specialisation
from kg.model import Text
from kg.network import build

LINKS = {"a": "U1 I1", "b": "U1 I2", "c": "U2 I1", "d": "U2 G1", "e": "U3 I1", "f": "I2 G1"}
TOPICS = {"a": ("ai",), "b": ("ai", "steel"), "c": ("steel",), "e": ("ai", "wind"), "f": ("wind",)}
CHAIN = np.array([[1, 1, 1, 0], [0, 1, 1, 0], [0, 0, 1, 1]], dtype=bool)

matrices = st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.integers(0, 4))
)


def told(links: dict[str, Any] = LINKS, **words: Any) -> Any:
    topics = {f"{ID}link/{key}": value for key, value in TOPICS.items()}
    names = {"ai": Text("artificial intelligence", "人工智能"), "steel": Text("steel", None)}
    return specialisation.table(build(incidence(links)), topics, names, **words)


def rows(table: Any) -> dict[tuple[str, str], dict[str, Any]]:
    found = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    return {(row["actor"].removeprefix(ID), row["field"]): row for row in found}


@given(matrices)
def test_advantage_is_share_against_share(links: np.ndarray) -> None:
    assume(links.any(axis=0).all() and links.any(axis=1).all())
    found = specialisation.rca(links)
    row, column = links.shape[0] - 1, 0
    assert found[row, column] == pytest.approx(
        (links[row, column] / links[row].sum()) / (links[:, column].sum() / links.sum())
    )
    # Weighted by what is expected, advantages average to 1.
    assert (found * np.outer(links.sum(axis=1), links.sum(axis=0))).sum() == pytest.approx(links.sum() ** 2)


def test_relatedness_by_hand() -> None:
    """Fields 0 to 3 have 1, 2, 3 and 1 actors; the proximity of two is who has both by who has the commoner one."""
    near = specialisation.relatedness(CHAIN)
    phi = np.array([[0, 1 / 2, 1 / 3, 0], [1 / 2, 0, 2 / 3, 0], [1 / 3, 2 / 3, 0, 1 / 3], [0, 0, 1 / 3, 0]])
    assert near == pytest.approx(CHAIN @ phi / phi.sum(axis=0))
    assert near[1, 3] == pytest.approx(1)  # all that field 3 is near to, the second actor has
    assert near[2, 0] == pytest.approx((1 / 3) / (5 / 6))


def test_a_field_of_nobody_else_s_is_near_to_none() -> None:
    near = specialisation.relatedness(np.array([[1, 0], [0, 1]], dtype=bool))
    assert np.isnan(near).all()


def test_complexity_is_the_second_eigenvector_of_the_walk_between_actors() -> None:
    rng = np.random.default_rng(6)
    special = rng.random((9, 12)) < 0.4
    special[:, 0] = True
    index = specialisation.complexity(special)
    assert not isinstance(index, Text)
    cells = special.astype(float)[:, special.any(axis=0)]
    walk = (cells / cells.sum(axis=0)) @ cells.T / cells.sum(axis=1)[:, None]
    values, vectors = np.linalg.eig(walk)
    second = vectors[:, np.argsort(-values.real)[1]].real
    second = (second - second.mean()) / second.std()
    assert np.abs(index) == pytest.approx(np.abs(second), abs=1e-8)
    assert index.mean() == pytest.approx(0, abs=1e-9)
    assert index.std() == pytest.approx(1)
    assert np.corrcoef(index, special.sum(axis=1))[0, 1] > 0


@pytest.mark.parametrize(
    ("special", "why"),
    [
        (np.ones((2, 5), dtype=bool), "2 actors and 5 fields are too few; 3 of each are needed"),
        (np.ones((5, 2), dtype=bool), "5 actors and 2 fields are too few"),
        (np.eye(3, dtype=bool), "fall into 3 parts that share none"),
        (np.ones((4, 4), dtype=bool), "not single"),
        (~np.eye(4, dtype=bool), "not single"),
        (np.zeros((0, 0), dtype=bool), "0 actors and 0 fields are too few"),
    ],
)
def test_where_complexity_is_not_defined_it_says_why(special: np.ndarray, why: str) -> None:
    found = specialisation.complexity(special)
    assert isinstance(found, Text)
    assert why in (found.en or "")


def test_rows_are_fields_with_links_and_the_nearest_others() -> None:
    found = rows(told())
    assert {key: row["links"] for key, row in found.items()} == {
        ("U1", "ai"): 2, ("U1", "steel"): 1, ("U2", "steel"): 1, ("U2", "ai"): 0, ("U3", "wind"): 1, ("U3", "ai"): 1,
    } | {key: 0 for key, row in found.items() if not row["links"]}  # fmt: skip
    # 6 links by field: U1 has 2 of the 3 in ai with 3 of the 6.
    assert found["U1", "ai"]["rca"] == pytest.approx((2 / 3) / (3 / 6))
    assert found["U1", "ai"]["specialised"] is True
    assert found["U1", "ai"]["field_label"] == "artificial intelligence"
    assert rows(told(lang="zh"))["U1", "ai"]["field_label"] == "人工智能"


def test_links_without_a_field_are_told() -> None:
    notes = notes_of(told())
    assert "3 actors of the sector university have links about 3 fields." in notes
    assert "Left out: 1 links of such actors whose field is not told." in notes


def test_one_actor_alone_may_be_asked_for() -> None:
    assert {actor for actor, _ in rows(told(actor=ID + "U2"))} == {"U2"}
    assert rows(told(actor=ID + "U2"))["U2", "steel"] == rows(told())["U2", "steel"]


def test_another_sector() -> None:
    assert {actor for actor, _ in rows(told(sector="firm"))} == {"I1", "I2"}


def test_a_sector_with_nobody_in_it_says_which_there_are() -> None:
    table = told(sector="institute")
    assert table.rows == ()
    assert "Sectors in this network: firm, government, university." in notes_of(table)


def test_an_empty_network() -> None:
    assert told({}).rows == ()
