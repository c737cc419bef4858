"""Derived knowledge: what the rules of ``ontology/rules`` make of the evidence.

A rule is a SELECT of ``?s ?p ?o`` and of the evidence that each row rests on (``?evidence``, ``?evidence2``, …); its
first line says it in English and Chinese. Each derived statement stands in a graph of its own, which is described as a
`hx:Derivation` with the rule and the evidence, so that a shortcut leads to who says so as everything else does. Rules
read what was asserted, never what another rule derived, and nothing rests on evidence that is retired.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import resolve
from kg.model import Text
from kg.rdf import resources
from kg.rdf.sparql import select
from kg.resolve import explain
from kg.terms import BASE, HX, ID, PREFIXES, SCHEME, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.resolve.model import Step

DERIVED = BASE + "derived/"
"""Where the IRIs of derived graphs start."""

_TYPE = ox.NamedNode(TYPE)
_FROM = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")

_DERIVED = "SELECT ?g { ?g a hx:Derivation } LIMIT 5000"  # so many at a time, as an update keeps all its work in memory
_WITHDRAW = """DELETE { ?s ?p ?o . ?g ?about ?what } WHERE { VALUES ?g { %s }
  { GRAPH ?g { ?s ?p ?o } } UNION { ?g ?about ?what } }"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A query that derives statements, and what it does in one line."""

    name: str
    says: Text
    text: str

    @property
    def iri(self) -> str:
        """The rule as a node."""
        return f"{BASE}rule/{self.name}"


def rules() -> tuple[Rule, ...]:
    """The shipped rules, by name."""
    found = []
    for file in sorted((resources.ontology() / "rules").glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        english, _, chinese = text.partition("\n")[0].removeprefix("# ").partition(" | ")
        found.append(Rule(file.stem, Text(english, chinese or None), text))
    return tuple(found)


COUNTS_AS = Rule(
    "counts-as",
    Text(
        "Whoever is one with others, by judgements or equal identifiers, counts as the one whose IRI is shortest.",
        "经判断或因标识符相同而为同一者，以其中 IRI 最短者计。",
    ),
    "",
)
"""The one rule that no query can state, since it follows chains and what bars them (`kg.resolve`)."""


def derive(graph: ox.Store) -> None:
    """Add to `graph`, which is merged, what the rules derive from it.

    What was derived from an earlier state of it goes first. All rules are asked before anything is added, so that none
    reads what another derived; their rows are taken one by one, as there may be more than fit into memory.
    """
    _withdraw(graph)
    retired = {row["e"] for row in select(graph, "SELECT ?e { ?e hx:lastSeen ?day }")}
    found = [(rule, _supported(select(graph, rule.text), retired)) for rule in rules()]
    clusters = resolve.identity(graph)
    recorded = (quad for step in _by_identifiers(clusters) for quad in _recorded(step))
    quads = (quad for rule, rows in (*found, (COUNTS_AS, _identities(clusters))) for quad in _quads(rule, rows))
    graph.bulk_extend(chain(recorded, quads))


def _withdraw(graph: ox.Store) -> None:
    """Take back everything that rules have derived. No graph file may state it, so that nothing else supports it."""
    while names := [row["g"] for row in select(graph, _DERIVED)]:
        graph.update(_WITHDRAW % " ".join(map(str, names)))
        for name in names:
            graph.remove_graph(name)


_Row = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode, set[ox.NamedNode]]
"""A derived statement, and evidence that it rests on; the same statement may come again with other evidence."""


def _supported(rows: ox.QuerySolutions, retired: set[ox.NamedNode]) -> Iterator[_Row]:
    """What a rule derives from evidence that is not retired."""
    basis = [variable.value for variable in rows.variables if variable.value.startswith("evidence")]
    for row in rows:
        evidence = {row[name] for name in basis if row[name] is not None}
        if retired.isdisjoint(evidence):
            yield row["s"], row["p"], row["o"], evidence


def _identities(clusters: resolve.Clusters) -> Iterator[_Row]:
    """Whom each actor counts as, with the judgements and the evidence of the chain to it."""
    for actor, first in clusters.canonical.items():
        if actor != first:
            evidence = {ox.NamedNode(iri) for step in clusters.chain(actor, first) for iri in step.evidence}
            yield ox.NamedNode(actor), ox.NamedNode(str(HX.countsAs)), ox.NamedNode(first), evidence


def _by_identifiers(clusters: resolve.Clusters) -> Iterator[Step]:
    """The steps by equal identifiers, each pair of actors once."""
    done = set()
    for actor, first in sorted(clusters.canonical.items()):
        for step in clusters.chain(actor, first):
            two = tuple(sorted((step.left, step.right)))
            if step.judgement is None and two not in done:
                done.add(two)
                yield step


def _recorded(step: Step) -> Iterator[ox.Quad]:
    """A judgement that rests on the evidence of both identifiers; it has no day, since nobody made it."""
    left, right = sorted((step.left, step.right))
    name = ox.NamedNode(f"{DERIVED}judgement/{_key(ox.NamedNode(left))}--{_key(ox.NamedNode(right))}")
    dct = PREFIXES["dct"]
    values: tuple[tuple[str, ox.NamedNode | ox.Literal], ...] = (
        (TYPE, ox.NamedNode(str(HX.Judgement))),
        (str(HX.left), ox.NamedNode(left)),
        (str(HX.right), ox.NamedNode(right)),
        (str(HX.verdict), ox.NamedNode(f"{SCHEME}verdict/same")),
        (dct + "creator", ox.NamedNode(COUNTS_AS.iri)),
        *((dct + "description", ox.Literal(explain.reason(step, lang), language=lang)) for lang in ("en", "zh")),
        *((_FROM.value, ox.NamedNode(iri)) for iri in step.evidence),
    )
    for predicate, value in values:
        yield ox.Quad(name, ox.NamedNode(predicate), value)


def _quads(rule: Rule, found: Iterable[_Row]) -> Iterator[ox.Quad]:
    """The graph of each statement and its description; the rule itself."""
    this = ox.NamedNode(rule.iri)
    yield ox.Quad(this, _TYPE, ox.NamedNode(str(HX.Rule)))
    for lang, text in (("en", rule.says.en), ("zh", rule.says.zh)):
        if text:
            yield ox.Quad(this, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal(text, language=lang))
    for subject, predicate, thing, evidence in found:
        name = ox.NamedNode(f"{DERIVED}{rule.name}/{_key(predicate)}/{_key(subject)}--{_key(thing)}")
        yield ox.Quad(subject, predicate, thing, name)
        yield ox.Quad(subject, predicate, thing)
        yield ox.Quad(name, _TYPE, ox.NamedNode(str(HX.Derivation)))
        yield ox.Quad(name, ox.NamedNode(str(HX.rule)), this)
        for basis in evidence:
            yield ox.Quad(name, _FROM, basis)


def _key(node: ox.NamedNode) -> str:
    """A short readable key of an IRI of ours, a digest of any other, and of one that could blur where two keys meet."""
    for start in (ID, str(HX)):
        key = node.value.removeprefix(start)
        if key != node.value and "--" not in key:
            return key
    return hashlib.sha256(node.value.encode()).hexdigest()[:16]
