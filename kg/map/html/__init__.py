"""The interactive page of a map."""
