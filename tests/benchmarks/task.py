"""The task of a side, and the transfer of its answer, time and memory.

Each side has its own process, so that its memory is measured alone. ``python -m benchmarks.task SIDE`` reads one task
per line from standard input and prints one line for each. Imports and preparations are not timed.
"""

from __future__ import annotations

import gc
import hashlib
import json
import resource
import sys
from dataclasses import asdict, dataclass
from importlib import import_module
from time import perf_counter, process_time
from zlib import crc32

from benchmarks import questions

ONTOLOGY_GRAPH = "https://w3id.org/helix-kg/ontology"
NAMED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024

Answer = list[tuple[str, ...]]
"""Rows in any order; both sides must return the same rows."""


@dataclass(frozen=True)
class Task:
    """One task: ``load``, ``extract``, ``validate``, ``ask``, ``rows``, …; on a generated network ``pagerank``, ….

    Attributes:
        store: the folder of the store, for sides that have one.
        ontology, files: the files to load; the shapes lie in a folder beside the ontology.
        question: a key of `questions.QUESTIONS` or `questions.ROWS`; `link` and `host` are its parameters.
        nodes, edges: the size of a network that is generated without graphs.
    """

    name: str
    store: str
    ontology: tuple[str, ...]
    files: tuple[str, ...]
    link: str
    host: str
    question: str = ""
    nodes: int = 0
    edges: int = 0

    def text(self) -> str:
        """Return the question in SPARQL."""
        return questions.ask(self.question, self.link, self.host)


@dataclass(frozen=True)
class Done:
    """The time, the size and digest of the answer, and the peak memory of the process in bytes.

    Attributes:
        seconds: elapsed time.
        cpu: processor time of all threads; other load on the machine hardly changes it.
    """

    seconds: float
    cpu: float
    rows: int
    digest: str
    peak: int


class Watch:
    """A context manager that times its block."""

    seconds = cpu = 0.0

    def __enter__(self) -> None:
        self._start = perf_counter(), process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds, self.cpu = perf_counter() - self._start[0], process_time() - self._start[1]


def is_whole(predicate: str, subject: str) -> bool:
    """Return whether ``validate`` keeps a statement: a hundredth of roles and kinds is removed to cause violations."""
    return not predicate.endswith(("#role", "#kind")) or crc32(subject.encode()) % 100 != 0


def best(scores: dict[str, float], top: int = 20) -> Answer:
    """Return the highest scores, to six digits."""
    ranked = sorted((-float(f"{score:.6g}"), iri) for iri, score in scores.items())
    return [(str(-score), iri) for score, iri in ranked[:top]]


def do(side: object, task: Task) -> Done:
    """Run `task` on `side`."""
    gc.collect()
    gc.freeze()  # imported objects are not scanned repeatedly, on one side more than on the other
    watch = Watch()
    answer = getattr(side, task.name)(task, watch)
    digest = hashlib.sha256(json.dumps(sorted(answer)).encode()).hexdigest()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _PEAK_UNIT
    return Done(watch.seconds, watch.cpu, len(answer), digest, peak)


def main() -> None:
    """Run as the side that the command line names."""
    side = import_module(f"benchmarks.side_{sys.argv[1]}").Side()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(do(side, Task(**json.loads(line))))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
