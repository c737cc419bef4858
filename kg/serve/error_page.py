"""The page of an error for a browser: what failed, and where to go on. It needs neither the store nor its pages."""

from __future__ import annotations

from html import escape
from string import Template
from typing import TYPE_CHECKING

from kg.model.display import safe
from kg.pages.words import WORDS
from kg.serve.http import Response
from kg.texts import Message, localise

if TYPE_CHECKING:
    from kg.serve.http import HttpError

_TITLES = {
    400: Message("The request cannot be answered", "page"),
    401: Message("Credentials are required", "page"),
    404: Message("There is no such page", "page"),
    429: Message("Too many requests at a time", "page"),
    503: Message("Not available at the moment", "page"),
    504: Message("The answer takes too long", "page"),
}
_OTHER = Message("The page cannot be shown", "page")
_LISTS = (("site", "index"), ("organisations", "organisations"), ("linksTitle", "links"), ("answers", "questions"))
_POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'"

_PAGE = Template("""<!doctype html>
<html lang="$tag">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="$policy">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
$again<title>$title · $site</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<header class="site">
<a class="brand" href="/$lang/index.html">$site</a>
<form role="search" action="/$lang/search.html">
<input type="search" name="q" aria-label="$search"><button>$search</button></form>
</header>
<main id="main">
<h1>$title</h1>
<p class="lead" role="alert">$sentence</p>
<ul class="list">$lists</ul>
</main>
</body>
</html>
""")


def response(error: HttpError, path: str, lang: str) -> Response:
    """Return the page of an error in the language of its path, otherwise in `lang`; a browser repeats what it may."""
    lang = path[1:3] if path.startswith(("/en/", "/zh/")) else lang

    def text(key: str) -> str:
        return escape(localise(WORDS[key], lang))

    wait = dict(error.headers).get(b"retry-after", b"").decode()
    body = _PAGE.substitute(
        tag="zh-Hans" if lang == "zh" else "en",
        lang=lang,
        policy=escape(_POLICY),
        again=f'<meta http-equiv="refresh" content="{wait}">\n' if wait else "",
        title=escape(localise(_TITLES.get(error.status, _OTHER), lang)),
        site=text("site"),
        search=text("searchButton"),
        sentence=escape(safe(_sentence(localise(error.message, lang), lang))),
        lists="".join(f'<li><a href="/{lang}/{path}.html">{text(key)}</a></li>' for key, path in _LISTS),
    )
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-language", lang.encode()),
        (b"vary", b"accept, accept-language"),
        (b"cache-control", b"no-store"),
    ]
    return Response(error.status, body.encode(), [*headers, *error.headers])


def _sentence(text: str, lang: str) -> str:
    """Return the sentence of an error as one of a page."""
    end = {"en": ".", "zh": "。"}[lang]
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "。", "?", "？")) else end)
