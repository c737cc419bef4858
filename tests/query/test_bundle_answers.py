"""Questions about partners: a link that bundles several relations makes its partners no partners of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.questions import rows
from helpers.stores import make
from helpers.turtle import SOURCE, graph_file, in_evidence, iri

from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.view import View


def link(key: str, *actors: str, common: str = "") -> str:
    parts = ", ".join(f"<id/link/{key}/{actor}>" for actor in actors)
    start = f"<id/link/{key}> a hx:Link, hx:Agreement ; hx:kind <scheme/kind/CooperationAgreement> ; "
    head = f"{start} hx:participation {parts} {f'; hx:commonParty <id/{common}>' if common else ''} .\n"
    role = "a hx:Participation ; hx:role <scheme/role/party> ; hx:participant"
    return head + "".join(f"<id/link/{key}/{actor}> {role} <id/{actor}> .\n" for actor in actors)


def actors(kind: str, *names: str) -> str:
    return "".join(
        f"<id/{name}> a hx:Actor, hx:Organisation, hx:{kind} ; skos:prefLabel '{name}'@en .\n" for name in names
    )


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    """One university, four firms and another university; b1, b2 and b3 are in one bundle of u, and s is apart."""
    folder = tmp_path_factory.mktemp("bundles")
    known = actors("University", "u", "v") + actors("Firm", "b1", "b2", "b3", "s")
    links = link("bundle", "u", "b1", "b2", "v", common="u") + link("pair", "b1", "s")
    make(folder / "store", graph_file(folder, SOURCE + in_evidence(known + links)))
    with LocalStore(folder / "store").view() as opened:
        yield opened


@pytest.mark.parametrize("question", ["partners", "missing-of"])
def test_partners_in_a_bundle_are_tied_with_its_common_party_only(view: View, question: str) -> None:
    assert {row["partner"] for row in rows(view, question, of=iri("id/b1"))} == {"id/u", "id/s"}
    assert {row["partner"] for row in rows(view, question, of=iri("id/u"))} == {"id/b1", "id/b2", "id/v"}


def test_a_partner_in_a_bundle_of_another_is_not_shared(view: View) -> None:
    assert rows(view, "shared-partners", of=iri("id/u")) == []


def test_a_rival_has_a_relation_with_the_firm_itself(view: View) -> None:
    assert {(row["firm"], row["rival"]) for row in rows(view, "rival-partners", university=iri("id/v"))} == {
        ("id/b1", "id/u"),
        ("id/b2", "id/u"),
    }


def test_a_group_works_with_the_common_party_only(view: View) -> None:
    assert {row["partner"] for row in rows(view, "group-links", group=iri("id/b2"))} == {"id/u"}
