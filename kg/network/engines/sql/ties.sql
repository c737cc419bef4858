-- The pairs in the order of the IRIs of their ends.
SELECT a, b, units, links
FROM pairs
ORDER BY a, b
