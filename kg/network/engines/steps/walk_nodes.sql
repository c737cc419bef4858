-- The nodes with the inverse square root of their strength.
SELECT a AS node, power(sum(weight), CAST(-5E-1 AS DOUBLE)) AS scale FROM edges GROUP BY a
