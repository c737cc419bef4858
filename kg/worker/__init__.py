"""Subprocesses with limits of time, memory and output for work on untrusted input."""

from kg.worker.process import EndedError, Limits, Pool, Worker

__all__ = ["EndedError", "Limits", "Pool", "Worker"]
