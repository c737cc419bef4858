-- Links, named and declared parties, and the links whose declared size is a lower bound, by year; -1 if unknown.
SELECT
    year,
    count(*) AS links,
    sum(named) AS named,
    sum(declared) AS declared,
    sum(1 - is_exact) AS lower_bounds
FROM links
GROUP BY year
ORDER BY year
