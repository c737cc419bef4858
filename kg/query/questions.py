"""The shipped questions: SPARQL files with a name.

A question is a file of ``kg/query/questions``::

    # Who took part in a link, in which role? | 谁以何种角色参与了某一联系？
    # @param link iri? only this link | 仅此联系
    SELECT … { … }

Its first line contains the question in English and Chinese. Each ``@param`` declares a variable with its type
(``iri``, ``iri:Link`` for a node of a class, ``date``, ``integer``, ``string``; ``?`` for optional, ``=value`` for a
default). ``?lang`` is always bound to the requested language. A sub-select sees these values if it contains the comment
``# @values``. A column ``evidence`` or ``sources`` contains IRIs,
separated by spaces. A column whose name is that of a parameter ends in ``_``, which the answer leaves out.

``# @caveat …`` states in both languages what an answer does not mean, and ``# @awaits …`` the data that it lacks.
``# @frame …`` is a sentence with ``{have}`` and ``{of}``: the numbers of things ``?x`` that match the patterns in
SPARQL after ``# @of`` and ``# @have``.

``# @shortest from to`` reduces the answer to the shortest chain of rows between the values of two parameters. A
question that SPARQL cannot answer has ``# @answered-by`` with a command instead of a query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import names
from kg.errors import UsageError
from kg.model import Table, Text
from kg.rdf.sparql import Term, bound
from kg.terms import PREFIXES, expand
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

_DIRECTIVE = re.compile(r"^# @(shortest|answered-by) (.+)$")
_SENTENCE = re.compile(r"^# @(caveat|awaits|frame) (.+?) \| (.+)$")
_PATTERN = re.compile(r"^# @(of|have) (.+)$")
_PARAM = re.compile(r"^# @param (\w+) (iri(?::\w+)?|date|integer|string)(\?|=\S+)? (.+?)(?: \| (.+))?$")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a question: a variable that is bound before the query runs.

    Attributes:
        node_class: the local name of the class to which the value of kind ``iri`` must belong, if it matters.
    """

    name: str
    kind: str
    optional: bool
    default: str | None
    meaning: Text
    node_class: str | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """The things that an answer could be about, and those about which the graph has something.

    Attributes:
        text: a sentence with ``{have}`` and ``{of}``.
        of: SPARQL pattern of the things ``?x``.
        have: pattern that some of them match as well.
    """

    text: Text
    of: str
    have: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the shipped collection.

    Attributes:
        shortest: parameters whose values are connected by the chain of rows.
        answered_by: the command that answers it, if SPARQL cannot.
        caveat: what an answer does not mean.
        awaits: the data that the graph lacks for a complete answer.
    """

    name: str
    asks: Text
    params: tuple[Param, ...]
    text: str
    shortest: tuple[str, str] | None = None
    answered_by: str | None = None
    caveat: Text | None = None
    awaits: Text | None = None
    frame: Frame | None = None


def table(lang: str) -> Table:
    """Return the questions as a table; optional parameters are in brackets."""
    rows = ((item.name, item.asks.localise(lang), _names(item), _command(item)) for item in all_questions())
    return Table(("question", "asks", "parameters", "answered_by"), tuple(rows))


def _names(item: Question) -> str:
    return " ".join(f"[{param.name}]" if param.optional or param.default else param.name for param in item.params)


def _command(item: Question) -> str:
    return item.answered_by or f"kg query {item.name}"


@cache
def all_questions() -> tuple[Question, ...]:
    """Return all shipped questions, sorted by name."""
    folder = files("kg.query").joinpath("questions")
    file_names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".rq"))
    return tuple(
        _question(name.removesuffix(".rq"), folder.joinpath(name).read_text(encoding="utf-8")) for name in file_names
    )


def find(name: str) -> Question:
    """Return the shipped question called `name`.

    Raises:
        UsageError: there is none; the message contains the nearest names.
    """
    return names.find(Message("question"), name, all_questions(), Message("kg questions lists them"))


def bind(question: Question, values: Mapping[str, str], lang: str) -> str:
    """Return the query of a question with its parameters and the language of labels bound.

    Raises:
        UsageError: a parameter is unknown, missing or malformed, or a command answers the question.
    """
    return bound(question.text, arguments(question, values) | {"lang": ox.Literal(lang)})


def arguments(question: Question, values: Mapping[str, str]) -> dict[str, Term]:
    """Return the terms of the parameters of a question, with defaults.

    Raises:
        UsageError: a parameter is unknown, missing or malformed, or a command answers the question.
    """
    if question.answered_by is not None:
        raise UsageError(
            "the question {name} is answered by `{answered_by}`", name=question.name, answered_by=question.answered_by
        )
    known = {param.name: param for param in question.params}
    for name in values:
        if name not in known:
            hint = Message("it has {names}", names=listed(known)) if known else Message("it has none")
            raise UsageError(
                "the question {name} has no parameter {name2!r}; {hint}", name=question.name, name2=name, hint=hint
            )
    given = {param.name: values.get(param.name, param.default) for param in question.params}
    for name, value in given.items():
        if value is None and not known[name].optional:
            meaning = Message("{kind}: {meaning}", kind=known[name].kind, meaning=known[name].meaning)
            raise UsageError(
                "the question {name} requires --param {name2}=VALUE ({meaning})",
                name=question.name,
                name2=name,
                meaning=meaning,
            )
    return {name: _term(known[name], value) for name, value in given.items() if value is not None}


def _term(param: Param, value: str) -> Term:
    try:
        if param.kind == "iri":
            return ox.NamedNode(expand(value))
        if param.kind == "date":
            return ox.Literal(date.fromisoformat(value).isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
        if param.kind == "integer":
            return ox.Literal(int(value))
        return ox.Literal(value)
    except (ValueError, OverflowError) as error:
        expected = {
            "string": Message("text in UTF-8"),
            "iri": Message("an IRI or a key such as huawei"),
            "date": Message("a date such as 2025-11-08"),
            "integer": Message("a whole number"),
        }
        raise UsageError(
            "--param {name}={value}: {value!r} is not {expected}",
            name=param.name,
            value=value,
            expected=expected[param.kind],
        ) from error


def _question(name: str, text: str) -> Question:
    first, *rest = text.splitlines()
    english, _, chinese = first.removeprefix("# ").partition(" | ")
    params = []
    directives: dict[str, str] = {}
    sentences: dict[str, Text] = {}
    for line in rest:
        if match := _PARAM.match(line):
            mark = match[3] or ""
            default = mark[1:] if mark.startswith("=") else None
            kind, _, node_class = match[2].partition(":")
            meaning = Text(match[4], match[5])
            params.append(Param(match[1], kind, mark == "?", default, meaning, node_class or None))
        elif match := _SENTENCE.match(line):
            sentences[match[1]] = Text(match[2], match[3])
        elif match := _DIRECTIVE.match(line) or _PATTERN.match(line):
            directives[match[1]] = match[2]
        elif not line.startswith("#"):
            break
    start, _, end = directives.get("shortest", "").partition(" ")
    return Question(
        name,
        Text(english, chinese or None),
        tuple(params),
        text,
        (start, end) if start else None,
        directives.get("answered-by"),
        sentences.get("caveat"),
        sentences.get("awaits"),
        Frame(sentences["frame"], directives["of"], directives["have"]) if "frame" in sentences else None,
    )
