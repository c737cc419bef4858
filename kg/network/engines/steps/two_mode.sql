-- The ties between actors and links in both directions; the number of a link follows those of the actors.
SELECT actor AS a, link + {actors} AS b, CAST(1 AS DOUBLE) AS weight FROM incidences
UNION ALL
SELECT link + {actors} AS a, actor AS b, CAST(1 AS DOUBLE) AS weight FROM incidences
