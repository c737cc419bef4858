"""Derived knowledge: statements that the rules of ``ontology/rules`` infer from the evidence.

A rule is a SELECT of ``?s ?p ?o`` and of the evidence for each row (``?evidence``, ``?evidence2``, …). Its first line
describes it in English and Chinese. Each derived statement has its own named graph, which is described as a
`hx:Derivation` with the rule and the evidence, so derived statements can be traced like all others. Rules read asserted
statements only, never derived ones, and ignore retired evidence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import resolve
from kg.rdf import resources
from kg.rdf.sparql import select
from kg.resolve import explain
from kg.terms import BASE, DERIVED, HX, ID, PREFIXES, SCHEME, TYPE
from kg.texts import Message, Text, localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.resolve.model import Step

_TYPE = ox.NamedNode(TYPE)
_FROM = ox.NamedNode(PREFIXES["prov"] + "wasDerivedFrom")

# limited, because an update keeps all its changes in memory
_DERIVED = "SELECT ?g { ?g a hx:Derivation } LIMIT 5000"
_REMOVE = """DELETE { ?s ?p ?o . ?g ?property ?value } WHERE { VALUES ?g { %s }
  { GRAPH ?g { ?s ?p ?o } } UNION { ?g ?property ?value } }"""


@dataclass(frozen=True, slots=True)
class Rule:
    """A query that derives statements, with a one-line summary."""

    name: str
    summary: Text
    query: str

    @property
    def iri(self) -> str:
        """The IRI of the rule."""
        return f"{BASE}rule/{self.name}"


def rules() -> tuple[Rule, ...]:
    """Return the shipped rules by name."""
    shipped = []
    for file in sorted((resources.ontology() / "rules").glob("*.rq")):
        text = file.read_text(encoding="utf-8")
        english, _, chinese = text.partition("\n")[0].removeprefix("# ").partition(" | ")
        shipped.append(Rule(file.stem, Text(english, chinese or None), text))
    return tuple(shipped)


COUNTS_AS = Rule(
    "counts-as",
    Message("Actors that are the same by judgements or equal identifiers count as the one with the shortest IRI."),
    "",
)
"""The rule that is not a query, because it follows chains of identities and their conflicts (`kg.resolve`)."""


def derive(graph: ox.Store) -> Iterator[ox.Quad]:
    """Remove the derived statements of `graph`, which is merged, and return the new ones, to be added to it.

    All rules are queried before anything is returned, so that no rule reads the statements of another. Rows are
    streamed, because they may not fit into memory.
    """
    _remove_derived(graph)
    retired = {row["e"] for row in select(graph, "SELECT ?e { ?e hx:lastSeen ?day }")}
    derived = [(rule, _supported(select(graph, rule.query), retired)) for rule in rules()]
    clusters = resolve.identity(graph)
    judgements = (quad for step in _by_identifiers(clusters) for quad in _judgement(step))
    quads = (quad for rule, rows in (*derived, (COUNTS_AS, _identities(clusters))) for quad in _quads(rule, rows))
    return chain(judgements, quads)


def _remove_derived(graph: ox.Store) -> None:
    """Remove all derived statements; graph files may not state them, so they have no other evidence."""
    while names := [row["g"] for row in select(graph, _DERIVED)]:
        graph.update(_REMOVE % " ".join(map(str, names)))
        for name in names:
            graph.remove_graph(name)


_Row = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode, set[ox.NamedNode]]
"""A derived statement with evidence; the same statement may occur again with other evidence."""


def _supported(rows: ox.QuerySolutions, retired: set[ox.NamedNode]) -> Iterator[_Row]:
    """Yield the rows of a rule whose evidence is not retired."""
    basis = [variable.value for variable in rows.variables if variable.value.startswith("evidence")]
    for row in rows:
        evidence = {row[name] for name in basis if row[name] is not None}
        if retired.isdisjoint(evidence):
            yield row["s"], row["p"], row["o"], evidence


def _identities(clusters: resolve.Clusters) -> Iterator[_Row]:
    """Yield for each actor the actor that it counts as, with the evidence of the chain between them."""
    for actor, first in clusters.canonical.items():
        if actor != first:
            evidence = {ox.NamedNode(iri) for step in clusters.chain(actor, first) for iri in step.evidence}
            yield ox.NamedNode(actor), ox.NamedNode(HX.countsAs), ox.NamedNode(first), evidence


def _by_identifiers(clusters: resolve.Clusters) -> Iterator[Step]:
    """Yield the steps by equal identifiers, each pair of actors once."""
    seen = set()
    for actor, first in sorted(clusters.canonical.items()):
        for step in clusters.chain(actor, first):
            pair = tuple(sorted((step.left, step.right)))
            if step.judgement is None and pair not in seen:
                seen.add(pair)
                yield step


def _judgement(step: Step) -> Iterator[ox.Quad]:
    """Yield a judgement derived from the evidence of both identifiers; it has no date, because no person made it."""
    left, right = sorted((step.left, step.right))
    name = ox.NamedNode(f"{DERIVED}judgement/{_key(ox.NamedNode(left))}--{_key(ox.NamedNode(right))}")
    dct = PREFIXES["dct"]
    values: tuple[tuple[str, ox.NamedNode | ox.Literal], ...] = (
        (TYPE, ox.NamedNode(HX.Judgement)),
        (HX.left, ox.NamedNode(left)),
        (HX.right, ox.NamedNode(right)),
        (HX.verdict, ox.NamedNode(f"{SCHEME}verdict/same")),
        (dct + "creator", ox.NamedNode(COUNTS_AS.iri)),
        *(
            (dct + "description", ox.Literal(localise(explain.reason(step), lang), language=lang))
            for lang in ("en", "zh")
        ),
        *((_FROM.value, ox.NamedNode(iri)) for iri in step.evidence),
    )
    for predicate, value in values:
        yield ox.Quad(name, ox.NamedNode(predicate), value)


def _quads(rule: Rule, rows: Iterable[_Row]) -> Iterator[ox.Quad]:
    """Yield the description of the rule, and the graph of each derived statement with its description."""
    this = ox.NamedNode(rule.iri)
    yield ox.Quad(this, _TYPE, ox.NamedNode(HX.Rule))
    for lang, text in (("en", rule.summary.en), ("zh", rule.summary.zh)):
        if text:
            yield ox.Quad(this, ox.NamedNode(PREFIXES["rdfs"] + "label"), ox.Literal(text, language=lang))
    for subject, predicate, thing, evidence in rows:
        name = ox.NamedNode(f"{DERIVED}{rule.name}/{_key(predicate)}/{_key(subject)}--{_key(thing)}")
        yield ox.Quad(subject, predicate, thing, name)
        yield ox.Quad(subject, predicate, thing)
        yield ox.Quad(name, _TYPE, ox.NamedNode(HX.Derivation))
        yield ox.Quad(name, ox.NamedNode(HX.rule), this)
        for basis in evidence:
            yield ox.Quad(name, _FROM, basis)


def _key(node: ox.NamedNode) -> str:
    """Return a key for `node`: the local part of a Helix IRI without ``--``, or a digest of any other IRI."""
    for start in (ID, PREFIXES["hx"]):
        key = node.value.removeprefix(start)
        if key != node.value and "--" not in key:
            return key
    return hashlib.sha256(node.value.encode()).hexdigest()[:16]
