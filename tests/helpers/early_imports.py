"""Modules that writers import at their first use: a process that forks writers imports them once for all of them."""

# ruff: noqa: F401 - the import is the purpose

from __future__ import annotations

from kg import unused_imports

with unused_imports.skipped():  # as the command line does
    import oxrdflib.parser
    import pyarrow.acero
    import pyarrow.dataset
    import pyarrow.substrait
    import rdflib.plugins.stores.memory

    import kg.cli.build
    import kg.cli.ingest
    import kg.cli.resolve
    import kg.ingest.build
    import kg.ingest.judged
    import kg.ingest.to_store
    import kg.store.writer
    import kg.validate.run
