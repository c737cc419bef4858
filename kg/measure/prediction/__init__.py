"""Suggested partners, and the evaluation of the suggestions."""
