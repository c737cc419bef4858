"""A SPARQL 1.1 server as the store."""
