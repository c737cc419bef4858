"""What is asked of a side, and how the answer, the time and the memory come back.

Each side lives in a process of its own, so that its memory is its own: ``python -m benchmarks.task SIDE`` reads one
task a line from standard input and answers one line. Imports, and what a task needs beforehand, are not timed.
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
"""Rows in any order; the sides must give the same."""


@dataclass(frozen=True)
class Task:
    """One thing to do: ``load``, ``extract``, ``validate``, ``ask``, ``rows``, …; on a made network ``pagerank``, ….

    Attributes:
        store: the folder of the store, for the sides that have one.
        ontology, files: what is loaded; the shapes lie in a folder beside the ontology.
        question: of `questions.QUESTIONS` or `questions.ROWS`; `link` and `host` are what it is about.
        nodes, edges: of a network that is made, without graphs.
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
        """The question in SPARQL."""
        return questions.ask(self.question, self.link, self.host)


@dataclass(frozen=True)
class Done:
    """How long it took, how much was answered, its digest, and the most memory the process has had, in bytes.

    Attributes:
        seconds: by the clock.
        cpu: by the processor, of all threads; what others do on the machine changes little of it.
    """

    seconds: float
    cpu: float
    rows: int
    digest: str
    peak: int


class Watch:
    """Times what is inside it."""

    seconds = cpu = 0.0

    def __enter__(self) -> None:
        self._start = perf_counter(), process_time()

    def __exit__(self, *_: object) -> None:
        self.seconds, self.cpu = perf_counter() - self._start[0], process_time() - self._start[1]


def is_whole(predicate: str, subject: str) -> bool:
    """Whether a statement stays for ``validate``: a hundredth of roles and kinds goes, so that something is found."""
    return not predicate.endswith(("#role", "#kind")) or crc32(subject.encode()) % 100 != 0


def best(scores: dict[str, float], top: int = 20) -> Answer:
    """The highest scores, to six digits."""
    ranked = sorted((-float(f"{score:.6g}"), iri) for iri, score in scores.items())
    return [(str(-score), iri) for score, iri in ranked[:top]]


def do(side: object, task: Task) -> Done:
    """Let `side` do `task`."""
    gc.collect()
    gc.freeze()  # what was imported is not looked through again and again, on one side more than on the other
    watch = Watch()
    answer = getattr(side, task.name)(task, watch)
    digest = hashlib.sha256(json.dumps(sorted(answer)).encode()).hexdigest()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _PEAK_UNIT
    return Done(watch.seconds, watch.cpu, len(answer), digest, peak)


def main() -> None:
    """Be the side that the command line names."""
    side = import_module(f"benchmarks.side_{sys.argv[1]}").Side()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(asdict(do(side, Task(**json.loads(line))))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
