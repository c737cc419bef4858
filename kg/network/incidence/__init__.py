"""Participation tables: actors, links, and who takes part in which link."""
