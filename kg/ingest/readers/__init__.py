"""Readers of source files: each reads one kind of input and uses, skips by a rule, or refuses every row.

A reader is a `Reader` value in its own module of at most 150 lines, and an entry of `READERS` in
`kg.ingest.readers.catalogue`. It is strict: it states the columns and the number of rows that it expects, and drops
nothing silently. It returns the values of `kg.ingest.readers.records`, from which `kg.ingest.editions` makes
statements.
"""
