"""The values that a map draws, and how they are derived from a network."""
