"""A SELECT inside another query: unique variable names and no other change."""

from __future__ import annotations

import pytest

from kg.validate import subselects


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("SELECT $this ?v { ?this a:b ?v }", "SELECT ?x ?s_v { ?x <http://a/b> ?s_v }"),
        ("?v a:b.c a:d. a: a:e\\,f", "?s_v <http://a/b.c> <http://a/d>. <http://a/> <http://a/e,f>"),
        (
            "'?v a:b' \"it's $this\" '''?v 'a:b' ''' \"\"\"a:b\"\"\"",
            "'?v a:b' \"it's $this\" '''?v 'a:b' ''' \"\"\"a:b\"\"\"",
        ),
        ("<http://a:b/?this> other:b _:b", "<http://a:b/?this> other:b _:b"),
        ("?v # $this a:b\n<http://x/#a>", "?s_v  \n<http://x/#a>"),
        ("?a < ?b && ?c > 1.5", "?s_a < ?s_b && ?s_c > 1.5"),
        ("?v $PATH 'a'@en", "?s_v (<p>/<q>) 'a'@en"),
    ],
)
def test_variable_names_are_unique(text: str, written: str) -> None:
    assert subselects.embedded(text, {"a": "http://a/"}, {"this": "?x", "PATH": "(<p>/<q>)"}) == written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("SELECT $this { ?this ?p ?minus }", None),
        ("SELECT DISTINCT ?value $this { { SELECT $this (COUNT(*) AS ?value) { $this ?p ?o } GROUP BY $this } }", None),
        ("ASK { $this ?p ?o }", "is not a SELECT"),
        ("SELECT ?value { $this ?p ?value }", "does not name $this"),
        ("SELECT $this { { SELECT ?v { ?v ?p $this } } }", "does not name $this"),
        ("SELECT $this { $this ?p ?o BIND(1 AS $this) }", "another value"),
        ("SELECT (1 AS ?this) { ?s ?p ?o }", "another value"),
        ("SELECT $this { $this ?p ?o } VALUES ?o { 1 }", "VALUES"),
        ("PREFIX a: <http://a/> SELECT $this { $this a:b ?o }", "PREFIX"),
        ("SELECT $this { GRAPH $shapesGraph { $this ?p ?o } }", "?shapesGraph"),
    ],
)
def test_unfit_selects_are_refused(text: str, reason: str | None) -> None:
    message = subselects.unfit(text)
    assert message is None if reason is None else reason in str(message)
