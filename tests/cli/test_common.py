"""Common options, streams, exit statuses and errors of all commands."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest
from helpers.stores import KG, SMALL, Done, environment, error_of, everything, kg, kg_alone

from kg.cli import COMMANDS
from kg.measure import MEASURES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LABEL = ("query", "-e", 'SELECT ?l { id:anvil skos:prefLabel ?l FILTER(LANG(?l) = "zh") }')


@pytest.fixture(autouse=True)
def empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working directory without a store."""
    monkeypatch.chdir(tmp_path)


# Options.


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("word", ["-h", "--help"])
def test_each_command_has_a_help(command: str, word: str) -> None:
    done = kg(command, word)
    assert (done.status, done.err) == (0, "")
    for option in ("--store PATH", "--lang [en|zh]", "--format FORMAT", "--quiet"):
        assert option in done.out


def test_commands_are_listed_in_order() -> None:
    listed = re.findall(r"^  ([a-z]+)  ", kg("--help").out, flags=re.MULTILINE)
    assert tuple(listed) == COMMANDS
    assert kg("--version").out.startswith("kg, version ")


@pytest.mark.parametrize(
    "words",
    [
        ("--lang", "zh", "--format", "json", "--quiet", "rank", "--limit", "1"),
        ("rank", "--limit", "1", "--lang", "zh", "--format", "json", "--quiet"),
        ("--format", "csv", "--lang", "en", "rank", "--limit", "1", "--quiet", "--format", "json", "--lang", "zh"),
    ],
)
def test_options_after_the_command_override_those_before(small: Path, words: tuple[str, ...]) -> None:
    done = kg(*words, store=small)
    assert (done.status, done.err) == (0, "")
    assert [row["label"] for row in json.loads(done.out)] == ["铁砧公司"]


def test_the_store_comes_from_the_option_the_environment_or_the_default(small: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    for words in (("--store", small, "rank"), ("rank", "--store", small)):
        assert kg(*words, store=nowhere).status == 0
    assert kg("rank", store=small).status == 0
    refused: tuple[tuple[str | Path, ...], ...] = (
        ("--store", nowhere, "rank"),
        ("rank", "--store", nowhere),
        ("--store", small, "rank", "--store", nowhere),
    )
    for refusal in refused:
        assert error_of(kg(*refusal, store=small)) == (
            f"kg: {nowhere}: the store does not exist; run kg build first, or choose it with --store"
        )
    assert (
        error_of(kg("rank")) == "kg: .kg/store: the store does not exist; run kg build first, or choose it with --store"
    )
    shutil.copytree(small, tmp_path / ".kg/store")
    assert kg("rank").status == 0
    assert kg("rank", store="").status == 0  # an empty variable counts as unset


@pytest.mark.parametrize("words", [("--store", "ftp://127.0.0.1/", "rank"), ("rank", "--store", "http://a:b@x.org/")])
def test_a_url_must_be_http_without_a_password(words: tuple[str, ...]) -> None:
    assert error_of(kg(*words), status=2).startswith(
        ("kg: --store ftp://", "kg: --store contains a user or a password")
    )


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("rnak",), "No such command: rnak. Did you mean rank"),
        (("rank", "--formt", "csv"), "No such option: --formt. Did you mean --format"),
        (("rank", "--format", "xml"), "Invalid value for '--format'"),
        (("rank", "--lang", "fr"), "Invalid value for '--lang'"),
        (("rank", "--limit", "0"), "Invalid value for '-n' / '--limit'"),
        (("rank", "--since", "May"), "Invalid value for '--since'"),
        (("rank", "extra"), "Got unexpected extra argument"),
        (("show",), "Missing argument 'ACTOR'"),
        (("network",), "Missing option '-o'"),
        (("rank", "--store", ""), "--store requires a path"),
    ],
)
def test_invalid_values_are_usage_errors(words: tuple[str, ...], message: str) -> None:
    done = kg(*words)
    assert (done.status, done.out) == (2, "")
    assert re.search(message, done.err)
    assert "Traceback" not in done.err


def test_a_bare_command_prints_the_help() -> None:
    done = kg()
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Usage: kg ")


# Streams.


def test_results_and_notes_go_to_different_streams(small: Path) -> None:
    loud, quiet = kg("rank", store=small), kg("rank", "--quiet", store=small)
    verbose = kg("rank", "--verbose", store=small)
    assert loud.out == quiet.out == verbose.out
    assert "Scope: 6 actors, 3 links; " in loud.err
    assert "The two-mode network of 6 actors and 3 links." not in loud.err
    assert "The two-mode network of 6 actors and 3 links." in verbose.err
    assert quiet.err == ""


def test_no_progress_is_printed_without_a_terminal(tmp_path: Path) -> None:
    done = kg_alone("build", SMALL, folder=tmp_path)
    assert "…" not in done.err


@pytest.mark.parametrize(
    "env", [{"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}]
)
def test_output_is_utf8_in_any_locale(small: Path, tmp_path: Path, env: dict[str, str]) -> None:
    done = kg_alone(*LABEL, "--format", "csv", folder=tmp_path, store=small, env=env)
    assert done == Done(0, "l\n铁砧公司\n", "")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("show", b"\xff"), 1),
        (("evidence", b"\xff"), 1),
        (("query", b"\xff"), 2),
        (("query", "-e", b"SELECT * { ?s ?p '\xff' }"), 1),
        (("query", "parties", "--param", b"link=\xff"), 1),
        (("build", b"\xff"), 1),
        (("export", "-o", b"\xff/x.ttl"), 1),
    ],
)
def test_invalid_utf8_arguments_are_reported(small: Path, words: tuple[str | bytes, ...], status: int) -> None:
    done = kg(*map(os.fsdecode, words), store=small)
    assert error_of(done, status=status).startswith("kg: ")


