"""Measures of the shape of a whole network."""
