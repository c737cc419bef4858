"""The page of a large network, drawn by WebGL2."""
