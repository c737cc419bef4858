-- Ties between actors by the links that they share, as Network.projection computes them in memory.
-- Ends are rows of the actors table, whose order is that of IRIs.
--   incidences(link, actor, side, amount)
--       each pair once; side is null, or selects one of two sectors that alone are tied to each other;
--       the amounts of two parties add up to 1, or to their contributions, of which an unknown one is null
--   links(link, share)
--       the weight that one party of the link gives to each of the others
SELECT
    first.actor AS a,
    second.actor AS b,
    round(fsum((first.amount + second.amount) * share), 12) AS weight,
    count(*)::INTEGER AS links
FROM incidences AS first
JOIN incidences AS second
    ON first.link = second.link AND first.actor < second.actor AND coalesce(first.side <> second.side, true)
JOIN links ON links.link = first.link
GROUP BY a, b
HAVING weight <> 0
ORDER BY a, b
