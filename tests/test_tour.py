"""The notebook runs from top to bottom, in its own kernel, from a new store."""

from __future__ import annotations

from typing import TYPE_CHECKING

import nbformat
import pytest
from nbclient import NotebookClient

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def notebook(root: Path) -> nbformat.NotebookNode:
    notebook: nbformat.NotebookNode = nbformat.read(root / "docs" / "tour.ipynb", as_version=4)
    nbformat.validate(notebook)
    return notebook


def test_the_notebook_contains_no_output(notebook: nbformat.NotebookNode) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * len(cells)


@pytest.mark.scale
def test_each_step_displays_its_result(notebook: nbformat.NotebookNode, tmp_path: Path) -> None:
    run = nbformat.from_dict(notebook)
    NotebookClient(run, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    cells = {cell.id: cell.outputs for cell in run.cells if cell.cell_type == "code"}
    assert all(cells.values()), cells
    assert _data(cells["build"], "text/plain").startswith("<kg.Graph ")
    assert "36" in _data(cells["declared"], "text/html")
    assert "links have no known start" in cells["query"][0].text
    assert "Xi&#x27;an University of Technology" in _data(cells["describe"], "text/html")
    assert "publisher" in _data(cells["evidence"], "text/html")
    assert "Huawei" in _data(cells["rank"], "text/html")
    assert "declared parties are named" in _data(cells["rank"], "text/html")
    assert {"lower", "upper"} <= set(_data(cells["intervals"], "text/plain").split())
    assert "links have no known start year" in cells["ties"][0].text
    assert "components" in _data(cells["networkx"], "text/plain")
    assert "university+firm" in _data(cells["helix"], "text/plain")
    assert _data(cells["map"], "text/html").startswith("<iframe sandbox=")
    assert _data(cells["picture"], "image/svg+xml").startswith("<svg")
    assert _data(cells["report"], "text/html").startswith("<iframe sandbox=")
    assert list(tmp_path.iterdir()) == []


def _data(outputs: list[nbformat.NotebookNode], mime_type: str) -> str:
    """Return the displayed value of a cell in this representation."""
    shown: str = next(output.data[mime_type] for output in outputs if "data" in output and mime_type in output.data)
    return shown
