"""Measures of the structure of a whole network."""
