"""Known actors for the names of a report, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.read.model import Mention
from kg.review.suggestions import suggestions
from kg.store.local import LocalStore
from kg.terms import ID
from kg.texts import localise

if TYPE_CHECKING:
    from pathlib import Path


def test_a_name_has_similar_actors_with_reasons(built: Path) -> None:
    names = ("Xi'an University of Technology", "Hill Bank of Nowhere", "华为技术有限公司")
    kinds = ("University", "Firm", "Firm")
    mentions = [Mention(kind, name, name, 0, 1) for kind, name in zip(kinds, names, strict=True)]
    mentions.append(Mention("Person", "Huawei", "Huawei", 0, 1))
    with LocalStore(built).view() as view:
        found = suggestions(view.graph, mentions)
    university = found["University", names[0]][0]
    assert (university.iri, "西安理工大学" in university.label) == (f"{ID}xaut", True)
    assert localise(university.reasons, "en").startswith("the names are alike")
    assert found["Firm", names[2]][0].iri == f"{ID}huawei"
    assert found["Firm", names[1]] == ()
    assert ("Person", "Huawei") not in found
