"""The values that a map draws, derived from a network."""
