"""Lookup of the node that a user means by an IRI, a key or a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import pyoxigraph as ox

from kg.errors import InputError
from kg.terms import ID, encoded, expand, readable
from kg.texts import Message, Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.query.questions import Question
    from kg.store.view import View

_NAMES = """SELECT DISTINCT (COALESCE(?first, ?s) AS ?node) ?name {{ {} ?s skos:prefLabel|skos:altLabel ?name
  OPTIONAL {{ ?s hx:countsAs ?first }} }}"""
_NAMED, _LABELLED = _NAMES.format("?s a hx:Actor ."), _NAMES.format("")
"""Names of actors, and of all nodes; a name of a merged actor is one of the actor as which it counts."""

_DIVISIONS = ("省", "市", "自治区", "壮族自治区", "回族自治区", "维吾尔自治区", "特别行政区")
"""Endings of Chinese names of regions that people leave out, as in 陕西."""

_NOUNS = {"Actor": Message("an actor"), "Link": Message("a link"), "PolicyPlan": Message("a plan")}
"""Classes in messages."""

_USUAL = ("name", "short name")
"""Kinds of match that identify an actor; the others are guesses, which a message suggests."""

_NEAREST = 5
"""Number of suggestions in an error."""


def lookup(view: View, text: str, *, exact: bool = False) -> str:
    """Return the IRI of the node `text`: an IRI, a key such as ``huawei``, or a name of exactly one actor.

    Unless `exact`, a usual short name and a name in the other Chinese script are names too.

    Raises:
        InputError: no node or several nodes match; the message contains the nearest ones.
    """
    for node in _nodes(text):
        if view.ask("ASK { GRAPH ?g { ?node ?p ?o } }", {"node": node}):
            return node.value
    return (
        _by_name(_names(view, _NAMED), text)
        or (None if exact else _by_usual_name(view, text))
        or _raise_not_found(view, text, Message("there is no actor {text!r} in this store", text=text), ID)
    )


def resolve_parameters(view: View, question: Question, values: Mapping[str, str]) -> dict[str, str]:
    """Return `values` with the IRI of the node instead of its key or name, for parameters of type IRI.

    Raises:
        InputError: no node or several nodes match, and the message contains the nearest ones; or a node is of a class
            that the question does not ask about.
    """
    classes = {param.name: param.node_class for param in question.params if param.kind == "iri"}
    resolved = {
        name: _resolve_parameter(view, name, value) if name in classes else value for name, value in values.items()
    }
    for name, value in values.items():
        expected = classes.get(name)
        bindings = {"node": ox.NamedNode(resolved[name])} if expected else {}
        if expected and not view.ask(f"ASK {{ ?node a hx:{expected} }}", bindings):
            noun = _NOUNS.get(expected, expected)
            raise InputError(
                "--param {name}={value}: {node} is not {noun}; name {noun}, or see kg show {node}",
                name=name,
                value=value,
                node=readable(resolved[name]),
                noun=noun,
            )
    return resolved


def _resolve_parameter(view: View, name: str, text: str) -> str:
    for node in _nodes(text):
        if view.ask("ASK { ?node ?p ?o }", {"node": node}):
            return node.value
    labelled = _names(view, _LABELLED)
    iri = _by_name(_names(view, _NAMED), text) or _by_name(labelled, text)
    regions = (_by_name(labelled, text.strip() + ending) for ending in _DIVISIONS)
    return (
        iri
        or next(filter(None, regions), None)
        or _by_usual_name(view, text)
        or _raise_not_found(
            view, text, Message("--param {name}={text}: there is no {text!r} in this store", name=name, text=text)
        )
    )


def _nodes(text: str) -> Iterator[ox.NamedNode]:
    """Yield the nodes that `text` may identify: as it is written, and with its key percent-encoded."""
    key = text.strip()
    for form in dict.fromkeys((key, encoded(key))):
        try:
            yield ox.NamedNode(expand(form))
        except ValueError:
            continue


def _names(view: View, query: str) -> dict[str, set[str]]:
    """Return the nodes of each case-folded name."""
    names: dict[str, set[str]] = {}
    for row in view.select(query):
        names.setdefault(row["name"].value.casefold(), set()).add(row["node"].value)
    return names


def _by_name(names: Mapping[str, set[str]], text: str) -> str | None:
    """Return the only node with the name `text`, or ``None``."""
    iris = sorted(names.get(text.strip().casefold(), ()))
    if len(iris) > 1:
        keys = Message(" and ").join(map(readable, iris))
        raise InputError("{text!r} is a name of {keys}; use the key", text=text, keys=keys)
    return iris[0] if iris else None


def _by_usual_name(view: View, text: str) -> str | None:
    """Return the only actor with the name `text` in another script, or with that usual short name, or ``None``."""
    from kg.search import find  # noqa: PLC0415 - takes 0.2 s, a third of a command, and few commands need it

    iris = [hit.actor for hit in find(view, text, _NEAREST) if hit.match.kind in _USUAL]
    return iris[0] if len(iris) == 1 else None


def _raise_not_found(view: View, text: str, message: Text, within: str = "") -> NoReturn:
    """Raise an error with the nearest nodes by key or name, whose IRIs begin with `within`."""
    from difflib import get_close_matches  # noqa: PLC0415 - only errors need it

    from kg.search import find  # noqa: PLC0415 - takes 0.2 s, a third of a command, and only errors need it

    labelled = _names(view, _LABELLED).items()
    named = {word: own for word, iris in labelled if (own := {iri for iri in iris if iri.startswith(within)})}
    for iri in sorted({iri for iris in named.values() for iri in iris}):
        named.setdefault(iri.rpartition("/")[2], set()).add(iri)
    key = text.strip().casefold()
    found = [hit.actor for hit in find(view, text, _NEAREST) if hit.actor.startswith(within)]
    close = [iri for word in get_close_matches(key, named, n=_NEAREST, cutoff=0.5) for iri in sorted(named[word])]
    near = list(dict.fromkeys(map(readable, (*found, *close))))[:_NEAREST]
    nearest = Message("the nearest are {names}", names=listed(near))
    hint = nearest if near else Message("kg questions lists questions that find nodes")
    raise InputError("{message_}; {hint}", message_=message, hint=hint)
