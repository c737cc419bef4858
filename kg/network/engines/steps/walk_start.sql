-- The first two values of each node.
SELECT node, scale, scale AS value, CAST(0 AS DOUBLE) AS previous FROM nodes
