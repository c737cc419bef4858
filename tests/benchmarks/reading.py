"""Benchmark and training of `kg read` on annotated reports: ``python tests/benchmarks/reading.py FOLDER [--write]``.

The folder contains dev.articles.jsonl, dev.gold.jsonl and dev.traps.jsonl. Each report is read by models that were
trained on the other four fifths of the reports. ``--write`` trains on all of them and writes kg/read/weights.json.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import reading_errors as errors

from kg.read import annotations as review_file
from kg.read import classifier, known, learn, mentions, reader
from kg.read.classifier import Models
from kg.read.model import Document, Reading, digest
from kg.read.statements import described, entities, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FOLDS = 5
SEEDS = (0, 1, 2)
THRESHOLDS = {
    "zh": {"mention": 0.4, "proposal": 0.33, "preaccepted": 0.86},
    "en": {"mention": 0.4, "proposal": 0.33, "preaccepted": 0.64},
}
LANGUAGES = ("zh", "en")
STRENGTH = 3.0
"""Precision of the prior around the weights of both languages."""


def load(folder: Path, name: str) -> list[dict[str, Any]]:
    """Return the lines of a file of the folder."""
    path = folder / f"dev.{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def documents(folder: Path) -> dict[str, Document]:
    """Return the reports by their names."""
    rows = load(folder, "articles")
    return {
        row["id"]: Document(row["id"], row["text"], digest(row["text"]), row["lang"], date=row["date"]) for row in rows
    }


def optional(row: Mapping[str, Any]) -> bool:
    """Return whether a statement is implied or planned, which is neither asked for nor punished."""
    return bool(row["attrs"].get("implied") or row["attrs"].get("planned"))


def key(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Return the relation, head and tail of an annotated statement."""
    head, tail = sorted((row["head"], row["tail"])) if row["rel"] == "signed" else (row["head"], row["tail"])
    return row["rel"], head, tail


