"""Intervals of scores and ranks where parties are unnamed."""
