-- The number of ties that lead to a node which is not the least of its component; 0 at the end.
SELECT count(*) AS rest FROM stars JOIN stars AS above ON above.a = stars.b
