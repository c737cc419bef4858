-- Links and participations by collection; a link of several collections counts in each.
SELECT
    link_collections.collection AS collection,
    count(DISTINCT incidences.link) AS links,
    count(*) AS participations
FROM link_collections
JOIN incidences ON incidences.link = link_collections.link
GROUP BY link_collections.collection
ORDER BY collection
