"""Generations on disk or on a server: written once, read by many."""
