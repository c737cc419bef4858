"""The write path: sources become evidence in a graph file or a store, and graph files become a store.

::

    files -> readers -> records -> editions -> changes -> to_file, or batches -> to_store
    graph files -> build -> store, with the statements of derive
"""
