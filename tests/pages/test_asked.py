"""Pages of answers: whatever a query of a stranger returns, the process of the pages makes a page of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from kg.model import Table
from kg.network import Lens
from kg.pages import asked
from kg.pages.address import from_file
from kg.pages.content import About, Content
from kg.pages.render import render
from kg.store.local import LocalStore
from kg.terms import ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers() | st.just(10**400) | st.just(-(10**400)),
    st.floats(),
    st.text(max_size=8),
    st.sampled_from([f"{ID}bellows", f"{ID}nobody", "https://", "https://a b", "https://[x", "\ud800"]),
)


@pytest.fixture(scope="module")
def content(small: Path) -> Iterator[Content]:
    with LocalStore(small).view() as view:
        yield Content(view, Lens(), About(is_served=True))


@settings(max_examples=80)
@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=3, max_size=4), st.sampled_from(["n", "lat", "evidence"]))
def test_each_answer_has_a_page(content: Content, rows: list[tuple[None, None, None]], column: str) -> None:
    table = Table((column, "long", "label"), tuple(rows))
    for lang in ("en", "zh"):
        page = asked.query_page(content, "SELECT *", table, None, None, lang)
        document = html.fromstring(render(page, lang, from_file(page.path), content.site).encode(errors="replace"))
        assert len(document.xpath("//tbody/tr")) == len(rows)
