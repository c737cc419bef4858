-- Links, shares of links, weights of ties, and parties of the links of each actor.
-- `certain` and `certain_ties` leave out links whose declared size is a lower bound.
SELECT
    incidences.actor AS actor,
    count(*) AS links,
    sum(CAST(incidences.part AS DECIMAL(38, 0))) AS parts,
    sum(CAST(incidences.part * links.is_exact AS DECIMAL(38, 0))) AS certain,
    sum(CAST(incidences.given AS DECIMAL(38, 0)) * incidences.others) AS ties,
    sum(CAST(incidences.given * links.is_exact AS DECIMAL(38, 0)) * incidences.others) AS certain_ties,
    sum(links.named) AS named,
    sum(links.declared) AS declared
FROM incidences
JOIN links ON links.link = incidences.link
GROUP BY incidences.actor
ORDER BY actor
