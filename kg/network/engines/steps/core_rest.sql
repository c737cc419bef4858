-- The sum of all numbers, which decreases until they are core numbers.
SELECT CAST(sum(value) AS BIGINT) AS rest FROM cores
