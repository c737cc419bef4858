"""The interactive page of a map with up to 5,000 points."""
