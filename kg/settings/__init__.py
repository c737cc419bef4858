"""Settings: options, then the environment, then ``kg.toml`` in the project folder, then the user's ``kg.toml``."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from kg.errors import UsageError
from kg.settings import files
from kg.settings.files import FILE, user_file
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

STORE = Path(".kg/store")
"""The default store, under the working directory."""
_QUERY_NAMES = ("query", "sparql")
_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Address:
    """A SPARQL 1.1 server that is the store.

    Attributes:
        query: the address for queries.
        update: the address for updates.
        graphs: the address of the Graph Store Protocol, if uploads use it.
        authorization: value of the HTTP header, if any; representations hide it.
        secrets: texts that no output may contain.
    """

    query: str
    update: str
    graphs: str | None = None
    authorization: str | None = field(default=None, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run.

    Attributes:
        store: path of the store, or address of the server that is the store.
        lang: language of labels and notes, ``en`` or ``zh``.
        format: format of tables: ``table``, ``csv``, ``tsv``, ``json`` or ``jsonl``.
        author: name of the author of judgements; ``None`` means the user name.
        timeout: time limit of a query, in seconds.
        max_rows: largest number of rows of an answer.
        wide: whether tables are printed complete, whatever the width of the terminal.
        spreadsheet: whether CSV and TSV are for spreadsheets: with a BOM and inert formulas.
        verbose: whether all notes are printed.
        quiet: whether only the result is printed.
        internal: whether views contain internal statements; no file or variable can set it, so that each output with
            them is asked for.
        engine: the engine that counts and sums over a network, one of `kg.network.engines.ENGINES`, or ``auto``.
        master: address of the cluster of the engine ``spark``, if any.
    """

    store: Path | Address = STORE
    lang: str = "en"
    format: str = "table"
    author: str | None = None
    timeout: float = 60.0
    max_rows: int = 10_000
    wide: bool = False
    spreadsheet: bool = False
    verbose: bool = False
    quiet: bool = False
    internal: bool = False
    engine: str = "auto"
    master: str | None = None


_VARIABLES = {
    "store": "KG_STORE",
    "lang": "KG_LANG",
    "format": "KG_FORMAT",
    "author": "KG_AUTHOR",
    "timeout": "KG_TIMEOUT",
    "max_rows": "KG_MAX_ROWS",
    "engine": "KG_ENGINE",
    "master": "KG_MASTER",
}
"""Settings that files and the environment can contain, with their variables."""

