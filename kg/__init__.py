"""Helix KG: a knowledge graph of links between industry, education and science, with a source for each statement.

Data flows in one direction through the packages; a package imports only from packages above its own::

    errors, terms -> model, settings, files -> rdf
      -> resolve, store             who is who; generations on disk or on a server
      -> network                    participation tables, lens, projection
      -> query                      questions, descriptions, evidence
      -> measure, validate, export  scores; conformance and gaps; files for other programs
      -> map, ingest                pages and pictures; the write path
      -> report
      -> cli
"""

__version__ = "0.1.0"