class Gold:
    """The annotations by report: entities, statements that are asked for, and optional ones."""

    def __init__(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Sort the annotations by report."""
        self.entities: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self.hard: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
        self.optional: defaultdict[str, set[tuple[str, str, str]]] = defaultdict(set)
        for row in rows:
            if row["kind"] == "entity":
                self.entities[row["article"]].add((row["type"], row["name"]))
            else:
                (self.optional if optional(row) else self.hard)[row["article"]].add(key(row))


Examples = dict[str, list[learn.Example]]


def examples(document: Document, gold: Gold) -> Examples:
    """Return the examples of a report for each model."""
    scene = mentions.scene(document)
    sentences = split(scene)
    found: defaultdict[str, list[learn.Example]] = defaultdict(list)
    for one, some in entities.entities(scene).items():
        found["mention"].append((entities.features(scene, sentences, some), one in gold.entities[document.name]))
    for row in described(scene, sentences):
        if row.key in gold.hard[document.name] or row.key not in gold.optional[document.name]:
            found[row.candidate.relation].append((row.features, row.key in gold.hard[document.name]))
    return dict(found)


def train(parts: Mapping[str, Examples], of: Mapping[str, Document], names: Iterable[str]) -> Models:
    """Return models that are trained on the named reports: of both languages, then of each, near the common weights."""
    chosen = list(names)
    common = learn.fit(_joined(parts, chosen))
    weights = {}
    for lang in LANGUAGES:
        some = _joined(parts, [name for name in chosen if of[name].lang == lang])
        weights[lang] = common | learn.fit(some, STRENGTH, common)
    return Models(weights, THRESHOLDS)


def _joined(parts: Mapping[str, Examples], names: Iterable[str]) -> Examples:
    joined: defaultdict[str, list[learn.Example]] = defaultdict(list)
    for name in names:
        for model, rows in parts[name].items():
            joined[model] += rows
    return joined


def folds(of: Mapping[str, Document], seed: int) -> list[list[str]]:
    """Return the names of the reports in five parts, each with a fifth of both languages."""
    names = sorted(of)
    random.Random(seed).shuffle(names)  # noqa: S311 - no secret
    by_language = [[name for name in names if of[name].lang == lang] for lang in LANGUAGES]
    return [[name for some in by_language for name in some[part::FOLDS]] for part in range(FOLDS)]


def figures(gold: set[Any], found: set[Any]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    hits = len(gold & found)
    return hits / max(len(found), 1), hits / max(len(gold), 1), 2 * hits / max(len(gold) + len(found), 1)


def pairs(readings: Iterable[Reading], *, sure: bool = False) -> set[tuple[str, ...]]:
    """Return the statements of readings by report; only those that are pre-accepted if `sure`."""
    rows = ((one.document.name, proposal) for one in readings for proposal in one.proposals)
    return {
        (name, *key({"rel": one.relation, "head": one.head.name, "tail": one.tail.name}))
        for name, one in rows
        if one.preaccepted or not sure
    }


def measure(readings: Sequence[Reading], gold: Gold) -> dict[str, tuple[float, float, float]]:
    """Return the figures of entities, of statements and of those that are pre-accepted."""
    names = [one.document.name for one in readings]
    wanted = {(name, *one) for name in names for one in gold.entities[name]}
    found = {(one.document.name, mention.type, mention.name) for one in readings for mention in one.mentions}
    hard = {(name, *one) for name in names for one in gold.hard[name]}
    spare = {(name, *one) for name in names for one in gold.optional[name]} - hard
    return {
        "entities": figures(wanted, found),
        "relations": figures(hard, pairs(readings) - spare),
        "pre-accepted": figures(hard, pairs(readings, sure=True) - spare),
    }


def cross_validated(parts: Mapping[str, Examples], of: Mapping[str, Document], seed: int) -> dict[str, list[Reading]]:
    """Return the readings of each fold, by models that were trained on the other folds."""
    split_names = folds(of, seed)
    found = {}
    for number, test in enumerate(split_names):
        models = train(parts, of, (name for other in split_names if other is not test for name in other))
        found[str(number)] = [reader.read(of[name], known.NONE, models) for name in test]
    return found


def table(results: Mapping[int, Mapping[str, list[Reading]]], gold: Gold, of: Mapping[str, Document]) -> str:
    """Return the table of precision, recall and F1 by language, with the spread of precision and F1 over folds."""
    lines = ["| what | language | precision | over folds | recall | F1 | over folds |", "| --- " * 7 + "|"]
    for what in ("entities", "relations", "pre-accepted"):
        for lang in LANGUAGES:
            rows, spread = [], []
            for by_fold in results.values():
                some = [[one for one in fold if of[one.document.name].lang == lang] for fold in by_fold.values()]
                rows.append(measure([one for fold in some for one in fold], gold)[what])
                spread += [measure(fold, gold)[what] for fold in some]
            means = [statistics.mean(row[place] for row in rows) for place in range(3)]
            ranges = [f"{min(column):.2f}–{max(column):.2f}" for column in zip(*spread, strict=True)]
            shown = f"{means[0]:.2f} | {ranges[0]} | {means[1]:.2f} | {means[2]:.2f} | {ranges[2]}"
            lines.append(f"| {what} | {lang} | {shown} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table, or train on all reports and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--write", action="store_true", help="train on all reports and write the weights")
    parser.add_argument(
        "--annotations", type=Path, help="write the readings of the first seed in the annotation scheme"
    )
    arguments = parser.parse_args()
    of, gold = documents(arguments.folder), Gold(load(arguments.folder, "gold"))
    start = time.process_time()
    parts = {name: examples(document, gold) for name, document in of.items()}
    size = sum(len(document.text) for document in of.values())
    sys.stdout.write(f"{size / (time.process_time() - start):,.0f} characters a second of processor time\n")
    if arguments.write:
        models = train(parts, of, of)
        content = {"thresholds": models.thresholds, "weights": models.weights}
        classifier.PATH.write_text(
            json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8"
        )
        return
    results = {seed: cross_validated(parts, of, seed) for seed in SEEDS}
    sys.stdout.write(table(results, gold, of) + "\n")
    traps = load(arguments.folder, "traps")
    by_seed = [[one for fold in some.values() for one in fold] for some in results.values()]
    readings = by_seed[0]
    for lang in LANGUAGES:
        here = [one for one in traps if of[one["article"]].lang == lang]
        shown, all_of_them = (
            [errors.fallen(some, gold, here, sure=sure) for some in by_seed] for sure in (True, False)
        )
        sys.stdout.write(f"{lang}: {len(here)} traps; pre-accepted fall into {shown}, all into {all_of_them}\n")
        some = [one for one in readings if one.document.lang == lang]
        for name, count in errors.classes(some, gold).most_common():
            sys.stdout.write(f"{lang}: {count} {name}\n")
    if arguments.annotations:
        arguments.annotations.write_text(review_file.lines(readings), encoding="utf-8")


if __name__ == "__main__":
    main()
