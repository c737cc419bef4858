-- The core numbers of the actors.
SELECT CAST(node AS BIGINT) AS node, CAST(value AS BIGINT) AS value FROM cores WHERE node < {actors}
