-- Small star: each node and its smaller neighbours are tied to the least of these.
WITH lows AS (SELECT a AS node, min(b) AS low FROM stars GROUP BY a)
SELECT DISTINCT a, b
FROM (
    SELECT stars.b AS a, lows.low AS b FROM stars JOIN lows ON lows.node = stars.a WHERE stars.b <> lows.low
    UNION ALL
    SELECT node AS a, low AS b FROM lows
) AS moved
