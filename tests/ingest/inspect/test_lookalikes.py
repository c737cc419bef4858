"""Names of a ledger are compared with those of a store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.ingest.inspect.lookalikes import lookalikes
from kg.ingest.readers.records import Actor, Name
from kg.store.local import LocalStore
from kg.terms import ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View


@pytest.fixture
def view(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as opened:
        yield opened


def test_a_pair_has_the_new_actor_first_and_a_reason(view: View) -> None:
    actor = Actor("ledger/华为", "Firm", (Name("华为技术有限公司", "zh"),))
    first, *_ = lookalikes(view, [actor], "zh")
    assert (first.left, first.right) == (ID + "ledger/华为", ID + "huawei")
    assert first.score > 0.9
    assert "华为技术有限公司" in first.reason


def test_two_new_names_are_compared_too(view: View) -> None:
    actors = [
        Actor("ledger/1", "Firm", (Name("甲乙丙电子技术有限公司", "zh"),)),
        Actor("ledger/2", "Firm", (Name("甲乙丙电子技术有限责任公司", "zh"),)),
    ]
    pairs = [{pair.left, pair.right} for pair in lookalikes(view, actors, "en")]
    assert {ID + "ledger/1", ID + "ledger/2"} in pairs
