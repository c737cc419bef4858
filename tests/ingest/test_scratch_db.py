"""The scratch database: first values, the previous edition and refused rows."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from kg.errors import OutputError
from kg.ingest.changes import PreviousEvidence
from kg.ingest.nquads import hx, iri_ref, literal
from kg.ingest.readers.records import Refused, RowLocation
from kg.ingest.scratch_db import ScratchDb
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

EVIDENCE = iri_ref("https://example.org/evidence/1")
ACTOR = iri_ref("https://example.org/id/a")
NAME = literal("a name with spaces,\na line break\u2028and a separator", "en")


@pytest.fixture
def scratch() -> Iterator[ScratchDb]:
    """An empty database."""
    with ScratchDb() as opened:
        yield opened


def load(scratch: ScratchDb) -> None:
    text = (
        f"{ACTOR} {hx('kind')} {NAME} {EVIDENCE} .\n{EVIDENCE} {hx('source')} {ACTOR} .\n{ACTOR} {hx('kind')} _:b .\n"
    )
    scratch.load(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))


def test_the_first_value_of_a_slot_is_kept(scratch: ScratchDb) -> None:
    assert not scratch.contains("a")
    assert [scratch.matches_first("a", value) for value in ("x", "x", "y", "x")] == [None, True, False, True]
    assert scratch.contains("a")


def test_the_previous_edition_is_returned_by_node_and_graph(scratch: ScratchDb) -> None:
    load(scratch)
    assert scratch.previous(EVIDENCE) == PreviousEvidence(
        EVIDENCE, ((EVIDENCE, hx("source"), ACTOR),), ((ACTOR, hx("kind"), NAME),)
    )
    assert scratch.previous(iri_ref("https://example.org/evidence/2")) is None


def test_only_unseen_evidence_remains(scratch: ScratchDb) -> None:
    load(scratch)
    scratch.previous(EVIDENCE)
    (rest,) = scratch.unseen()
    assert (rest.iri, len(rest.description), rest.statements) == (ACTOR, 1, ())


def test_added_evidence_follows_that_of_the_file(scratch: ScratchDb) -> None:
    load(scratch)
    former = PreviousEvidence(
        iri_ref("https://example.org/evidence/1/until/2024-06-20"), (), ((ACTOR, hx("kind"), NAME),)
    )
    scratch.add(former)
    assert list(scratch.unseen())[-1] == former


def test_refused_rows_are_returned_in_order(scratch: ScratchDb) -> None:
    rows = [Refused(RowLocation("a.csv", number, "code"), Text("a code has ten digits"), "x") for number in (3, 2)]
    for row in rows:
        scratch.refuse(row)
    assert list(scratch.refused()) == rows


def test_a_full_temporary_directory_is_an_output_error() -> None:
    with pytest.raises(OutputError, match="the temporary directory cannot be written"), ScratchDb():
        raise sqlite3.OperationalError("database or disk is full")
