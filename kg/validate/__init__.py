"""Validation of data: evidence rules, shapes, and the yields that a catalogue declares.

One run finds every violation. The shapes are SHACL (``ontology/shapes``), compiled to SPARQL and run by the store over
the union of all graphs. Rules about named graphs query the graphs themselves, and yields query the files. Only
violations leave the store (docs/validation.md).
"""
