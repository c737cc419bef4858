"""Triple-helix indicators of a whole network."""