def test_invalid_utf8_of_a_shell_is_reported(small: Path, tmp_path: Path) -> None:
    assert error_of(kg_alone("show", b"\xff", folder=tmp_path, store=small)).startswith("kg: ")


LONG = "x" * 300


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("build", LONG), 1),
        (("validate", LONG), 1),
        (("rank", "--store", LONG), 1),
        (("build", SMALL, "--store", LONG), 1),
        (("query", LONG), 2),
        (("query", LONG + ".rq"), 1),
        (("show", LONG), 1),
        (("evidence", LONG), 1),
        (("evidence", "ev:plan", "--document", LONG), 1),
        (("network", "-o", LONG + ".csv"), 1),
        (("map", "-o", LONG + ".html"), 1),
        (("export", "-o", LONG + ".ttl"), 1),
    ],
)
def test_names_that_are_too_long_are_reported(small: Path, words: tuple[str, ...], status: int) -> None:
    assert error_of(kg(*words, store=small), status=status).startswith("kg: ")


def test_a_closed_pipe_causes_no_message(small: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [*KG, "query", "-e", "SELECT * { ?s ?p ?o }", "--max-rows", "100000"],
        cwd=tmp_path,
        env=environment(small),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        message = process.stderr.read().decode()
        assert process.wait(30) == 1
    assert message == ""


def test_a_full_disk_behind_stdout_is_reported(small: Path, tmp_path: Path) -> None:
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(
            [*KG, "rank"], cwd=tmp_path, env=environment(small), stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 1
    assert done.stderr.decode() == "kg: cannot write the output (the disk is full)\n"


def test_a_closed_stdout_is_accepted(small: Path, tmp_path: Path) -> None:
    command = " ".join(f"'{word}'" for word in (*KG, "rank", "--quiet"))
    done = subprocess.run(
        ["bash", "-c", f"{command} >&-"], cwd=tmp_path, env=environment(small), capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


FILES = (
    *(("export", "-o", f"graph{suffix}") for suffix in (".trig", ".nq", ".jsonld", ".ttl", ".nt", ".zip")),
    *(("network", "-o", f"two{suffix}") for suffix in (".graphml", ".gexf", ".csv", ".json")),
    *(("network", "-o", f"one{suffix}", "--mode", "one-mode") for suffix in (".graphml", ".gexf", ".csv", ".json")),
    ("export", "-o", "answer.csv", "--question", "who-says", "--param", "about=link/pact"),
    ("map", "-o", "map.html", "--samples", "3"),
)
PRINTED = (
    *(("rank", "--measure", measure.name, "--format", "json") for measure in MEASURES[::4]),
    *(("query", "parties", "--format", fmt) for fmt in ("table", "json")),
    ("show", "anvil"),
    ("evidence", "ev:signed"),
    ("questions",),
    ("validate", str(SMALL), "--coverage"),
    ("validate", str(SMALL), "--show-missing", "name-zh"),
)
RUN_ALL = f"""
import sys
sys.path.insert(0, {str(SMALL.parents[1])!r})
from helpers.stores import kg
for words in {FILES + PRINTED!r}:
    print(words, kg(*words, store={{store!r}}))
"""


@pytest.mark.slow
def test_equal_inputs_give_equal_bytes(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare this process with one of another hash seed, which is fixed; that of this process is random."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", RUN_ALL.format(store=str(small))],
        cwd=there,
        env=environment() | {"PYTHONHASHSEED": "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    monkeypatch.chdir(here)
    outputs = [(words, kg(*words, store=small)) for words in FILES + PRINTED]
    assert {output.status for _, output in outputs} == {0}
    assert done.stdout.splitlines() == [f"{words} {output}" for words, output in outputs]
    files = everything(here)
    assert len(files) == len(FILES)
    assert files == everything(there)


# Interruption.

INTERRUPTED = "\nkg: interrupted; no file or store is left incomplete\n"  # the terminal shows ^C on the previous line


def test_ctrl_c_ends_a_query_and_its_subprocess(small: Path, tmp_path: Path) -> None:
    forever = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with subprocess.Popen(
        [*KG, "query", "-e", forever],
        cwd=tmp_path,
        env=environment(small),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        assert _until(lambda: _workers(process.pid))
        os.kill(process.pid, signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.decode()) == (130, b"", INTERRUPTED)
    assert _until(lambda: not _session(process.pid))


def test_ctrl_c_ends_a_build_and_keeps_the_old_store(small: Path, tmp_path: Path) -> None:
    store = shutil.copytree(small, tmp_path / "store")
    before = everything(store)
    with subprocess.Popen(
        [*KG, "build", "--collection", "curated"],
        cwd=tmp_path,
        env=environment(store),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert _until(lambda: list((store / "generations").glob("*.draft")))
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.decode()) == (130, b"", INTERRUPTED)
    assert everything(store) == before


def _until(happens: Callable[[], object], seconds: float = 20) -> bool:
    """Return whether the condition `happens` in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.02)
    return False


def _workers(process: int) -> list[str]:
    try:
        with open(f"/proc/{process}/task/{process}/children", encoding="ascii") as file:  # noqa: PTH123
            return file.read().split()
    except FileNotFoundError:
        return []


def _session(leader: int) -> list[str]:
    """Return the running processes of the session of `leader`."""
    processes = subprocess.run(["ps", "-s", str(leader), "-o", "pid="], capture_output=True, text=True, check=False)
    return processes.stdout.split()
