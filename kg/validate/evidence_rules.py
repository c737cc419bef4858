"""Rules about named graphs, which shapes cannot express: the evidence rule and similar ones, as SELECTs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.rdf.sparql import select
from kg.terms import ONTOLOGY_GRAPH, PREFIXES, readable
from kg.validate.report import Finding
from kg.validate.run import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyoxigraph as ox


class _Rule(NamedTuple):
    """A rule that depends on the named graph of a statement.

    Attributes:
        name: the name of the rule.
        query: a SELECT of ?s, the node; ?g, the evidence, if any; and the variables of the message.
        message: the violation and its remedy.
    """

    name: str
    query: str
    message: str


_HX = PREFIXES["hx"]
_OURS = f'STRSTARTS(STR(?class), "{_HX}") && ?class NOT IN (hx:Source, hx:Evidence, hx:Judgement)'
_UNKNOWN = f'STRSTARTS(STR(?what), "{_HX}") && NOT EXISTS {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?what a ?kind }} }}'
_RULES = (
    _Rule(
        "evidence",
        f"""SELECT ?s (MIN(?p) AS ?what) {{
          {{ {{ SELECT DISTINCT ?s {{ ?s ?any ?thing }} }}
            LATERAL {{ FILTER NOT EXISTS {{ ?s a ?class FILTER(?class IN (hx:Source, hx:Evidence, hx:Judgement,
              skos:Concept, skos:ConceptScheme, dcat:Catalog, dcat:Dataset)) }} }} LATERAL {{ ?s ?p ?o }} }}
          UNION {{ {{ ?s a ?class FILTER({_OURS}) }} LATERAL {{ ?s ?p ?o }} }}
          UNION {{ {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s a ?class FILTER({_OURS}) }} }}
            LATERAL {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }} }}
          UNION {{
            {{ SELECT DISTINCT ?s {{ {{ ?s ?any ?x }} UNION {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?any ?x }} }} }} }}
            LATERAL {{ FILTER EXISTS {{ GRAPH ?g {{ ?s ?other ?thing }} FILTER(?g != <{ONTOLOGY_GRAPH}>) }} }}
            LATERAL {{ {{ ?s ?p ?o }} UNION {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?s ?p ?o }} }} }} }}
        }} GROUP BY ?s ORDER BY ?s""",
        "{what} is stated outside any evidence graph; move it into the named graph of its evidence "
        "(only sources, evidence, concepts and the catalogue are described outside)",
    ),
    _Rule(
        "evidence",
        f"""SELECT ?s (?s AS ?g) {{ GRAPH ?s {{ }} FILTER(?s != <{ONTOLOGY_GRAPH}>)
          FILTER NOT EXISTS {{ ?s a hx:Evidence }} FILTER EXISTS {{ GRAPH ?s {{ ?a ?b ?c }} }} }} ORDER BY ?s""",
        "this graph is not described as hx:Evidence; state its hx:source outside the graph",
    ),
    _Rule(
        "evidence",
        """SELECT ?s (?s AS ?g) { ?s a hx:Evidence FILTER NOT EXISTS { GRAPH ?s { ?a ?b ?c } }
          FILTER NOT EXISTS { ?s hx:lastSeen ?day } } ORDER BY ?s""",  # the content of retired evidence is not checked
        "this evidence supports no statement; put the statements into its graph, or remove it",
    ),
    _Rule(
        "name",
        """SELECT ?g (?g AS ?s) (MIN(?p) AS ?what) { GRAPH ?g { ?a ?p ?b FILTER(ISBLANK(?a) || ISBLANK(?b)) } }
          GROUP BY ?g ORDER BY ?g""",
        "{what} is stated with a blank node, which other evidence cannot refer to; use an IRI",
    ),
    _Rule(
        "term",
        f"""SELECT ?s ?what ?g {{
          {{ {{ SELECT DISTINCT ?what {{ {{ ?any ?what ?thing }} UNION {{ GRAPH ?in {{ ?any ?what ?thing }} }} }} }}
            LATERAL {{ FILTER({_UNKNOWN}) }}
            LATERAL {{ {{ ?s ?what ?o }} UNION {{ GRAPH ?g {{ ?s ?what ?o }} }} }} }}
          UNION {{ {{ SELECT DISTINCT ?what {{ {{ ?any a ?what }} UNION {{ GRAPH ?in {{ ?any a ?what }} }} }} }}
            LATERAL {{ FILTER({_UNKNOWN}) }}
            LATERAL {{ {{ ?s a ?what }} UNION {{ GRAPH ?g {{ ?s a ?what }} }} }} }}
        }} ORDER BY ?s ?what ?g""",
        "{what} is not a term of the ontology; check its spelling",
    ),
    _Rule(
        "derived",
        f"""SELECT ?s ?what ?g {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?what hx:derivedBy ?rule }} GRAPH ?g {{ ?s ?what ?o }}
        }} ORDER BY ?s ?what ?g""",
        "{what} is inferred at each build and must not be stated; state the link that it follows from",
    ),
    _Rule(
        "class",
        """SELECT DISTINCT ?s ?g { { SELECT DISTINCT ?s { GRAPH ?any { ?s ?p ?o } } }
          LATERAL { FILTER(NOT EXISTS { ?s a ?class } && NOT EXISTS { GRAPH ?in { ?s a ?class } }) }
          LATERAL { GRAPH ?g { ?s ?p ?o } FILTER EXISTS { ?g a hx:Evidence } } } ORDER BY ?s ?g""",
        "this node has no class, so no question finds it; state its class, such as hx:Link or hx:Participation",
    ),
    _Rule(
        "day",
        f"""SELECT ?s ?what ?value ?g {{
          {{ {{ GRAPH <{ONTOLOGY_GRAPH}> {{ ?what rdfs:range xsd:date }} }}
            UNION {{ VALUES ?what {{ dct:date dct:issued }} }} }}
          LATERAL {{ {{ ?s ?what ?value }} UNION {{ GRAPH ?g {{ ?s ?what ?value }} }} FILTER(
            DATATYPE(?value) = xsd:date && (STRSTARTS(STR(?value), "0000")
            || !REGEX(STR(?value), "^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}$"))) }}
        }} ORDER BY ?s ?what ?value ?g""",
        "{what} is {value}; a day has no time zone and a year from 1 to 9999, such as 2025-11-08",
    ),
    _Rule(
        "dates",
        """SELECT ?g ?s ?what ?first ?other ?then {
          VALUES (?what ?other) { (hx:startEarliest hx:startLatest) (hx:endEarliest hx:endLatest)
            (hx:startEarliest hx:endLatest) (hx:attestedEarliest hx:attestedLatest) }
          GRAPH ?g { ?s ?what ?first ; ?other ?then } FILTER(?first > ?then) } ORDER BY ?s ?what ?other ?g""",
        "{what} ({first}) is after {other} ({then}); correct one of the two dates",
    ),
)


def check_rules(data: ox.Store) -> Iterator[Finding]:
    """Yield the violations of the rules in `data`, such as statements outside evidence."""
    for rule in _RULES:
        rows = select(data, rule.query)
        names = [variable.value for variable in rows.variables]
        for row in rows:
            values = {name: text(term) for name, term in zip(names, row, strict=True) if term is not None}
            message = rule.message.format_map({name: readable(word) for name, word in values.items()})
            yield Finding(rule.name, values["s"], message, (values["g"],) if "g" in values else ())
