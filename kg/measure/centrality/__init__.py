"""Scores of single actors."""
