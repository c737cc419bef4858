"""Any graph file or query is read, or refused with one sentence; `make fuzz` is the long run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.fuzz_borders import GRAPHS, QUERIES, graph, query
from helpers.fuzz_readers import STRANGE, corrupted
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

CHANGES = st.lists(
    st.tuples(st.integers(0, 1 << 9), st.integers(0, 12), st.sampled_from(STRANGE) | st.binary(max_size=8)),
    min_size=1,
    max_size=3,
)


@pytest.mark.parametrize("suffix", GRAPHS)
def test_a_corrupted_graph_file(suffix: str, tmp_path: Path) -> None:
    assert graph(suffix, GRAPHS[suffix], tmp_path) == "read"

    @given(changes=CHANGES)
    @settings(max_examples=60, deadline=None)
    def corrupt(changes: list[tuple[int, int, bytes]]) -> None:
        graph(suffix, corrupted(GRAPHS[suffix], changes), tmp_path)

    corrupt()


def test_a_corrupted_query(small: Path) -> None:
    with LocalStore(small).view() as view:
        assert {query(view, text) for text in QUERIES} == {"read"}

        @given(text=st.sampled_from(QUERIES), changes=CHANGES)
        @settings(max_examples=100, deadline=None)
        def corrupt(text: bytes, changes: list[tuple[int, int, bytes]]) -> None:
            query(view, corrupted(text, changes))

        corrupt()
