"""Positions of actors and links in each view of a map."""
