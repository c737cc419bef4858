"""Small stores, and the command line as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from unittest import mock

from click.testing import CliRunner

from kg.cli import main
from kg.network.incidence.load import save_incidence
from kg.rdf import files as graph_files
from kg.store.local import LocalStore

if TYPE_CHECKING:
    import pyoxigraph as ox

SMALL = Path(__file__).resolve().with_name("small.trig")

KG = (sys.executable, "-c", "from kg.cli import main; main()")
"""The command for a subprocess, wherever the package is installed."""


@dataclass(frozen=True)
class Done:
    """The exit status and output of a command."""

    status: int
    out: str
    err: str


def make(store: Path, *files: Path) -> None:
    """Write `store` from `files` and the ontology without validation, which is fast."""
    with LocalStore(store).writer() as writer:
        writer.load(files, graph_files.ontology_files())
        writer.finish(artefacts=save_incidence)
        LocalStore(store).commit(writer)


def kg(*words: str | Path, store: Path | str | None = None, stdin: str | None = None) -> Done:
    """Run `kg` in this process, with its arguments and its exit status."""
    env = {"KG_STORE": None if store is None else str(store), "COLUMNS": None}
    with CliRunner().isolation(input=stdin, env=env) as (out, err, _):
        with mock.patch.object(sys, "argv", ["kg", *map(str, words)]):
            try:
                main()
            except SystemExit as ended:
                status = int(ended.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
        return Done(status, out.getvalue().decode(), err.getvalue().decode())


def kg_alone(
    *words: str | Path | bytes, folder: Path, store: Path | None = None, env: dict[str, str] | None = None
) -> Done:
    """Run `kg` in a subprocess, in `folder`."""
    done = subprocess.run(
        [*KG, *words],
        cwd=folder,
        env=environment(store) | (env or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(store: Path | None = None) -> dict[str, str]:
    """Return the environment of this process with `store` as the store, without other settings of ours or of Python."""
    settings = ("KG_", "COLUMNS", "PYTHONHASHSEED", "PYTHONIOENCODING", "PYTHONUNBUFFERED")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(settings)}
    return ours if store is None else ours | {"KG_STORE": str(store)}


def everything(folder: Path) -> dict[str, bytes]:
    """Return every file under `folder` with its content, except the record of the last writer."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    contents = {str(path.relative_to(folder)): path.read_bytes() for path in files}
    return contents | {str(path.relative_to(folder)): b"" for path in folder.rglob("*") if path.is_dir()}


def quads(store: Path) -> set[ox.Quad]:
    """Return all statements of a store."""
    with LocalStore(store).view() as view:
        return set(view.graph)


def error_of(done: Done, *, status: int = 1) -> str:
    """Return the one sentence of a failed command, after checking that standard error contains exactly one."""
    assert (done.status, done.out) == (status, "")
    lines = done.err.splitlines()
    if lines[0].startswith("Usage: "):  # click prints the usage first
        lines = [line.removeprefix("Error: ") for line in lines if line.startswith("Error: ")]
    assert len(lines) == 1, done.err
    assert "Traceback" not in done.err
    return lines[0]
