"""Mutual information: known values, bias, and a null model that is exact in the frame of at least one helix."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.measure.helix import synergy
from kg.measure.significance import lower_p

if TYPE_CHECKING:
    from collections.abc import Sequence


def information(rows: Sequence[tuple[int, ...]]) -> float:
    return float(synergy.mutual_information(synergy.cells(np.array(rows, dtype=bool)))[0])


@pytest.mark.parametrize(
    ("rows", "value"),
    [
        ([(1, 1, 1), *[(1, 1, 0)] * 3, (1, 0, 1)], 0),  # the first helix is in every case
        ([(0, 0, 0), (1, 1, 0), (1, 0, 1), (0, 1, 1)], -1),  # each helix is the parity of the others
        ([(0, 0, 0), (1, 1, 1)], 1),  # three copies of one coin
        ([(0, 0), (1, 1)], 1),  # two copies of one coin
        ([(0, 0), (0, 1), (1, 0), (1, 1)], 0),
        ([(0, 0, 0, 0), (1, 1, 1, 1)], 1),
        (
            [row for row in product((0, 1), repeat=4) if sum(row) % 2 == 0],
            1,
        ),  # parity of four helices has the other sign
    ],
)
def test_known_values(rows: list[tuple[int, ...]], value: float) -> None:
    assert information(rows) == pytest.approx(value, abs=1e-12)


presences = st.integers(2, 4).flatmap(
    lambda helices: st.lists(
        st.tuples(*[st.booleans()] * helices).filter(any),
        min_size=1,
        max_size=30,
    )
)


@given(presences)
def test_the_order_of_helices_and_cases_is_irrelevant(rows: list[tuple[bool, ...]]) -> None:
    reordered = [tuple(reversed(row)) for row in reversed(rows)]
    assert information(reordered) == pytest.approx(information(rows), abs=1e-9)


@given(presences)
def test_a_constant_helix_has_no_mutual_information(rows: list[tuple[bool, ...]]) -> None:
    assert information([(True, *row[1:]) for row in rows]) == pytest.approx(0, abs=1e-9)
    always, never = synergy.constant(synergy.cells(np.array([(True, *row[1:]) for row in rows])))
    assert 0 in always
    assert 0 not in never


def test_the_correction_removes_small_sample_bias() -> None:
    rng = np.random.default_rng(7)
    for n, expected in ((10, -0.068), (30, -0.030), (100, -0.0076)):
        presence = rng.random((6000, n, 3)) < [0.6, 0.5, 0.3]
        counts = np.stack([synergy.cells(one) for one in presence])
        plain = synergy.mutual_information(counts).mean()
        assert plain == pytest.approx(expected, abs=0.004)
        assert abs(plain - synergy.bias(3, n, framed=False)) < abs(plain) / 3


@pytest.mark.parametrize("helices", [2, 3, 4])
def test_biases_cancel_in_the_frame(helices: int) -> None:
    assert synergy.bias(helices, 50, framed=True) == 0
    assert synergy.bias(helices, 50, framed=False) == pytest.approx((-1) ** helices / (100 * np.log(2)))


def test_the_null_model_reproduces_the_effect_of_the_frame() -> None:
    presence = np.random.default_rng(3).random((4000, 3)) < [0.6, 0.5, 0.3]
    counts = synergy.cells(presence[presence.any(axis=1)])
    value = float(synergy.mutual_information(counts)[0])
    drawn = synergy.mutual_information(synergy.draw(counts))
    assert value == pytest.approx(-0.084, abs=0.01)
    assert drawn.mean() == pytest.approx(value, abs=0.01)


def every_assignment(rows: list[tuple[int, ...]]) -> Counter[tuple[int, ...]]:
    """Return the cells of all assignments with fixed helix sizes in which each case has a helix."""
    presence = np.array(rows, dtype=bool)
    n, helices = presence.shape
    counter: Counter[tuple[int, ...]] = Counter()
    for chosen in product(*(combinations(range(n), int(count)) for count in presence.sum(axis=0))):
        assigned = np.zeros_like(presence)
        for helix, cases in zip(range(helices), chosen, strict=True):
            assigned[list(cases), helix] = True
        if assigned.any(axis=1).all():
            counter[tuple(synergy.cells(assigned).tolist())] += 1
    return counter


@pytest.mark.parametrize(
    "rows",
    [
        [(1, 1, 0), (1, 0, 1), (0, 1, 0), (1, 0, 0), (0, 1, 1)],
        [(1, 1, 0, 0), (1, 0, 1, 1), (0, 1, 0, 1), (1, 0, 0, 0)],
        [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 1)],
        [(1, 1), (1, 0), (0, 1)],
    ],
)
def test_all_assignments_are_drawn_equally_often(rows: list[tuple[int, ...]]) -> None:
    exact = every_assignment(rows)
    draws = 20000
    counts = synergy.cells(np.array(rows, dtype=bool))
    drawn = Counter(map(tuple, synergy.draw(counts, draws).tolist()))
    assert set(drawn) <= set(exact)
    for cells, ways in exact.items():
        assert drawn[cells] / draws == pytest.approx(ways / exact.total(), abs=0.012)


@given(presences)
def test_draws_keep_the_frame_and_the_helix_sizes(rows: list[tuple[bool, ...]]) -> None:
    counts = synergy.cells(np.array(rows))
    helices = len(counts).bit_length() - 1
    for drawn in synergy.draw(counts, 5):
        assert drawn.sum() == len(rows)
        assert drawn[0] == 0
        for helix in range(helices):
            with_it = np.arange(len(counts)) >> helix & 1 == 1
            assert drawn[with_it].sum() == counts[with_it].sum()


def test_a_case_without_a_helix_is_refused() -> None:
    with pytest.raises(ValueError, match="outside the frame"):
        synergy.draw(np.array([1, 2, 3, 4]))


def test_the_test_keeps_its_size_in_the_frame() -> None:
    rng = np.random.default_rng(11)
    p = []
    for _ in range(150):
        presence = rng.random((80, 3)) < [0.6, 0.5, 0.3]
        counts = synergy.cells(presence[presence.any(axis=1)])
        drawn = synergy.mutual_information(synergy.draw(counts, 199))
        p.append(lower_p(float(synergy.mutual_information(counts)[0]), drawn))
    assert np.mean(np.array(p) <= 0.05) == pytest.approx(0.05, abs=0.035)
    assert np.mean(p) == pytest.approx(0.5, abs=0.06)


def test_real_synergy_is_significant() -> None:
    rng = np.random.default_rng(5)
    two = rng.random((120, 2)) < 0.5
    presence = np.column_stack([two, two[:, 0] ^ two[:, 1]])
    counts = synergy.cells(presence[presence.any(axis=1)])
    drawn = synergy.mutual_information(synergy.draw(counts))
    assert lower_p(float(synergy.mutual_information(counts)[0]), drawn) < 0.01
