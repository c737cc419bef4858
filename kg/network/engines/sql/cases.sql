-- The number of links by helices, size and number of unnamed parties. `pattern` has the bit of each helix of the link.
SELECT pattern, several, room, count(*) AS links
FROM (
    SELECT
        incidences.link AS link,
        max(CASE WHEN actors.bit = 1 THEN 1 ELSE 0 END)
        + max(CASE WHEN actors.bit = 2 THEN 2 ELSE 0 END)
        + max(CASE WHEN actors.bit = 4 THEN 4 ELSE 0 END)
        + max(CASE WHEN actors.bit = 8 THEN 8 ELSE 0 END) AS pattern
    FROM incidences
    JOIN actors ON actors.actor = incidences.actor
    GROUP BY incidences.link
) AS patterns
JOIN links ON links.link = patterns.link
GROUP BY pattern, several, room
ORDER BY pattern, several, room
