"""`kg find`: columns, limit and the note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.stores import kg

if TYPE_CHECKING:
    from pathlib import Path


def test_actors_are_listed_with_the_reason(small: Path) -> None:
    done = kg("find", "坩埚", "--format", "csv", store=small)
    assert (done.status, done.err) == (0, "")
    assert done.out.splitlines() == [
        "actor,label,match,name,links",
        "https://w3id.org/helix-kg/id/crucible,Crucible,beginning,坩埚公司,1",
    ]
    assert len(kg("find", "o", "-n", "1", "--format", "csv", store=small).out.splitlines()) <= 2


def test_an_unknown_name_is_a_note_and_no_error(small: Path) -> None:
    done = kg("find", "zzzz", store=small)
    assert (done.status, done.err) == (0, "no actor has a name like 'zzzz'\n")
