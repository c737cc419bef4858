"""Measures of single actors."""
