"""Small stores, and `kg` as a user runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

from kg.cli import main
from kg.network.incidence.load import save_incidence
from kg.rdf import files as graph_files
from kg.store.local import Store

SMALL = Path(__file__).resolve().with_name("small.trig")

KG = (sys.executable, "-c", "from kg.cli import main; main()")
"""The command, as another process can start it wherever the package is installed."""


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed."""

    status: int
    out: str
    err: str


def make(store: Path, *files: Path) -> None:
    """Make `store` of `files` and the ontology; nothing is checked, so it is quick."""
    with Store(store).writer() as writer:
        writer.load(files, graph_files.ontology_files())
        writer.finish(artefacts=save_incidence)
        Store(store).commit(writer)


def kg(*words: str | Path, store: Path | None = None, stdin: str | None = None) -> Done:
    """Run `kg` in this process, from the words of the command to its exit status."""
    env = {"KG_STORE": None if store is None else str(store)}
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
    """Run `kg` in a process of its own, in `folder`."""
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
    """The environment of this process, with `store` as the store, and no other setting of ours or of Python."""
    settings = ("KG_", "PYTHONHASHSEED", "PYTHONIOENCODING", "PYTHONUNBUFFERED")
    ours = {name: value for name, value in os.environ.items() if not name.startswith(settings)}
    return ours if store is None else ours | {"KG_STORE": str(store)}


def everything(folder: Path) -> dict[str, bytes]:
    """Every file under `folder` with its content, but for the note of who wrote last."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    found = {str(path.relative_to(folder)): path.read_bytes() for path in files}
    return found | {str(path.relative_to(folder)): b"" for path in folder.rglob("*") if path.is_dir()}


def told(done: Done, *, status: int = 1) -> str:
    """The one sentence in which a command failed; asserts that it is one, on the right stream."""
    assert (done.status, done.out) == (status, "")
    lines = done.err.splitlines()
    if lines[0].startswith("Usage: "):  # click shows how the command is written first
        lines = [line.removeprefix("Error: ") for line in lines if line.startswith("Error: ")]
    assert len(lines) == 1, done.err
    assert "Traceback" not in done.err
    return lines[0]
