-- The ties, each from the larger to the smaller node.
SELECT a, b FROM edges WHERE a > b
