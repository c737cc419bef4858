"""The interactive page of a map with more than 5,000 points."""
