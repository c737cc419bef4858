-- The number of neighbours of each node, an upper bound of its core number.
SELECT a AS node, count(*) AS value FROM edges GROUP BY a
