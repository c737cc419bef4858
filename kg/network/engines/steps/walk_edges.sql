-- The ties scaled on both sides, which makes a symmetric matrix with eigenvalues between -1 and 1.
SELECT edges.a AS a, edges.b AS b, edges.weight * one.scale * other.scale AS weight
FROM edges
JOIN nodes AS one ON one.node = edges.a
JOIN nodes AS other ON other.node = edges.b
