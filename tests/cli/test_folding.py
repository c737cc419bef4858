"""Lines that are folded to a width in columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from kg.cli import folding

WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60)


@given(text=WORDS, width=st.integers(2, 30))
def test_folding_keeps_every_character(text: str, width: int) -> None:
    lines = list(folding.fold(text, width))
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(wcswidth(line) <= width for line in lines)
