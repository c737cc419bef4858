-- The least node of the component of each actor that is not this node itself.
SELECT CAST(a AS BIGINT) AS node, CAST(min(b) AS BIGINT) AS value FROM stars WHERE a < {actors} GROUP BY a
