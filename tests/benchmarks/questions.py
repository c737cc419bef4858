"""Five questions of a liaison office, in SPARQL that both sides answer over the same graphs."""

from __future__ import annotations

PREFIXES = {
    "hx": "https://w3id.org/helix-kg/ontology#",
    "id": "https://w3id.org/helix-kg/id/",
    "org": "http://www.w3.org/ns/org#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_LINKS_OF_UNIVERSITIES = """SELECT ?university (COUNT(DISTINCT ?link) AS ?links) {
  ?link a hx:Link ; hx:participation ?part . ?part hx:participant ?university . ?university a hx:University
} GROUP BY ?university"""

_PARTIES = """SELECT ?actor ?role ?name ?evidence {
  <$link> hx:participation ?part . ?part hx:participant ?actor ; hx:role/skos:notation ?role .
  ?actor a hx:Organisation ; skos:prefLabel ?name FILTER(LANG(?name) = "zh")
  GRAPH ?evidence { ?part hx:participant ?actor } }"""

_UNITS = """SELECT ?unit ?builder ?evidence {
  ?unit org:unitOf <$host> . ?link hx:about ?unit ; a hx:CoConstruction ; hx:participation ?part .
  ?part hx:participant ?builder ; hx:role <https://w3id.org/helix-kg/scheme/role/coBuilder>
  GRAPH ?evidence { ?link hx:about ?unit } }"""

_WINDOW = """SELECT ?link ?name ?stage ?arity { ?link a hx:Link ; hx:startEarliest ?first ; hx:startLatest ?last
  FILTER(?first <= "2024-06-30"^^xsd:date && ?last >= "2024-04-01"^^xsd:date)
  OPTIONAL { ?link skos:prefLabel ?name FILTER(LANG(?name) = "en") }
  OPTIONAL { ?link hx:stage/skos:notation ?stage } OPTIONAL { ?link hx:arity/skos:notation ?arity } }"""

_DECLARED = """SELECT ?link ?declared (COUNT(DISTINCT ?actor) AS ?named) {
  ?group a hx:PartyGroup ; hx:count ?declared .
  ?unnamed hx:participant ?group . ?link hx:participation ?unnamed ; a hx:Link
  OPTIONAL { ?link hx:participation ?part . ?part hx:participant ?actor . ?actor a hx:Organisation }
} GROUP BY ?link ?declared"""

QUESTIONS = {
    "links of each university": _LINKS_OF_UNIVERSITIES,
    "parties of a link, who says so": _PARTIES,
    "co-built units of a host, who says so": _UNITS,
    "links begun in a quarter, OPTIONAL": _WINDOW,
    "named and declared parties": _DECLARED,
}


ROWS = {
    "select, rows of one column": "SELECT ?s { ?s ?p ?o } LIMIT 100000",
    "select, rows of three columns": "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 100000",
    "select, rows of a join": """SELECT ?link ?actor ?role {
  ?link hx:participation ?part . ?part hx:participant ?actor ; hx:role ?role } LIMIT 100000""",
}
"""Large results that measure the transfer from the store to Python."""


def ask(name: str, link: str, host: str) -> str:
    """Return the SPARQL of the question `name` about the link and the host with those keys."""
    return (QUESTIONS | ROWS)[name].replace("$link", PREFIXES["id"] + link).replace("$host", PREFIXES["id"] + host)
