"""Subprocesses with limits of time, memory and output for work on untrusted input."""
