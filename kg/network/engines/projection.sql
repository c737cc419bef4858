-- Ties between actors by the links they share: what `Network.projection` computes in memory, for what memory does not
-- hold. Ends are in the order of their IRIs.
--   incidences(link, actor, side)   each pair once; side is null, or which of two sectors the actor is of
--   links(link, share)              what a party of the link gives each of the others, 0 where it ties nobody
--   actors(actor, iri, label)
WITH ties AS (
    SELECT a.actor AS one, b.actor AS other, round(fsum(share), 12) AS weight, count(*)::INTEGER AS links
    FROM incidences AS a
    JOIN incidences AS b ON a.link = b.link AND a.actor < b.actor AND coalesce(a.side <> b.side, true)
    JOIN links ON links.link = a.link
    GROUP BY one, other
)
SELECT
    source.iri AS source, target.iri AS target, weight, links,
    source.label AS source_label, target.label AS target_label
FROM ties
JOIN actors AS source ON source.actor = one
JOIN actors AS target ON target.actor = other
ORDER BY one, other
