"""Values of `--store`, and secrecy of credentials."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.settings import Address, Settings, from_environment, place

HERE = "http://127.0.0.1:7878/query"
FAR = "http://sparql.example.org/query"
SECRET = "s3cret"  # noqa: S105 - a dummy
USER = {"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": SECRET}
TOKEN = {"KG_STORE_TOKEN": SECRET}


def test_the_environment_overrides_the_defaults() -> None:
    assert from_environment({}) == from_environment({"KG_STORE": "", "KG_ENGINE": ""}) == Settings()
    assert from_environment({"KG_STORE": "some/store", "KG_ENGINE": "duckdb"}) == Settings(
        store=Path("some/store"), engine="duckdb"
    )
    assert isinstance(from_environment({"KG_STORE": HERE}).store, Address)


def test_a_path_is_a_path() -> None:
    assert place("some/store", TOKEN) == Path("some/store")


@pytest.mark.parametrize(
    ("query", "update"),
    [
        (HERE, "http://127.0.0.1:7878/update"),
        ("https://x.org/repositories/kg/sparql", "https://x.org/repositories/kg/update"),
        ("https://x.org/dataset", "https://x.org/dataset"),
        ("https://x.org", "https://x.org"),
    ],
)
def test_the_update_address_follows_from_the_query_address(query: str, update: str) -> None:
    assert place(query, {}) == Address(query, update)


def test_update_and_graph_addresses_can_be_set() -> None:
    given = {"KG_STORE_UPDATE": "http://127.0.0.1:7878/statements", "KG_STORE_GRAPHS": "http://127.0.0.1:7878/store"}
    assert place(HERE, given) == Address(HERE, "http://127.0.0.1:7878/statements", "http://127.0.0.1:7878/store")


def test_credentials_become_a_hidden_header() -> None:
    basic, bearer = place(HERE, USER), place("https://x.org/query", TOKEN)
    assert isinstance(basic, Address)
    assert isinstance(bearer, Address)
    assert (basic.authorization, bearer.authorization) == ("Basic YW5uOnMzY3JldA==", "Bearer s3cret")
    assert SECRET not in f"{basic!r}{bearer!r}"
    assert "YW5u" not in repr(basic)


@pytest.mark.parametrize(
    ("store", "env", "said"),
    [
        ("", {}, "needs a path or an address"),
        ("ftp://x.org/", {}, "an address such as http://HOST:PORT/query"),
        ("http://", {}, "an address such as"),
        ("http://x.org:port/", {}, "no address that can be read"),
        ("http://x.org/a b", {}, "an address such as"),
        ("http://x.org/\r\nHost: y", {}, "an address such as"),
        (f"http://ann:{SECRET}@x.org/query", {}, "--store has a user or a password in the address"),
        (f"http://{SECRET}@x.org/query", {}, "--store has a user or a password in the address"),
        (f"http://x.org/query?key={SECRET}", {}, r"--store has a part behind \?"),
        (HERE, {"KG_STORE_UPDATE": f"http://ann:{SECRET}@x.org/"}, "KG_STORE_UPDATE has a user"),
        (HERE, {"KG_STORE_GRAPHS": f"http://x.org/?default&key={SECRET}"}, r"KG_STORE_GRAPHS has a part behind \?"),
        (HERE, {"KG_STORE_PASSWORD": SECRET}, "belong together"),
        (HERE, {"KG_STORE_USER": "ann"}, "belong together"),
        (HERE, USER | TOKEN, "set one of the two"),
        (HERE, USER | {"KG_STORE_USER": "a:b"}, "has a colon"),
        (HERE, {"KG_STORE_TOKEN": f"{SECRET}\r\nX: y"}, "is no token"),
        (FAR, USER, "sparql.example.org over plain http"),
        (FAR, TOKEN, "set KG_STORE_PLAIN=yes"),
        (HERE, TOKEN | {"KG_STORE_UPDATE": FAR}, "over plain http"),
        (HERE, TOKEN | {"KG_STORE_GRAPHS": FAR}, "over plain http"),
    ],
)
def test_invalid_addresses_are_refused_without_printing_secrets(store: str, env: dict[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as caught:
        place(store, env)
    assert SECRET not in str(caught.value)


def test_credentials_go_over_plain_http_on_request() -> None:
    found = place(FAR, TOKEN | {"KG_STORE_PLAIN": "yes"})
    assert isinstance(found, Address)
    assert found.authorization == "Bearer s3cret"
    assert place(FAR, {}) == Address(FAR, "http://sparql.example.org/update")  # no credentials to protect
    assert place("http://localhost/query", TOKEN) == place("http://localhost/query", TOKEN)
