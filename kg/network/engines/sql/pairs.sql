-- Pairs of actors that share a link, as the view `pairs`.
-- A link of many parties is divided into chunks, and each pair of chunks is a task of its own, so that no task has all
-- pairs of one link. The chunks of a link are in the order of its actors.
SELECT
    one.actor AS a,
    other.actor AS b,
    sum(CAST(one.given + other.taken AS DECIMAL(38, 0))) AS units,
    count(*) AS links
FROM incidences AS one
JOIN steps ON steps.chunks = one.chunks AND steps.chunk = one.chunk
JOIN incidences AS other
    ON other.link = one.link AND other.chunk = steps.other AND one.actor < other.actor
WHERE one.side = -1 OR one.side <> other.side
GROUP BY one.actor, other.actor
HAVING sum(CAST(one.given + other.taken AS DECIMAL(38, 0))) <> 0
