from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from lxml import html
from rdflib import RDF, SKOS, Graph

from kg import resources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def page(root: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    target = tmp_path_factory.mktemp("docs") / "out/ontology.html"
    subprocess.run([sys.executable, root / "docs/ontology_page.py", target], check=True, cwd=target.parent.parent)
    return target.read_text(encoding="utf-8")


def test_every_term_and_concept_has_an_anchor_and_two_names(page: str) -> None:
    ontology = Graph()
    for path in resources.ontology().glob("*.ttl"):
        ontology.parse(path)
    ours = {str(one).partition("ontology#")[2] for one in ontology.subjects(RDF.type) if "/ontology#" in str(one)}
    concepts = {str(one).partition("/scheme/")[2] for one in ontology.subjects(SKOS.inScheme)}
    entries = {entry.get("id"): entry for entry in html.fromstring(page).findall(".//dt")}
    assert set(entries) == ours | {one.replace("/", "-") for one in concepts}
    assert {"CoConstruction", "role-coBuilder"} <= set(entries)
    names = {name: ((entry.text or "").strip(), entry.findtext("span")) for name, entry in entries.items()}
    assert [name for name, pair in names.items() if not all(pair)] == []


def test_the_page_asks_for_nothing(page: str) -> None:
    assert not re.search(r"\b(?:src|href)=|<script|@import|url\(", page)
