-- The values of the actors, and the sum over all nodes as that of the node -1.
SELECT CAST(node AS BIGINT) AS node, value * power(scale, CAST(-1E0 AS DOUBLE)) AS value
FROM state
WHERE node < {actors}
UNION ALL
SELECT CAST(-1 AS BIGINT) AS node, sum(value * power(scale, CAST(-1E0 AS DOUBLE))) AS value FROM state
