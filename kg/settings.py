"""Settings of a run: one frozen value, which the command line reads once and passes down."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

STORE = Path(".kg/store")
"""Default path of the store, relative to the working directory."""

_QUERY_NAMES = ("query", "sparql")
_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a SPARQL 1.1 server that contains the store.

    Attributes:
        query: URL for queries.
        update: URL for updates.
        graphs: URL for uploads with the Graph Store Protocol, if these are to be used.
        authorization: value of the HTTP header, if any; hidden in the representation.
        secrets: texts to be removed from messages, in case the server repeats them.
    """

    query: str
    update: str
    graphs: str | None = None
    authorization: str | None = field(default=None, repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """Options that all commands share.

    Attributes:
        store: path of the store, or address of its server.
        lang: language of labels, ``en`` or ``zh``.
        format: format of printed tables: ``table``, ``csv``, ``tsv`` or ``json``.
        quiet: print the result only.
        engine: the engine that computes ties, one of `kg.network.engines.ENGINES`; set by ``KG_ENGINE``.
    """

    store: Path | Address = STORE
    lang: str = "en"
    format: str = "table"
    quiet: bool = False
    engine: str = "arrow"


def from_environment(env: Mapping[str, str]) -> Settings:
    """Return the settings from ``KG_STORE`` and ``KG_ENGINE``, with defaults for those that are not set.

    Raises:
        UsageError: ``KG_STORE`` is malformed (`parse_store`).
    """
    store, engine = env.get("KG_STORE"), env.get("KG_ENGINE")
    settings = Settings(store=parse_store(store, env)) if store else Settings()
    return replace(settings, engine=engine) if engine else settings


def parse_store(store: str, env: Mapping[str, str]) -> Path | Address:
    """Return the path of a store, or the address of its server if `store` is a URL.

    ``KG_STORE_UPDATE`` is the URL for updates. Its default is ``…/update`` for a query URL ``…/query`` or ``…/sparql``,
    and else the query URL. ``KG_STORE_GRAPHS`` is the URL for the Graph Store Protocol. Credentials are
    ``KG_STORE_USER`` and ``KG_STORE_PASSWORD``, or ``KG_STORE_TOKEN``.

    Raises:
        UsageError: a URL is malformed, or the credentials are incomplete, ambiguous or would be sent unencrypted.
    """
    if not store:
        raise UsageError("--store requires a path or a URL")
    if "://" not in store:
        return Path(store)
    query = _address("--store", store)
    update, graphs = (
        _address(name, env[name]) if name in env else None for name in ("KG_STORE_UPDATE", "KG_STORE_GRAPHS")
    )
    update = update or _default_update(query)
    authorization, *secrets = _credentials(env)
    for url in filter(None, (query, update, graphs)) if authorization else ():
        if url.scheme == "http" and not _on_this_machine(url) and env.get("KG_STORE_PLAIN") != "yes":
            raise UsageError(
                f"the credentials would be sent to {url.hostname} over plain http, where others can read them; use an "
                "https URL, or set KG_STORE_PLAIN=yes to send them anyway"
            )
    return Address(
        query.geturl(),
        update.geturl(),
        None if graphs is None else graphs.geturl(),
        authorization,
        tuple(secret for secret in secrets if secret),
    )


def _address(name: str, text: str) -> SplitResult:
    """Return the parts of a URL; messages do not repeat parts that may be secret."""
    try:
        url = urlsplit(text)
        host, _ = url.hostname, url.port
    except ValueError as error:
        raise UsageError(f"{name} is not a valid URL; write it as http://HOST:PORT/PATH") from error
    if url.username is not None or url.password is not None:
        raise UsageError(
            f"{name} contains a user or a password, which others can see; set KG_STORE_USER and KG_STORE_PASSWORD "
            "instead"
        )
    if url.query or url.fragment or "?" in text:
        raise UsageError(f"{name} contains a query or a fragment; remove ? or # and the text after it")
    if url.scheme not in _SCHEMES or not host or not text.isascii() or not text.isprintable() or " " in text:
        raise UsageError(f"{name} {text}: not a path or a valid URL; write a URL as http://HOST:PORT/query")
    return url


def _default_update(query: SplitResult) -> SplitResult:
    """Return the URL for updates of a server with the URL `query` for queries."""
    head, _, last = query.path.rpartition("/")
    return query._replace(path=f"{head}/update") if last in _QUERY_NAMES else query


def _credentials(env: Mapping[str, str]) -> tuple[str | None, ...]:
    """Return the value of the header, if any, and the secrets in it."""
    user, password, token = (env.get(f"KG_STORE_{name}") or None for name in ("USER", "PASSWORD", "TOKEN"))
    if token and (user or password):
        raise UsageError("KG_STORE_TOKEN and KG_STORE_USER or KG_STORE_PASSWORD are both set; set one of the two")
    if (user is None) != (password is None):
        raise UsageError("KG_STORE_USER requires KG_STORE_PASSWORD, and the reverse; set both")
    if token is not None:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise UsageError("KG_STORE_TOKEN contains a character that an HTTP header may not contain; remove it")
        return f"Bearer {token}", token
    if user is None or password is None:
        return (None,)
    if ":" in user:
        raise UsageError("KG_STORE_USER contains a colon, which HTTP does not allow in a user name; use another user")
    encoded = base64.b64encode(f"{user}:{password}".encode()).decode()
    return f"Basic {encoded}", encoded, password


def _on_this_machine(url: SplitResult) -> bool:
    host = url.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
