"""The catalogue of a folder: the yields and files that it declares are compared with the graph files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.texts import english
from helpers.turtle import SOURCE, graph_file, in_evidence

from kg.ingest import build

if TYPE_CHECKING:
    from pathlib import Path

FIRM = '<id/firm> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "The Firm"@en .'
CATALOG = """<graphs/catalog> a dcat:Catalog .
<graphs/little> a dcat:Dataset ; hx:fileName "little.trig" ;
  hx:expectedLinks {0} ; hx:expectedActors 1 ; hx:expectedEvidence 1 ; hx:expectedSources 1 .
"""


WRONG_CATALOGUES = {
    "less": CATALOG.format(2),
    "text": CATALOG.format('"two"'),
    "missing": CATALOG.format(0).replace("little.trig", "other.trig"),
}


def catalogued(folder: Path, catalog: str) -> Path:
    folder.mkdir()
    graph_file(folder, SOURCE + in_evidence(FIRM))
    graph_file(folder, catalog, "catalog.ttl")
    return folder


@pytest.fixture(scope="module")
def found_in_folders(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, str]]:
    """Rule, message, and folder and file of each finding of one run about the folders of WRONG_CATALOGUES."""
    parent = tmp_path_factory.mktemp("catalogues")
    folders = [catalogued(parent / name, catalog) for name, catalog in WRONG_CATALOGUES.items()]
    return [
        (finding.rule, english(finding.message), str(finding.file).removeprefix(f"{parent}/"))
        for finding in build.check(folders).findings
    ]


def test_a_file_with_less_than_declared_is_found(found_in_folders: list[tuple[str, str, str]]) -> None:
    content = "little.trig contains 0 links, 1 organisations, 1 pieces of evidence and 1 sources"
    declaration = "the catalogue declares 2 links, 1 organisations, 1 pieces of evidence and 1 sources"
    assert [one for one in found_in_folders if one[2].startswith("less")] == [
        ("catalog", f"{content}, but {declaration}", "less/little.trig")
    ]


def test_a_declared_yield_that_is_not_a_number_is_found(found_in_folders: list[tuple[str, str, str]]) -> None:
    ((rule, message, _),) = (one for one in found_in_folders if one[2].startswith("text"))
    assert (rule, message.partition("declares ")[2][:9]) == ("catalog", "two links")


def test_a_file_that_is_missing_or_not_listed_is_found(found_in_folders: list[tuple[str, str, str]]) -> None:
    assert [one for one in found_in_folders if one[2].startswith("missing")] == [
        (
            "catalog",
            "the catalogue has no complete entry for this file; add one",
            "missing/catalog.ttl",
        ),
        (
            "catalog",
            "the catalogue lists other.trig, but the file is missing",
            "missing/catalog.ttl",
        ),
    ]


def test_each_catalogue_describes_its_own_folder(tmp_path: Path) -> None:
    folders = [catalogued(tmp_path / name, CATALOG.format(0)) for name in ("one", "two")]
    assert build.check(folders).findings == ()
