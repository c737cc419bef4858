"""Forms of identifiers, from the shapes of the ontology, checked where a row is read."""

from __future__ import annotations

import re
from functools import cache

import pyoxigraph as ox

from kg.rdf import files as graph_files
from kg.terms import PREFIXES
from kg.texts import Message

_SH = "http://www.w3.org/ns/shacl#"
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""Letters of a unified social credit code by their value (GB 32100)."""
_BASE, _MODULUS = 3, 31


@cache
def forms() -> dict[str, re.Pattern[str]]:
    """Return the form of each kind of identifier, by the local name of its datatype."""
    shapes = ox.Store()
    graph_files.load_all(shapes, graph_files.shape_files())
    found = {}
    for quad in shapes.quads_for_pattern(None, ox.NamedNode(_SH + "pattern"), None):
        for of in shapes.quads_for_pattern(quad.subject, ox.NamedNode(_SH + "datatype"), None):
            name = getattr(of.object, "value", "").removeprefix(PREFIXES["hx"])
            if name.endswith(("Id", "Code", "Number")) and isinstance(quad.object, ox.Literal):
                found[name] = re.compile(quad.object.value)
    return found


def fault(scheme: str, value: str) -> Message | None:
    """Return what is wrong with an identifier; `None` if it has the form of its kind and a right check digit.

    >>> fault("unifiedSocialCreditCode", "91350100M000100Y43")
    >>> fault("unifiedSocialCreditCode", "91350100M000100Y44").en
    'the check digit of this unified social credit code is wrong (GB 32100); read the code again'
    """
    form = forms()[scheme]
    if not form.search(value):
        return Message(
            "it is no {scheme}; write it as the registry does, in the form {form}",
            scheme=scheme,
            form=form.pattern.strip("^$"),
        )
    if scheme == "unifiedSocialCreditCode":
        total = sum(_LETTERS.index(letter) * pow(_BASE, place, _MODULUS) for place, letter in enumerate(value[:-1]))
        if (total + _LETTERS.index(value[-1])) % _MODULUS:
            return Message(
                "the check digit of this unified social credit code is wrong (GB 32100); read the code again"
            )
    return None
