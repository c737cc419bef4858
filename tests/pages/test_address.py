"""Paths of pages: one per node, safe on every file system and web server."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.pages.address import from_file, path
from kg.terms import BASE, ID


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4).map("/".join))
def test_a_path_stays_below_the_site_and_is_portable(key: str) -> None:
    for part in path(BASE + key).split("/"):
        assert re.fullmatch(r"[a-z0-9_][a-z0-9._+-]{0,79}", part)
        assert not part.endswith(".")


@given(st.sets(st.text(st.sampled_from("aAäb/.-%"), min_size=1, max_size=6), min_size=2, max_size=2))
def test_different_nodes_have_different_paths_in_any_case(keys: set[str]) -> None:
    one, other = (path(ID + key).casefold() for key in keys)
    assert one != other


@pytest.mark.parametrize("key", ["con", "nul.txt", "index", "..", ".", "A", "延长（集团）", "x" * 300, ""])
def test_names_that_a_file_system_reserves_are_replaced(key: str) -> None:
    assert path(ID + key) != f"id/{key}"


def test_hyperlinks_are_relative_to_the_page() -> None:
    links = from_file("id/link/xaut-36")
    assert links.node(f"{ID}xaut") == "../../id/xaut.html"
    assert links.site == "../../../"
    assert from_file("index").page("search") == "./search.html"
