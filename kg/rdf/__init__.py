"""Parse, serialise and query RDF; the vocabulary of the ontology."""
