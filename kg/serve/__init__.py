"""HTTP server: the SPARQL 1.1 Protocol and the Graph Store Protocol over a store on disk, for reading only.

A front in one process (`server`, `app`) reads requests, keeps whole answers and enforces the limits of clients. Workers
(`pool`, `tasks`) run the queries. A worker that exceeds its time, its memory or the size of its answer is killed.
"""
