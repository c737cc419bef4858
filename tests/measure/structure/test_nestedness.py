"""Nestedness, compared with vegan in R."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.networks import TOY, incidence
from helpers.texts import english
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import UsageError
from kg.measure.structure import nestedness
from kg.network import Network, build

VEGAN: dict[str, Any] = json.loads(Path(__file__).parents[1].joinpath("oracles", "nestedness.json").read_text("utf-8"))
CASES = [name for name in VEGAN if name != "vegan"]

NESTED = {"a": "I1 U1 U2 U3 U4", "b": "I2 U1 U2 U3", "c": "I3 U1 U2", "d": "I4 U1"}


def network_of(links: dict[str, str]) -> Network:
    return build(incidence(links))


@pytest.mark.parametrize("name", CASES)
def test_nodf_equals_that_of_vegan(name: str) -> None:
    case = VEGAN[name]
    result = nestedness.nodf(np.array(case["matrix"], dtype=bool))
    assert result is not None
    assert (result.rows, result.columns, result.both) == pytest.approx((case["rows"], case["columns"], case["both"]))


@given(st.tuples(st.integers(1, 6), st.integers(1, 6)).flatmap(lambda shape: arrays(np.bool_, shape)), st.randoms())
@settings(max_examples=12)
def test_nodf_equals_enumeration_in_any_order(matrix: np.ndarray, random: Any) -> None:
    def overlaps(cells: np.ndarray) -> float:
        total = 0.0
        for i in range(len(cells)):
            for j in range(len(cells)):
                if cells[i].sum() > cells[j].sum() > 0:
                    total += 100 * (cells[i] & cells[j]).sum() / cells[j].sum()
        return total

    rows, columns = matrix.shape
    pairs = rows * (rows - 1) // 2 + columns * (columns - 1) // 2
    order = list(range(rows))
    random.shuffle(order)
    result = nestedness.nodf(matrix[order])
    if not pairs:
        assert result is None
        return
    assert result is not None
    assert result.both == pytest.approx((overlaps(matrix) + overlaps(matrix.T)) / pairs)


def test_a_triangular_matrix_is_fully_nested() -> None:
    result = nestedness.nestedness(network_of(NESTED), "firm", "university")
    assert [one.value for one in result] == [100, 100, 100]
    assert result[0].observations == 10
    # A triangular matrix is the only one with its row and column sums.
    assert (result[0].expected, result[0].p) == (100, 1)


def test_nested_blocks_are_more_nested_than_expected() -> None:
    blocks = range(0, 15, 5)
    links = {
        f"a{block}{n}": f"I{block + n} " + " ".join(f"U{block + m}" for m in range(5 - n))
        for block in blocks
        for n in range(5)
    }
    result = nestedness.nestedness(network_of(links), "firm", "university")[0]
    assert result.value is not None
    assert result.expected is not None
    assert result.p is not None
    assert result.value > result.expected
    assert result.p < 0.05


def test_a_small_matrix_has_no_nestedness() -> None:
    result = nestedness.nestedness(network_of(TOY), "firm", "university")
    assert [one.name for one in result] == ["nodf", "nodf-rows", "nodf-columns"]
    assert {one.value for one in result} == {None}
    assert english(result[0].reason) == "too small: 3 × 2 actors share a link, 3 × 3 are needed"


def test_equal_sectors_are_refused() -> None:
    with pytest.raises(UsageError, match="two different sectors, not firm twice"):
        nestedness.table(network_of(TOY), "firm", "firm")


def test_rows_and_columns_can_be_exchanged() -> None:
    one, other = (nestedness.nestedness(network_of(NESTED | {"e": "I4 U2"}), *names) for names in
                  (("firm", "university"), ("university", "firm")))  # fmt: skip
    assert (one[0].value, one[1].value, one[2].value) == pytest.approx((other[0].value, other[2].value, other[1].value))
