-- The largest number h of each node such that h neighbours have h or more.
SELECT node, max(least(value, neighbours)) AS value
FROM (
    SELECT node, value, CAST(sum(number) OVER (PARTITION BY node ORDER BY value DESC) AS BIGINT) AS neighbours
    FROM (
        SELECT edges.a AS node, cores.value AS value, count(*) AS number
        FROM edges
        JOIN cores ON cores.node = edges.b
        GROUP BY edges.a, cores.value
    ) AS counts
) AS sums
GROUP BY node
