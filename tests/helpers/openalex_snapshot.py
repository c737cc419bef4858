"""Seeded works and institutions of OpenAlex in the recorded shape, as partitions of gzipped JSON Lines.

``python -m helpers.openalex_snapshot FOLDER WORKS`` writes a snapshot; a work has five participations on average.
"""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from random import Random

_ADDRESS = "https://openalex.org/"
_TYPES = ("education", "company", "facility", "government", "healthcare", "nonprofit")
_COUNTRIES = ("CN", "DE", "US", "FR")
_PER_PARTITION = 20_000


def write(folder: Path, works: int, *, partitions: int | None = None, seed: int = 7) -> list[Path]:
    """Write `works` works in partitions, and return their paths."""
    rng = Random(seed)  # noqa: S311 - reproducible, not secret
    count = partitions or -(-works // _PER_PARTITION)
    institutions = [_institution(number) for number in range(max(30, works // 20))]
    paths = []
    for part in range(count):
        path = folder / f"updated_date=2026-01-{part % 28 + 1:02d}" / f"part_{part:04d}.jsonl.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", compresslevel=1, encoding="utf-8") as file:
            for number in range(part, works, count):
                file.write(json.dumps(_work(number, institutions, rng)) + "\n")
        paths.append(path)
    return sorted(paths)


def _institution(number: int) -> dict[str, object]:
    return {
        "id": f"{_ADDRESS}I{number + 1}",
        "display_name": f"Institution {number}",
        "type": _TYPES[number % len(_TYPES)],
        "country_code": _COUNTRIES[number % len(_COUNTRIES)],
    }


def _work(number: int, institutions: list[dict[str, object]], rng: Random) -> dict[str, object]:
    size = min(1 + int(rng.expovariate(1 / 4)), 40)
    # A university and a firm first, so that nearly all works are links.
    places = [rng.randrange(len(institutions) // 6) * 6, rng.randrange(len(institutions) // 6) * 6 + 1]
    places += [int(len(institutions) * rng.random() ** 3) for _ in range(size)]
    year = 1990 + number % 35
    work = {
        "id": f"{_ADDRESS}W{number + 1}",
        "display_name": f"Work {number}",
        "publication_year": year,
        "publication_date": f"{year}-01-01",
        "authorships": [{"institutions": [institutions[place]]} for place in places],
        "primary_topic": {"id": f"{_ADDRESS}T1", "field": {"id": f"{_ADDRESS}fields/13", "display_name": "Field"}},
    }
    if number % 10 == 0:
        work["institutions_distinct_count"] = len(set(places)) + 3
    if number % 1000 == 101:
        work["publication_year"] = "soon"  # refused
    return work


if __name__ == "__main__":
    sys.stdout.write("\n".join(map(str, write(Path(sys.argv[1]), int(sys.argv[2])))) + "\n")
