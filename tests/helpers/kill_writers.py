"""Kill writers at random moments of builds and amendments, and check the store during and after each.

``kill_writers.py ROUNDS [SEED]`` is the long run (`make soak`); tests/store/test_local.py runs a few rounds.

One process writes and is killed; this one reads all the time. An amendment is a new edition of a source: four
batches of three links each, with a checkpoint after each. The links of the previous edition are retired. A generation
is complete if it contains all links of the newest edition, no others except those of tests/helpers/small.trig, and the
evidence of every edition. A writer logs its checkpoints in a file that no kill damages.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, NoReturn, Self

import pyoxigraph as ox
from helpers.stores import SMALL, environment, make
from helpers.turtle import HEAD, SOURCE

from kg.ingest.derive import derive
from kg.network.incidence.load import load_incidence, save_incidence
from kg.store.local import LocalStore
from kg.terms import EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

BATCHES, LINKS = 4, 3
LASTING = 2
"""Longest life of a writer, in multiples of the build time; enough for an amendment on a busy machine."""

_VERSIONS = """SELECT ?version (COUNT(DISTINCT ?g) AS ?n) {
  GRAPH ?g { ?link a hx:Link } FILTER(CONTAINS(STR(?g), "/soak/"))
  BIND(STRBEFORE(STRAFTER(STR(?g), "/soak/"), "-") AS ?version) } GROUP BY ?version"""
_LINKS = "SELECT ?link { ?link a hx:Link } ORDER BY ?link"


# The writer.


def evidence(version: int, batch: int) -> list[str]:
    return [f"{EVIDENCE}soak/{version}-{batch}-{number}" for number in range(LINKS)]


def quads(version: int, batch: int) -> Iterator[ox.Quad]:
    """Return a batch: three links of a firm with the university of tests/helpers/small.trig."""
    text = ""
    for name in evidence(version, batch):
        key = name.rpartition("/")[2]
        text += SOURCE.partition("\n")[0] + f"<{name}> a hx:Evidence ; hx:source <source/paper> .\n<{name}> {{\n"
        text += f'<id/link/{key}> a hx:Link, hx:Agreement ; skos:prefLabel "{key}"@en ; hx:participation'
        text += f" <id/link/{key}/a>, <id/link/{key}/b> .\n"
        for party, actor in (("a", "north"), ("b", "anvil")):
            text += f"<id/link/{key}/{party}> a hx:Participation ; hx:participant <id/{actor}> ; "
            text += "hx:role <scheme/role/party> .\n"
        text += "}\n"
    return ox.parse(HEAD + text, format=ox.RdfFormat.TRIG)


def build(store: Path, tell: Callable[[str], object]) -> None:
    tell("building")
    make(store, SMALL)


def amend(store: Path, tell: Callable[[str], object]) -> None:
    """Read the next edition, or resume reading it."""
    with LocalStore(store).view() as view:
        base, version = view.path.name, newest(view.select(_VERSIONS)) + 1
    with LocalStore(store).resume(f"version {version}") as writer:
        tell(f"found {base} {len(writer.checkpoints)}")
        tell("adding")
        for batch in range(BATCHES):
            if str(batch) not in writer.checkpoints:
                writer.add(quads(version, batch))
                if version > 1:
                    writer.retire(evidence(version - 1, batch), date(2026, 1, 1))
                writer.checkpoint(str(batch))
                tell(f"confirmed {base} {batch}")
        tell("finishing")
        writer.finish(derive, save_incidence)
        tell("swapping")
        LocalStore(store).commit(writer)
        tell(f"current {version}")


def newest(rows: ox.QuerySolutions) -> int:
    return max((int(row["version"].value) for row in rows), default=0)


def write(store: Path, task: str, log: int) -> NoReturn:
    """Repeat the task and log its progress to the open file `log`."""
    while True:
        {"build": build, "amend": amend}[task](store, lambda text: os.write(log, f"{text}\n".encode()))


def serve(store: Path) -> None:
    """Start a writing child for each line of standard input; all modules are imported before, and no files are open."""
    import helpers.early_imports  # noqa: F401, PLC0415 - only for this process

    for line in sys.stdin:
        task, log = line.split()
        child = os.fork()
        if child == 0:
            write(store, task, os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


# The reader, which kills.


class Soak:
    """Rounds over one store, with their statistics.

    Attributes:
        struck: number of kills by phase of the work.
        looks: number of checks of the store.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        """Start in an empty `folder`, with moments drawn from `seed`."""
        self.store, self._folder = folder / "store", folder
        self.struck: Counter[str] = Counter()
        self.looks = 0
        self._chance = random.Random(seed)  # noqa: S311 - moments, not secrets
        self._confirmed: dict[str, set[str]] = defaultdict(set)
        start = monotonic()
        make(self.store, SMALL)
        self._lasting = LASTING * (monotonic() - start)

    def __enter__(self) -> Self:
        """Start the process that starts writers."""
        command = [sys.executable, "-m", "helpers.kill_writers", "serve", str(self.store)]
        self._writers = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
            env=environment(),
        )
        assert self._writers.stdin is not None
        assert self._writers.stdout is not None
        self._requests, self._answers = self._writers.stdin, self._writers.stdout
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        self._requests.close()
        self._writers.wait(30)
        self._answers.close()

    def round(self, number: int, task: str | None = None) -> None:
        """Start a writer, check the store until the chosen moment, kill the writer, and check again."""
        log = self._folder / f"log-{number}"
        task = task or ("build" if self._chance.random() < 0.2 else "amend")
        with LocalStore(self.store).view() as stored:
            before = self._whole(stored.path.name)
            self._requests.write(f"{task} {log}\n")
            self._requests.flush()
            child = int(self._answers.readline())
            end = monotonic() + self._chance.uniform(0, self._lasting)
            while monotonic() < end:
                self._whole(None)
            os.kill(child, signal.SIGKILL)
            assert int(self._answers.readline()) == signal.SIGKILL, f"round {number}: the writer broke by itself"
            assert sum(1 for _ in stored.select("SELECT * { ?s ?p ?o }")) > 1000
            assert load_incidence(stored).links.num_rows == 3 + (BATCHES * LINKS if before else 0)
        self._compare_log(log.read_text().splitlines() if log.exists() else [], self._whole(None), number)

    def _whole(self, name: str | None) -> int:
        """Return the newest edition in the current generation, after checking its completeness and `name`."""
        self.looks += 1
        with LocalStore(self.store).view() as view:
            assert name in {None, view.path.name}
            counts = {int(row["version"].value): int(row["n"].value) for row in view.select(_VERSIONS)}
            version = max(counts, default=0)
            assert counts == dict.fromkeys(range(1, version + 1), BATCHES * LINKS)
            links = {row["link"].value.rpartition("/")[2] for row in view.select(_LINKS)}
            last = [key for batch in range(BATCHES if version else 0) for key in evidence(version, batch)]
            assert links == {"forge", "lab", "pact"} | {key.rpartition("/")[2] for key in last}
            assert load_incidence(view).links.num_rows == len(links)
            assert view.size().evidence == 5 + sum(counts.values())
        return version

    def _compare_log(self, lines: list[str], version: int, number: int) -> None:
        """Compare the log of the writer with the store."""
        for line in lines:
            word, *rest = line.split()
            if word == "found":
                base, count = rest
                assert int(count) >= len(self._confirmed[base]), f"round {number}: confirmed batches were lost"
            elif word == "confirmed":
                base, batch = rest
                self._confirmed[base].add(batch)
        currents = [int(line.split()[1]) for line in lines if line.startswith("current ")]
        if currents:
            assert version in {currents[-1], currents[-1] + 1}, f"round {number}: a version was lost"
        phases = [line for line in lines if line in {"building", "adding", "finishing", "swapping"}]
        self.struck[phases[-1] if phases else "starting"] += 1

    def end(self) -> str:
        """Check that a last build succeeds and leaves no remains of the kills, and return the summary."""
        build(self.store, lambda _: None)
        current = (self.store / "current").read_text().strip()
        assert [path.name for path in (self.store / "generations").iterdir()] == [current]
        assert sorted(path.name for path in self.store.iterdir()) == ["current", "format", "generations", "lock"]
        phases = ", ".join(f"{count} {phase}" for phase, count in sorted(self.struck.items()))
        confirmed = sum(map(len, self._confirmed.values()))
        return (
            f"{self.struck.total()} kills ({phases}), {confirmed} batches confirmed, {current[1:].lstrip('0')} "
            f"generations, {self.looks} looks: nothing lost, nothing half"
        )


def main() -> None:
    """Run the long test."""
    if sys.argv[1] == "serve":
        serve(Path(sys.argv[2]))
        return
    rounds, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with tempfile.TemporaryDirectory(prefix="kg-soak-") as folder, Soak(Path(folder), seed) as soak:
        start = monotonic()
        for number in range(rounds):
            soak.round(number)
            if sys.stderr.isatty():
                sys.stderr.write(f"\r{number + 1} of {rounds}")
        sys.stdout.write(f"{soak.end()}; {monotonic() - start:.0f} s, seed {seed}\n")


if __name__ == "__main__":
    main()
