"""What a run was told: one frozen value, read once by the command line and handed down."""

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
"""Where the store is unless told otherwise, under the working directory."""

_QUERY_NAMES = ("query", "sparql")
_SCHEMES = ("http", "https")


@dataclass(frozen=True, slots=True)
class Address:
    """A SPARQL 1.1 server that is the store.

    Attributes:
        query: where it is asked.
        update: where it is changed.
        graphs: where it takes graphs by the Graph Store Protocol, if it is to be given them in this way.
        authorization: value of the HTTP header, if there is one; no representation of the value shows it.
        secrets: what must not be shown to anybody, wherever the server may repeat it.
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
        store: path of the store, or address of the server that is the store.
        lang: language of labels, ``en`` or ``zh``.
        format: how a table is printed: ``table``, ``csv``, ``tsv`` or ``json``.
        quiet: say nothing but the result.
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
        UsageError: ``KG_STORE`` is malformed (`place`).
    """
    store, engine = env.get("KG_STORE"), env.get("KG_ENGINE")
    settings = Settings(store=place(store, env)) if store else Settings()
    return replace(settings, engine=engine) if engine else settings


def place(store: str, env: Mapping[str, str]) -> Path | Address:
    """What `store` names: a path, or a server where it begins as an address does.

    ``KG_STORE_UPDATE`` is where the server is changed, if that does not follow from where it is asked (``…/query`` and
    ``…/sparql`` have ``…/update`` beside them, any other address is taken for both). ``KG_STORE_GRAPHS`` is where it
    takes graphs by the Graph Store Protocol. Credentials are ``KG_STORE_USER`` and ``KG_STORE_PASSWORD``, or
    ``KG_STORE_TOKEN``.

    Raises:
        UsageError: it is neither, or the credentials are incomplete, ambiguous or would travel in the clear.
    """
    if not store:
        raise UsageError("--store needs a path or an address")
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
                f"the credentials would go to {url.hostname} over plain http, where others can read them; name an "
                "https address, or set KG_STORE_PLAIN=yes to send them all the same"
            )
    return Address(
        query.geturl(),
        changed.geturl(),
        None if graphs is None else graphs.geturl(),
        authorization,
        tuple(secret for secret in secrets if secret),
    )


def _address(name: str, text: str) -> SplitResult:
    """The parts of an address; what may be a secret in it is not repeated."""
    try:
        url = urlsplit(text)
        host, _ = url.hostname, url.port
    except ValueError as error:
        raise UsageError(f"{name} is no address that can be read; write it as http://HOST:PORT/PATH") from error
    if url.username is not None or url.password is not None:
        raise UsageError(
            f"{name} has a user or a password in the address, where others see it; set KG_STORE_USER and "
            "KG_STORE_PASSWORD instead"
        )
    if url.query or url.fragment or "?" in text:
        raise UsageError(f"{name} has a part behind ? or #, which an address of a server does not need; leave it out")
    if url.scheme not in _SCHEMES or not host or not text.isascii() or not text.isprintable() or " " in text:
        raise UsageError(f"{name} {text}: a store is a path, or a server by an address such as http://HOST:PORT/query")
    return url


def _beside(query: SplitResult) -> SplitResult:
    """Where a server that is asked at `query` is changed."""
    head, _, last = query.path.rpartition("/")
    return query._replace(path=f"{head}/update") if last in _QUERY_NAMES else query


def _credentials(env: Mapping[str, str]) -> tuple[str | None, ...]:
    """The value of the header, and what is secret in it."""
    user, password, token = (env.get(f"KG_STORE_{name}") or None for name in ("USER", "PASSWORD", "TOKEN"))
    if token and (user or password):
        raise UsageError("KG_STORE_TOKEN and KG_STORE_USER or KG_STORE_PASSWORD are both set; set one of the two")
    if (user is None) != (password is None):
        raise UsageError("KG_STORE_USER and KG_STORE_PASSWORD belong together; set both")
    if token is not None:
        if not token.isascii() or not token.isprintable() or " " in token:
            raise UsageError("KG_STORE_TOKEN is no token: it has spaces or characters that no header may have")
        return f"Bearer {token}", token
    if user is None or password is None:
        return (None,)
    if ":" in user:
        raise UsageError("KG_STORE_USER has a colon, which no user name of HTTP may have")
    both = base64.b64encode(f"{user}:{password}".encode()).decode()
    return f"Basic {both}", both, password


def _on_this_machine(url: SplitResult) -> bool:
    host = url.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
