"""The site: a page for each node, the search, questions as forms, and the page for queries."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urlencode

from kg.errors import UsageError
from kg.pages.address import path as path_of
from kg.query import questions
from kg.serve import negotiation, tasks
from kg.serve.http import HttpError, Response, fields, method_error
from kg.serve.kept import entity_tag, is_current, is_fixed
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.serve.answers import Answers
    from kg.serve.generations import Desks, Generations
    from kg.serve.http import Request

READS = "GET, HEAD, OPTIONS"

MOST_HITS, COMPLETIONS = 50, 10
"""Hits that a search shows at most, and those that it shows unless it is asked for more."""

_PAGE = re.compile(r"/(en|zh)/([a-z0-9_][a-z0-9._+/-]{0,400})\.html")
_FILE = re.compile(r"/((?:en|zh)/changes\.xml|[a-z0-9-]{1,40}\.(?:css|js|xml|txt|ttl|xml\.gz))")
_QUESTION = "question/"
_WITH_FORM = re.compile(r"/(?:en|zh)/(?:search|query|question/.*)\.html")
_WITH_PAGE = re.compile(r"(?:id|source|collection|evidence|scheme)/")


class _Asked(NamedTuple):
    """A task with its arguments, the status of its page, and whether the page is the same each time."""

    task: str
    arguments: Mapping[str, object]
    status: int = 200
    fixed: bool = True


class Site:
    """The pages of the generation that is served."""

    def __init__(self, generations: Generations, answers: Answers, base: str) -> None:
        """Take the generations, their answers, and the address of the server without a slash at its end."""
        self._generations, self._answers, self._base = generations, answers, base

    async def answer(self, request: Request, key: tuple[bytes, ...]) -> Response | None:
        """Return the response to a request for a page, a file or a search; ``None`` for other addresses.

        Raises:
            HttpError: there is no such page, or a limit is exceeded.
        """
        if request.path not in {"/", "/search"} and not is_page(request.path):
            return None
        if request.method == "OPTIONS":
            return Response(204, b"", [(b"allow", READS.encode())])
        if request.method not in {"GET", "HEAD"}:
            raise method_error(READS)
        return await self._response(request, key)

    async def _response(self, request: Request, key: tuple[bytes, ...]) -> Response:
        if request.path == "/":
            return Response(303, b"", [(b"location", f"/{request.lang}/index.html".encode()), _BY_LANGUAGE])
        if request.path == "/search":
            return await self._search(request, key)
        page = _PAGE.fullmatch(request.path)
        if not has_form(request.path):
            request = request._replace(query=b"")
        tag = entity_tag(self._generations.now.tag, "page", request.path, request.query)
        if is_current(tag, request.headers.get(b"if-none-match", b"")):
            return Response(304, b"", [(b"etag", tag), _REVALIDATED])
        if page is not None:
            asked = await self._asked(request, page[1], page[2])
        else:
            name = request.path.removeprefix("/")
            asked = _Asked("kg.serve.page_tasks:file", {"name": name, "url": f"{self._base}/"})
        return await self._made(asked, tag, key)

    def node(self, iri: str, name: str, lang: str) -> str | None:
        """Return the path of the page of a node, whose path below the base of IRIs is `name`, if its kind has pages."""
        if name == "ontology":
            return f"/{lang}/vocabulary.html"
        return f"/{lang}/{quote(path_of(iri))}.html" if _WITH_PAGE.match(name) else None

    def form(self, request: Request) -> Response:
        """Return the redirection to the page for queries."""
        rest = f"?{request.query.decode('latin-1')}" if request.query else ""
        return Response(303, b"", [(b"location", f"/{request.lang}/query.html{rest}".encode("latin-1")), _BY_BOTH])

    @property
    def _desks(self) -> Desks:
        desks = self._generations.now.desks
        assert desks is not None  # noqa: S101 - a server with a site has them
        return desks

    async def _made(self, asked: _Asked, tag: bytes, key: tuple[bytes, ...]) -> Response:
        generation = self._generations.now.tag
        reply = await self._answers.reply(self._desks.pages.run(asked.task, asked.arguments))
        media, _, body = reply.partition(b"\n")
        if media == tasks.MISSING:
            raise HttpError(404, Message("there is no such page; /search finds actors by their names"))
        if not asked.fixed or asked.status != 200:  # noqa: PLR2004 - OK
            return Response(asked.status, body, [(b"content-type", media), (b"cache-control", b"no-store")])
        answer = Response(200, body, [(b"content-type", media), _REVALIDATED, (b"etag", tag)])
        self._answers.keep(key, answer, generation)
        return answer

    async def _asked(self, request: Request, lang: str, place: str) -> _Asked:
        given = dict(fields(request.query))
        if place == "search":
            text = given.get("q", "").strip()[:200]
            found = await self._found(text, MOST_HITS) if text else {"hits": None, "more": False}
            values = {"lang": lang, "query": text, "hits": found["hits"], "more": found["more"]}
            return _Asked("kg.serve.page_tasks:search", values)
        if place == "query":
            return await self._query(request, lang, given)
        if place.startswith(_QUESTION):
            return await self._question(request, lang, place.removeprefix(_QUESTION), given)
        return _Asked("kg.serve.page_tasks:page", {"place": place, "lang": lang})

    async def _question(self, request: Request, lang: str, name: str, given: Mapping[str, str]) -> _Asked:
        """Return the page of a question, which is answered as soon as its parameters are complete."""
        try:
            question = questions.find(name)
        except UsageError as error:
            raise HttpError(404, error.message) from error
        if question.answered_by is not None:
            command = question.answered_by
            raise HttpError(404, Message("this question is answered by `{command}`", command=command))
        values = {one: value.strip() for one, value in given.items() if value.strip()}
        required = {one.name for one in question.params if not one.optional and one.default is None}
        answer: dict[str, object] = {}
        status = 200
        if values or not required:
            arguments = {"name": name, "given": values, "lang": lang}
            answer, status = await self._result(request, "kg.serve.question_tasks:question", arguments)
        made = {"lang": lang, "name": name, "given": values, "answer": answer}
        return _Asked("kg.serve.page_tasks:question", made, status)

    async def _query(self, request: Request, lang: str, given: Mapping[str, str]) -> _Asked:
        """Return the page for queries with the answer to its query; an example is not run at once."""
        text, status = given.get("query", ""), 200
        answer: dict[str, object] = {}
        if text.strip():
            arguments = {"text": text, "lang": lang}
            answer, status = await self._result(request, "kg.serve.question_tasks:query", arguments)
        elif "example" in given:
            text = _example(given["example"], lang)
        made = {"lang": lang, "text": text, "answer": answer}
        return _Asked("kg.serve.page_tasks:query", made, status, is_fixed(text))

    async def _result(
        self, request: Request, task: str, arguments: Mapping[str, object]
    ) -> tuple[dict[str, object], int]:
        """Return the answer of a worker, or its error for display in the page, and the status of the page."""
        try:
            answer: dict[str, object] = json.loads(await self._answers.worked(request, task, arguments))
        except HttpError as error:
            return {"error": error.message.pair}, error.status
        return answer, 400 if "error" in answer else 200

    async def _found(self, text: str, limit: int) -> dict[str, object]:
        arguments = {"text": text, "limit": limit}
        task = "kg.serve.search_tasks:find"
        found: dict[str, object] = json.loads(await self._answers.reply(self._desks.searches.run(task, arguments)))
        return found

    async def _search(self, request: Request, key: tuple[bytes, ...]) -> Response:
        """Return the hits of a search as JSON, or the redirection of a browser to its page."""
        given = dict(fields(request.query))
        text = given.get("q", "").strip()[:200]
        if negotiation.prefers_pages(request.header(b"accept")):
            place = f"/{request.lang}/search.html?{urlencode({'q': text})}"
            return Response(303, b"", [(b"location", place.encode()), _BY_BOTH])
        limit = given.get("limit", str(COMPLETIONS))
        if not (limit.isascii() and limit.isdigit() and 0 < int(limit) <= MOST_HITS):
            raise HttpError(400, Message("limit is a number from 1 to {most}", most=MOST_HITS))
        tag = entity_tag(self._generations.now.tag, "search", text, limit)
        if is_current(tag, request.headers.get(b"if-none-match", b"")):
            return Response(304, b"", [(b"etag", tag), _BY_BOTH])
        generation = self._generations.now.tag
        found = await self._found(text, int(limit)) if text else {"query": "", "hits": [], "more": False}
        body = json.dumps(found, ensure_ascii=False).encode()
        answer = Response(200, body, [(b"content-type", b"application/json"), _REVALIDATED, (b"etag", tag), _BY_BOTH])
        self._answers.keep(key, answer, generation)
        return answer


_REVALIDATED = (b"cache-control", b"no-cache")
_BY_LANGUAGE, _BY_BOTH = (b"vary", b"accept-language"), (b"vary", b"accept, accept-language")


def _example(name: str, lang: str) -> str:
    """Return the query of a question without parameters.

    Raises:
        HttpError: there is no such question.
    """
    try:
        return questions.bind(questions.find(name), {}, lang)
    except UsageError as error:
        raise HttpError(404, error.message) from error


def is_page(path: str) -> bool:
    """Return whether the answer at a path is the same for each Accept header."""
    return _PAGE.fullmatch(path) is not None or _FILE.fullmatch(path) is not None


def has_form(path: str) -> bool:
    """Return whether a page has a form; other pages are the same whatever follows their address."""
    return _WITH_FORM.fullmatch(path) is not None
