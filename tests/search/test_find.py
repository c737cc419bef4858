"""`kg.search`: what people type finds whom they mean, with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.searches import EXPECTED
from hypothesis import given
from hypothesis import strategies as st

from kg.search import Hit, find, table
from kg.search.build import arrays
from kg.search.find import hits
from kg.search.index import SearchIndex, of_view
from kg.search.match import ORDER, match
from kg.search.spelling import spelling
from kg.store.local import LocalStore
from kg.terms import readable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View


@pytest.fixture(scope="module")
def view(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as view:
        yield view


@pytest.mark.parametrize(("text", "actor", "kind"), EXPECTED, ids=[text for text, _, _ in EXPECTED])
def test_people_find_whom_they_mean(view: View, text: str, actor: str, kind: str) -> None:
    hit = find(view, text, 1)[0]
    assert (readable(hit.actor), hit.match.kind) == (actor, kind)


def test_a_whole_word_comes_before_a_part_of_another_name(view: View) -> None:
    kinds = [hit.match.kind for hit in find(view, "北大")]
    assert kinds == sorted(kinds, key=ORDER.index)


def test_each_actor_is_listed_once_and_the_limit_holds(view: View) -> None:
    hits = find(view, "西安")
    assert len({hit.actor for hit in hits}) == len(hits)
    assert find(view, "西安", 3) == hits[:3]


QUERIES = (
    "xajtdx",
    "xianjiaoda",
    "大学",
    "西学",
    "anin",
    "hauwei",
    "hvawei",
    "huaweii",
    "universty",
    "研究院",
    "x",
    "ing",
)


@pytest.mark.parametrize("text", QUERIES)
def test_the_index_leaves_out_no_name_that_matches(view: View, text: str) -> None:
    found = find(view, text)
    assert set(found) == set(_compared(of_view(view), text))
    assert find(view, text, 5) == found[:5]


def _compared(index: SearchIndex, text: str) -> list[Hit]:
    """Return the hits by a comparison with each name."""
    best: dict[str, Hit] = {}
    for row in range(len(index)):
        of_name, name = index.spelling(row), index.name(row)
        matched = match(spelling(text), of_name, index.short_names(row))
        if matched is not None:
            actor = index.actor(index.actor_of(row), name)
            hit = Hit(actor.iri, actor.label, matched, name, actor.links)
            if hit.actor not in best or _order(hit) < _order(best[hit.actor]):
                best[hit.actor] = hit
    return list(best.values())


def _order(hit: Hit) -> tuple[int, float, str]:
    return ORDER.index(hit.match.kind), -round(hit.match.share, 2), hit.name


@given(st.text(max_size=12) | st.text(st.sampled_from("xianhuawei西安大学 -"), max_size=90))
def test_each_text_has_an_answer(view: View, text: str) -> None:
    assert len(find(view, text, 3)) <= 3


def test_an_empty_store_has_an_index() -> None:
    assert hits(SearchIndex(arrays((), {}, {})), "xian") == ()


@pytest.mark.parametrize("text", ["", "  ", "!", "qqqqqq"])
def test_nothing_is_found_for_nothing(view: View, text: str) -> None:
    found = table(find(view, text), text)
    assert (found.rows, len(found.notes)) == ((), 1)


@given(st.text(min_size=1))
def test_every_name_finds_itself(name: str) -> None:
    own = spelling(name)
    found = match(own, own)
    assert found is None if not own.folded else found is not None and found.kind == "name"


@given(st.lists(st.sampled_from("西安交通大学北京工业航空天"), min_size=2, unique=True), st.data())
def test_characters_in_order_from_the_first_are_an_abbreviation(chars: list[str], data: st.DataObject) -> None:
    kept = [chars[0], *(char for char in chars[1:] if data.draw(st.booleans()))]
    found = match(spelling("".join(kept)), spelling("".join(chars)))
    assert found is not None
    assert found.kind in {"name", "beginning", "abbreviation"}
