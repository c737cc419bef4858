"""Inspection of a table without a mapping: its header, its columns, and a draft of the mapping."""
