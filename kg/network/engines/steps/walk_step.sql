-- The next value of each node by the Chebyshev recurrence with the factor `omega`.
SELECT
    state.node AS node,
    state.scale AS scale,
    {omega} * ({damping} * sums.total + state.scale - state.previous) + state.previous AS value,
    state.value AS previous
FROM state
JOIN (
    SELECT walks.a AS node, sum(walks.weight * others.value) AS total
    FROM walks
    JOIN state AS others ON others.node = walks.b
    GROUP BY walks.a
) AS sums ON sums.node = state.node
