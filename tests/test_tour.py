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
    found = nbformat.read(root / "docs" / "tour.ipynb", as_version=4)
    nbformat.validate(found)
    return found


def test_no_output_of_some_machine_is_kept(notebook: nbformat.NotebookNode) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * len(cells)


def test_it_runs_and_each_step_shows_something(notebook: nbformat.NotebookNode, tmp_path: Path) -> None:
    run = nbformat.from_dict(notebook)
    NotebookClient(run, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = {cell.id: _text(cell) for cell in run.cells if cell.cell_type == "code"}
    assert all(shown.values()), shown
    assert "Huawei" in shown["network"]
    assert "Coverage: " in shown["network"]
    assert "university+firm" in shown["helix"]
    assert "ei-index" in shown["mixing"]
    assert "parties named" in shown["cards"]
    assert "<!doctype html>" in shown["report"]
    assert list(tmp_path.iterdir()) == []


def _text(cell: nbformat.NotebookNode) -> str:
    return "".join(one.get("text") or one.data["text/plain"] for one in cell.outputs)
