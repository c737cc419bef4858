-- Large star: the larger neighbours of each node are tied to the least of its neighbours and itself.
WITH ends AS (SELECT a AS node, b AS other FROM stars UNION ALL SELECT b AS node, a AS other FROM stars),
lows AS (SELECT node, least(node, min(other)) AS low FROM ends GROUP BY node)
SELECT DISTINCT ends.other AS a, lows.low AS b
FROM ends
JOIN lows ON lows.node = ends.node
WHERE ends.other > ends.node
