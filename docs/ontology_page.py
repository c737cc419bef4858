"""Write the ontology as one page in English and Chinese: ``python docs/ontology_page.py out/docs/ontology.html``.

The anchor of a term is its name (``#CoConstruction``), and the anchor of a concept is its scheme and notation
(``#role-coBuilder``). Equal ontologies have equal pages. The page has no scripts and makes no requests.
"""

from __future__ import annotations

import sys
from pathlib import Path

import ontology_diagram
from jinja2 import FileSystemLoader
from ontology_entries import Reader

from kg.map.html import template
from kg.rdf import resources

HERE = Path(__file__).resolve().parent


def page(folder: Path) -> str:
    """Return the ontology in `folder` as HTML."""
    reader = Reader(folder)
    whole = reader.whole()
    style = (HERE / "ontology_page.css").read_text(encoding="utf-8")
    environment = template.environment(FileSystemLoader(HERE))
    return (
        environment.get_template("ontology_page.html").render(
            reader=reader,
            whole=whole,
            lang="en",
            title=f"{whole.en} · {whole.zh}",
            style=style,
            policy=template.policy(styles=(style,)),
            diagram=ontology_diagram.draw(reader.ontology, reader.shapes),
            measures=ontology_diagram,
        )
        + "\n"
    )


def main(target: Path) -> None:
    """Write the page of the shipped ontology to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(resources.ontology()), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
