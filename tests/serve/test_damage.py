"""A server whose files are damaged while it runs."""

from __future__ import annotations

import shutil
import time
from typing import TYPE_CHECKING

import pytest
from helpers.serving import serving

if TYPE_CHECKING:
    from pathlib import Path


def test_an_answer_about_damage_has_no_path_of_the_machine(small: Path, tmp_path: Path) -> None:
    pytest.importorskip("uvicorn")
    store = shutil.copytree(small, tmp_path / "store")
    with serving(store, "--no-pages", "--workers", "1") as served:
        for file in store.rglob("*.sst"):
            size = file.stat().st_size
            with file.open("r+b") as stream:
                stream.write(b"\xff" * (size // 2))
        reply = served.query("SELECT * { GRAPH ?g { ?s ?p ?o } }")
        assert reply.status == 500
        assert reply.body == b"the store cannot be read; the log of the server states the reason\n"
        deadline = time.monotonic() + 10
        while not any("Corruption" in line for line in served.log):
            assert time.monotonic() < deadline
            time.sleep(0.02)
