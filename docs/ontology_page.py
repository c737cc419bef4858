"""Writes the ontology as one page in English and Chinese: ``python docs/ontology_page.py out/docs/ontology.html``.

Every term has an anchor of its own name (``#CoConstruction``), every concept one of scheme and notation
(``#role-coBuilder``). Same ontology, same page, to the byte; it asks nothing of any network and runs no script.
"""

from __future__ import annotations

import base64
import hashlib
import sys
from pathlib import Path

import ontology_diagram
from jinja2 import Environment, FileSystemLoader
from ontology_entries import Reader

from kg.rdf import resources

HERE = Path(__file__).resolve().parent


def page(folder: Path) -> str:
    """The ontology in `folder` as HTML."""
    reader = Reader(folder)
    style = (HERE / "ontology_page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(autoescape=True, loader=FileSystemLoader(HERE), trim_blocks=True, lstrip_blocks=True)
    return (
        environment.get_template("ontology_page.html").render(
            reader=reader,
            style=style,
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
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
