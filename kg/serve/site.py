"""The pages of `kg pages` in a folder: files by their path, the language of the visitor, and the pages of nodes."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.errors import UsageError
from kg.pages import address
from kg.pages.folder import MARK
from kg.serve.http import Response, method_error
from kg.serve.kept import is_current

if TYPE_CHECKING:
    from pathlib import Path

    from kg.serve.http import Request

MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ttl": "text/turtle; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
"""Media types of the files that are served; files of other types are not."""

_READS = "GET, HEAD, OPTIONS"
_KEPT = 512


class Site:
    """The files of a folder that `kg pages` wrote."""

    def __init__(self, folder: Path) -> None:
        """Take the folder.

        Raises:
            UsageError: `kg pages` did not write it.
        """
        if not (folder / MARK).is_file():
            raise UsageError(
                "--site {folder}: kg pages did not write this folder; run kg pages -o FOLDER", folder=folder
            )
        self._folder = folder.resolve()
        self._read = lru_cache(_KEPT)(_read)

    def answer(self, request: Request) -> Response | None:
        """Return the file that a request names, or the page of languages; ``None`` if the folder has none.

        Raises:
            HttpError: the method is another one than GET, HEAD and OPTIONS.
        """
        if request.path == "/":
            place = f"/{request.lang}/index.html"
            return Response(303, b"", [(b"location", place.encode()), (b"vary", b"accept-language")])
        file = self._file(request.path)
        if file is None:
            return None
        if request.method == "OPTIONS":
            return Response(204, b"", [(b"allow", _READS.encode())])
        if request.method not in {"GET", "HEAD"}:
            raise method_error(_READS)
        state = file.stat()
        body, tag = self._read(file, state.st_mtime_ns, state.st_size)
        headers = [
            (b"content-type", MEDIA_TYPES[file.suffix].encode()),
            (b"cache-control", b"no-cache"),
            (b"etag", tag),
        ]
        if is_current(tag, request.headers.get(b"if-none-match", b"")):
            return Response(304, b"", headers[1:])
        return Response(200, body, headers)

    def node(self, iri: str, lang: str) -> str | None:
        """Return the path of the page of a node in a language; ``None`` if it has no page."""
        place = f"/{lang}/{address.path(iri)}.html"
        return None if self._file(place) is None else quote(place)

    def _file(self, path: str) -> Path | None:
        parts = path.removeprefix("/").split("/")
        if any(not part or part.startswith(".") or "\0" in part or "\\" in part for part in parts):
            return None
        file = self._folder.joinpath(*parts)
        if file.suffix not in MEDIA_TYPES:
            return None
        try:
            resolved = file.resolve(strict=True)
        except (OSError, ValueError):
            return None
        return resolved if resolved.is_file() and resolved.is_relative_to(self._folder) else None


def _read(file: Path, _changed: int, _size: int) -> tuple[bytes, bytes]:
    """Return a file and its entity tag."""
    body = file.read_bytes()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"'.encode()
