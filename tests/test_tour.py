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
    actual = nbformat.read(root / "docs" / "tour.ipynb", as_version=4)
    nbformat.validate(actual)
    return actual


def test_no_output_of_some_machine_is_kept(notebook: nbformat.NotebookNode) -> None:
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [(cell.outputs, cell.execution_count) for cell in cells] == [([], None)] * len(cells)


def test_it_runs_and_each_step_shows_something(notebook: nbformat.NotebookNode, tmp_path: Path) -> None:
    run = nbformat.from_dict(notebook)
    NotebookClient(run, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    visible = {cell.id: _text(cell) for cell in run.cells if cell.cell_type == "code"}
    assert all(visible.values()), visible
    assert "Huawei" in visible["network"]
    assert "Coverage: " in visible["network"]
    assert "university+firm" in visible["helix"]
    assert "ei-index" in visible["mixing"]
    assert "parties named" in visible["cards"]
    assert "<!doctype html>" in visible["report"]
    assert list(tmp_path.iterdir()) == []


def _text(cell: nbformat.NotebookNode) -> str:
    return "".join(one.get("text") or one.data["text/plain"] for one in cell.outputs)
