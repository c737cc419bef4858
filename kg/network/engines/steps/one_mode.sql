-- The ties between actors in both directions, from the kept pairs.
SELECT a, b, CAST(units AS DOUBLE) AS weight FROM kept
UNION ALL
SELECT b AS a, a AS b, CAST(units AS DOUBLE) AS weight FROM kept
