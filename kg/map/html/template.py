"""Shared parts of all pages: the base template, its environment, and the Content-Security-Policy."""

import json
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import BaseLoader, BytecodeCache, ChoiceLoader, Environment, PackageLoader, StrictUndefined

if TYPE_CHECKING:
    from types import CodeType

    from jinja2.bccache import Bucket


class _Compiled(BytecodeCache):
    """The code of templates that this process compiled."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: "Bucket") -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: "Bucket") -> None:
        self._code[bucket.key, bucket.checksum] = bucket.code


@cache
def _compiled(finalize: Callable[[object], object] | None) -> _Compiled:
    """Return the code that calls `finalize`; the code of a template depends on it."""
    del finalize
    return _Compiled()


def environment(*loaders: BaseLoader, finalize: Callable[[object], object] | None = None) -> Environment:
    """Return an environment with autoescaping in which the templates of `loaders` can extend ``base.html``.

    `finalize` is applied to every value before it is inserted.
    """
    created = Environment(
        loader=ChoiceLoader([*loaders, PackageLoader("kg.map.html", ".")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finalize,
        bytecode_cache=_compiled(finalize),
    )
    created.filters["embed"] = embed
    return created


def language_tag(lang: str) -> str:
    """Return the BCP 47 tag of "en" or "zh"."""
    return "zh-Hans" if lang == "zh" else "en"


def embed(value: object) -> str:
    """Return JSON that is safe inside a ``<script>`` element: no character can end the element or start another."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def policy(*, scripts: tuple[str, ...] = (), styles: tuple[str, ...]) -> str:
    """Return a Content-Security-Policy that forbids loading and allows only the given inline scripts and styles."""
    return "; ".join(
        (
            "default-src 'none'",
            *([f"script-src {' '.join(map(digest, scripts))}"] if scripts else []),
            f"style-src {' '.join(map(digest, styles))}",
            "base-uri 'none'",
            "form-action 'none'",
            *(["require-trusted-types-for 'script'", "trusted-types 'none'"] if scripts else []),
        )
    )


def digest(text: str) -> str:
    """Return the source expression that allows an inline element with this content."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def read(name: str) -> str:
    """Return the text of a file of `kg.map`."""
    return files("kg.map").joinpath(name).read_text(encoding="utf-8")
