"""The page docs/conformance.md: passed cases of each suite, and the reasons of the others."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from conformance.outcomes import Outcome

FAILURES = {
    "Oxigraph keeps one spelling of a number and a time zone (`01` is `1`), and whole numbers of derived types as "
    "`xsd:integer`": """
        sparql10/distinct:distinct-1 sparql10/distinct:distinct-9 sparql10/expr-builtin:dawg-str-1
        sparql10/expr-builtin:dawg-str-2 sparql10/expr-builtin:sameTerm-simple sparql10/expr-builtin:sameTerm-eq
        sparql10/expr-builtin:sameTerm-not-eq sparql10/expr-equals:eq-graph-1 sparql10/expr-equals:eq-graph-2
        sparql10/open-world:open-eq-01 sparql10/open-world:date-3 sparql11/csv-tsv-res:tsv03""",
    "Oxigraph compares dates by XSD 1.1, the suite by XSD 1.0": "sparql10/open-world:date-2",
    "Oxigraph binds `?g` inside `GRAPH ?g { … }`, whereas the suite joins it afterwards": """
        sparql11/aggregates:agg-empty-group-count-graph sparql11/bindings:graph sparql11/negation:graph-minus
        sparql10/graph:graph-variable-scope sparql10/graph:graph-optional""",
    "Oxigraph matches paths of length zero only for terms in the data": """
        sparql11/property-path:zero_or_more_set_start sparql11/property-path:zero_or_more_set_end
        sparql11/property-path:zero_or_one_set_start sparql11/property-path:zero_or_one_set_end""",
    "Oxigraph's GROUP_CONCAT keeps the common language of all texts": """
        sparql11/aggregates:agg-groupconcat-04 sparql11/aggregates:agg-groupconcat-06""",
    "Oxigraph's BNODE(label) returns one node for all solutions": "sparql11/functions:bnode01",
    "Oxigraph accepts `true` and `false` in lower case only": "sparql10/expr-builtin:case-insensitive-booleans",
    "both parsers read `?x<?a&&?b>?y` as two comparisons": "sparql10/syntax-sparql3:syn-bad-26",
    "XML literals keep the surrounding namespaces": """
        rdf-xml:xml-canon-test001 rdf-xml:xml-canon-test002""",
    "Oxigraph leaves `.` and `..` in an `@base`": """
        json-ld-toRdf:t0122 json-ld-toRdf:t0123 json-ld-toRdf:te062 json-ld-toRdf:te091""",
    "Oxigraph keeps the base direction of RDF 1.2, whereas the suite drops it": """
        json-ld-toRdf:tdi02 json-ld-toRdf:tdi04 json-ld-toRdf:tdi05 json-ld-toRdf:tdi06""",
    "Oxigraph refuses an invalid `@base` that the suite ignores": "json-ld-toRdf:tli12",
    "Oxigraph looks up a nested term in the wrong scoped context": "json-ld-toRdf:tc013",
}
"""Failed cases by reason."""

_POLICY = {
    "SERVICE": "SERVICE queries another server",
    "nested too deeply": "SERVICE queries another server",  # the parser recurses on a SERVICE inside a SERVICE
    "FROM": "FROM names a graph that the store does not contain, and nothing is fetched",
    "function": "the query calls an undefined function; the answer would be silently unbound",
    "@context": "a remote `@context` is not fetched",
    "updates": "the request updates the store, and `kg serve` only reads",
}
_UNCLAIMED = {
    "specVersion": "the case is for JSON-LD 1.0",
    "processingMode": "the case is for JSON-LD 1.0",
    "produceGeneralizedRdf": "generalised RDF has blank nodes as predicates",
    "rdfDirection": "a file has no option for the base direction",
    "expandContext": "a file has no option for an external context",
    "tables": "CSV output is a table of its own, not the SPARQL CSV format",
}

_HEAD = """\
# Conformance

The W3C test suites run through the same code as user input. `kg.rdf.files` reads the files, and `kg.query.run` checks
and runs the queries; a sample of them runs in the subprocess of `kg query`. `KG_ANSWERS=write make test` writes this
page, and `make test` compares it. The suites are in the directory `shared` beside the repository. They come from
github.com/w3c (rdf-tests at ad541a5f, json-ld-api at 92f07705).

The tests load the default graph and the named graphs of each suite unchanged, although the default graph of a built
store is the merge of its named graphs ([decision 6](decisions/0006-the-default-graph-is-the-merge.md)). Relative IRIs
resolve against the base of the manifest; a file without a base must not contain any.

The cases of the SPARQL Protocol, the Graph Store Protocol and the Service Description are requests to `kg serve`. Each
request of a Graph Store case counts. The store contains what the writes before a read would leave.

"""
_TAIL = """
Updates and entailment are not claimed, because `kg query` and `kg serve` only read. CSVW and RML are not claimed,
because no reader accepts their metadata. JSON-LD is claimed for conversion to RDF only. Exports have one form with an
embedded context, without compaction, framing or flattening.
"""


def reason(outcome: Outcome) -> str | None:
    """Return the reason why a case did not pass; ``None`` if it is unknown."""
    if outcome.verdict == "failed":
        key = f"{outcome.case.suite}:{outcome.case.name}"
        return next((why for why, cases in FAILURES.items() if key in cases.split()), None)
    words = _POLICY if outcome.verdict == "refused" else _UNCLAIMED
    return next((why for word, why in words.items() if word in outcome.message), None)


def render(outcomes: Iterable[Outcome]) -> str:
    """Return the page as Markdown."""
    actual = list(outcomes)
    suites = list(dict.fromkeys(outcome.case.suite.partition("/")[0] for outcome in actual))
    counts = Counter((outcome.case.suite.partition("/")[0], outcome.verdict) for outcome in actual)
    verdicts = ("passed", "failed", "refused", "unclaimed")
    lines = [
        "| suite | cases | passed | failed | refused by policy | not claimed |",
        "| --- | --: | --: | --: | --: | --: |",
    ]
    for suite in suites:
        row = [counts[suite, verdict] for verdict in verdicts]
        lines.append(f"| {suite} | {sum(row)} | {' | '.join(map(str, row))} |")
    total = [sum(counts[suite, verdict] for suite in suites) for verdict in verdicts]
    lines.append(f"| **all** | {sum(total)} | {' | '.join(map(str, total))} |")
    for verdict, heading in zip(verdicts[1:], ("Failed", "Refused by policy", "Not claimed"), strict=True):
        lines += ["", f"## {heading}", "", "| cases | why |", "| --: | --- |"]
        result = Counter(reason(outcome) for outcome in actual if outcome.verdict == verdict)
        lines += [
            f"| {count} | {why} |" for why, count in sorted(result.items(), key=lambda one: (-one[1], str(one[0])))
        ]
    return _HEAD + "\n".join(lines) + "\n" + _TAIL
