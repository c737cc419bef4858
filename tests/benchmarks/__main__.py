"""Run the benchmarks: ``python tests/benchmarks [PART ...] [--json FILE]``; ``--make FILE --quads N`` writes data."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from time import monotonic

sys.path[0] = str(
    Path(__file__).resolve().parent.parent
)  # so that the modules here are always imported as `benchmarks.…`

from benchmarks import plan, synthetic, table, who  # noqa: E402 - needs the path above
from benchmarks import start as start_up  # noqa: E402 - the same


def main() -> int:
    """Run the benchmarks and print the table; return 1 if two sides gave different answers."""
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description="Ourselves against rdflib + networkx.")
    named = {part.name: part for part in (*plan.FULL, *plan.NAMED)}
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(named)}")
    parser.add_argument("--quick", action="store_true", help="small data, less than a minute")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every number there as well")
    parser.add_argument("--maps", action="store_true", help="only the map: its size, its speed in Chromium, its layout")
    parser.add_argument("--serve", action="store_true", help="only the server against that of Oxigraph; needs wrk")
    parser.add_argument("--search", action="store_true", help="only the search among a million actors; needs 5 GB")
    parser.add_argument("--start", action="store_true", help="only the processor time of commands against imports")
    parser.add_argument("--make", type=Path, metavar="FILE", help="only write synthetic graphs as N-Quads")
    parser.add_argument("--quads", type=int, default=1_000_000, metavar="N", help="how many (with --make)")
    parser.add_argument("--seed", type=int, default=synthetic.DEFAULT_SEED, metavar="N", help="from which seed")
    given = parser.parse_args()
    if given.make:
        sys.stdout.write(f"{given.make}: {synthetic.write(given.make, given.quads, given.seed)}\n")
        return 0
    if given.start:
        with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
            text, passes = start_up.run(Path(folder))
        sys.stdout.write(text)
        return 0 if passes else 1
    if given.serve:
        from benchmarks import serve  # noqa: PLC0415 - needs wrk, unlike the others

        from kg.ingest import build  # noqa: PLC0415 - the same
        from kg.store.local import LocalStore  # noqa: PLC0415 - the same

        with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
            build.build((), LocalStore(Path(folder) / "store"), lambda _: None, names=("curated",))
            sys.stdout.write(serve.run(Path(folder) / "store", Path(folder)))
        return 0
    alone = ["search"] if given.search else {("scale",): ["scale", "upload", "serve_start"]}.get((*given.parts,), [])
    if alone:  # these take minutes and memory, unlike the others
        sys.stdout.write("\n".join(import_module(f"benchmarks.{name}").run() for name in alone))
        return 0
    if given.maps:
        from benchmarks import maps  # noqa: PLC0415 - needs a browser, unlike the others

        sys.stdout.write(maps.render(_say))
        return 0
    if unknown := sorted(set(given.parts) - named.keys()):
        parser.error(f"there is no part {', '.join(unknown)}; there are {', '.join(named)}")
    parts = tuple(named[name] for name in given.parts) or (plan.QUICK if given.quick else plan.FULL)
    start = monotonic()
    with tempfile.TemporaryDirectory(prefix="kg-bench-") as folder:
        rows = list(plan.run(parts, Path(folder), _say))
    command = " ".join(["python tests/benchmarks", *sys.argv[1:]])
    took = monotonic() - start
    sys.stdout.write(table.render(rows, command, took))
    if not given.parts and not given.quick:
        sys.stdout.write("\n" + who.render())
    if given.json:
        result = {"command": command, "seconds": took, **table.machine(), "rows": [row.summary() for row in rows]}
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    return 0 if all(row.agrees for row in rows) else 1


def _say(what: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{what} …\n")


if __name__ == "__main__":
    sys.exit(main())
