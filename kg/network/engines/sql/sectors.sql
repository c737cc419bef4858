-- Links and participations by year and sector. `year` is -1 and `sector` is -1 if unknown.
SELECT
    links.year AS year,
    actors.sector AS sector,
    count(DISTINCT incidences.link) AS links,
    count(*) AS participations
FROM incidences
JOIN links ON links.link = incidences.link
JOIN actors ON actors.actor = incidences.actor
GROUP BY links.year, actors.sector
ORDER BY year, sector