_ALLOWED = {
    "lang": ("en", "zh"),
    "format": ("table", "csv", "tsv", "json", "jsonl"),
    "engine": ("auto", "arrays", "duckdb", "spark"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """A setting with its origin: ``default``, a variable, or the path of a file."""

    name: str
    value: object
    origin: str


def load_settings(env: Mapping[str, str] = os.environ, folder: Path | None = None) -> Settings:
    """Return the settings from the environment and the files, with defaults for the rest.

    Raises:
        UsageError: a file or a value is malformed.
    """
    values = {source.name: source.value for source in sources(env, folder) if source.origin != "default"}
    if "store" in values:
        values["store"] = parse_store(str(values["store"]), env)
    return replace(Settings(), **values)  # type: ignore[arg-type]  # each value has been checked by _checked


def settings_with(store: str | Path | None, lang: str | None, env: Mapping[str, str] = os.environ) -> Settings:
    """Return the loaded settings with another store and another language, if they are given.

    Raises:
        UsageError: a file or a value is malformed.
    """
    settings = load_settings(env)
    return replace(
        settings,
        store=settings.store if store is None else parse_store(str(store), env),
        lang=settings.lang if lang is None else str(_checked("lang", lang, "kg.open")),
    )


def sources(env: Mapping[str, str] = os.environ, folder: Path | None = None) -> Iterator[Source]:
    """Yield each setting with its value and origin.

    Raises:
        UsageError: a file or a value is malformed.
    """
    found = [(path, files.read(path, _VARIABLES)) for path in ((folder or Path()) / FILE, user_file(env))]
    for name, variable in _VARIABLES.items():
        given: list[tuple[str, object]] = [(variable, env[variable])] if env.get(variable) else []
        given += [(str(path), values[name]) for path, values in found if name in values]
        if given:
            origin, value = given[0]
            yield Source(name, _checked(name, value, origin), origin)
        else:
            yield Source(name, getattr(Settings(), name), "default")


def _checked(name: str, value: object, origin: str) -> object:
    """Return the value of a setting in its type.

    Raises:
        UsageError: the value has another type or is out of range.
    """
    if name in {"timeout", "max_rows"}:
        kind = float if name == "timeout" else int
        try:
            number = kind(str(value))
        except (TypeError, ValueError) as error:
            raise UsageError(
                "{origin}: {name} must be a number, not {value!r}", origin=origin, name=name, value=value
            ) from error
        if number <= 0:
            raise UsageError("{origin}: {name} must be above 0, not {value!r}", origin=origin, name=name, value=value)
        return number
    if not isinstance(value, str) or (name in _ALLOWED and value not in _ALLOWED[name]):
        choices = Message("a text")
        if name in _ALLOWED:
            choices = Message("one of: {known}", known=listed(_ALLOWED[name]))
        raise UsageError(
            "{origin}: {name} must be {choices}, not {value!r}", origin=origin, name=name, choices=choices, value=value
        )
    return value


def parse_store(store: str, env: Mapping[str, str]) -> Path | Address:
    """Return the path or the server address that `store` contains.

    ``KG_STORE_UPDATE`` is the address for updates, unless it follows from the query address (``…/query`` and
    ``…/sparql`` have ``…/update`` beside them; any other address serves both). ``KG_STORE_GRAPHS`` is the address of
    the Graph Store Protocol. Credentials are ``KG_STORE_USER`` and ``KG_STORE_PASSWORD``, or ``KG_STORE_TOKEN``.

    Raises:
        UsageError: the address is malformed, or the credentials are incomplete, ambiguous or would travel unencrypted.
    """
    if not store:
        raise UsageError("--store requires a path or an address")
    if "://" not in store:
        return Path(store)
    query = _address("--store", store)
    update, graphs = (
        _address(name, env[name]) if name in env else None for name in ("KG_STORE_UPDATE", "KG_STORE_GRAPHS")
    )
    changed = update or _beside(query)
    authorization, *secrets = _credentials(env)
    for url in filter(None, (query, changed, graphs)) if authorization else ():
        if url.scheme == "http" and not _on_this_machine(url) and env.get("KG_STORE_PLAIN") != "yes":
            raise UsageError(
                "the credentials would go to {hostname} over plain http, where others can read them; use https or set "
                "KG_STORE_PLAIN=yes",
                hostname=url.hostname,
            )
    return Address(
        query.geturl(),
        changed.geturl(),
        None if graphs is None else graphs.geturl(),
        authorization,
        tuple(secret for secret in secrets if secret),
    )


def _address(name: str, text: str) -> SplitResult:
    """Return the parts of an address; messages never repeat a possible secret."""
    try:
        url = urlsplit(text)
        host, _ = url.hostname, url.port
    except ValueError as error:
        raise UsageError("{name} is not a valid address; write it as http://HOST:PORT/PATH", name=name) from error
    if url.username is not None or url.password is not None:
        raise UsageError(
            "{name} contains a user or a password, which others can see; set KG_STORE_USER and KG_STORE_PASSWORD "
            "instead",
            name=name,
        )
    if url.query or url.fragment or "?" in text:
        raise UsageError("{name} has a part after ? or #; leave it out", name=name)
    if url.scheme not in _SCHEMES or not host or not text.isascii() or not text.isprintable() or " " in text:
        raise UsageError(
            "{name} {text}: pass a path, or an address such as http://HOST:PORT/query", name=name, text=text
        )
    return url


def _beside(query: SplitResult) -> SplitResult:
    """Return the update address of a server from its query address."""
    head, _, last = query.path.rpartition("/")
    return query._replace(path=f"{head}/update") if last in _QUERY_NAMES else query


def _credentials(env: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return the value of the header, and the secrets in it."""
    user, password, token = (env.get(f"KG_STORE_{name}") or None for name in ("USER", "PASSWORD", "TOKEN"))
    if token and (user or password):
        raise UsageError("KG_STORE_TOKEN and KG_STORE_USER or KG_STORE_PASSWORD are both set; set one of the two")
    if (user is None) != (password is None):
        raise UsageError("KG_STORE_USER requires KG_STORE_PASSWORD and vice versa; set both")
    if token is not None:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise UsageError("KG_STORE_TOKEN contains spaces or characters that are invalid in a header")
        return f"Bearer {token}", token
    if user is None or password is None:
        return (None,)
    if ":" in user:
        raise UsageError("KG_STORE_USER contains a colon, which is invalid in HTTP user names")
    both = base64.b64encode(f"{user}:{password}".encode()).decode()
    return f"Basic {both}", both, password


def _on_this_machine(url: SplitResult) -> bool:
    """Return whether the address is on the loopback interface."""
    host = url.hostname or ""
    from ipaddress import ip_address  # noqa: PLC0415 - takes 5 ms, and only servers need it

    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
