"""Suggestions of future partners (link prediction), and their evaluation."""
