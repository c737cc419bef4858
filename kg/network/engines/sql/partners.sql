-- The number of tied actors of each actor that has any.
SELECT actor, count(*) AS partners
FROM (SELECT a AS actor FROM pairs UNION ALL SELECT b AS actor FROM pairs) AS ends
GROUP BY actor
ORDER BY actor
