"""Values of `--store`, and secrecy of credentials."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.settings import Address, Settings, from_environment, parse_store

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
    assert parse_store("some/store", TOKEN) == Path("some/store")


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
    assert parse_store(query, {}) == Address(query, update)


def test_update_and_graph_addresses_can_be_set() -> None:
    given = {"KG_STORE_UPDATE": "http://127.0.0.1:7878/statements", "KG_STORE_GRAPHS": "http://127.0.0.1:7878/store"}
    assert parse_store(HERE, given) == Address(HERE, "http://127.0.0.1:7878/statements", "http://127.0.0.1:7878/store")


def test_credentials_become_a_hidden_header() -> None:
    basic, bearer = parse_store(HERE, USER), parse_store("https://x.org/query", TOKEN)
    assert isinstance(basic, Address)
    assert isinstance(bearer, Address)
    assert (basic.authorization, bearer.authorization) == ("Basic YW5uOnMzY3JldA==", "Bearer s3cret")
    assert SECRET not in f"{basic!r}{bearer!r}"
    assert "YW5u" not in repr(basic)


@pytest.mark.parametrize(
    ("store", "env", "message"),
    [
        ("", {}, "--store requires a path or a URL"),
        ("ftp://x.org/", {}, "not a path or a valid URL; write a URL as http://HOST:PORT/query"),
        ("http://", {}, "not a path or a valid URL"),
        ("http://x.org:port/", {}, "--store is not a valid URL"),
        ("http://x.org/a b", {}, "not a path or a valid URL"),
        ("http://x.org/\r\nHost: y", {}, "not a path or a valid URL"),
        (f"http://ann:{SECRET}@x.org/query", {}, "--store contains a user or a password"),
        (f"http://{SECRET}@x.org/query", {}, "--store contains a user or a password"),
        (f"http://x.org/query?key={SECRET}", {}, "--store contains a query or a fragment"),
        (HERE, {"KG_STORE_UPDATE": f"http://ann:{SECRET}@x.org/"}, "KG_STORE_UPDATE contains a user"),
        (
            HERE,
            {"KG_STORE_GRAPHS": f"http://x.org/?default&key={SECRET}"},
            "KG_STORE_GRAPHS contains a query",
        ),
        (HERE, {"KG_STORE_PASSWORD": SECRET}, "set both"),
        (HERE, {"KG_STORE_USER": "ann"}, "set both"),
        (HERE, USER | TOKEN, "set one of the two"),
        (HERE, USER | {"KG_STORE_USER": "a:b"}, "contains a colon"),
        (HERE, {"KG_STORE_TOKEN": f"{SECRET}\r\nX: y"}, "KG_STORE_TOKEN contains a character"),
        (FAR, USER, "sparql.example.org over plain http"),
        (FAR, TOKEN, "set KG_STORE_PLAIN=yes"),
        (HERE, TOKEN | {"KG_STORE_UPDATE": FAR}, "over plain http"),
        (HERE, TOKEN | {"KG_STORE_GRAPHS": FAR}, "over plain http"),
    ],
)
def test_invalid_addresses_are_refused_without_printing_secrets(store: str, env: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message) as caught:
        parse_store(store, env)
    assert SECRET not in str(caught.value)


def test_credentials_go_over_plain_http_on_request() -> None:
    address = parse_store(FAR, TOKEN | {"KG_STORE_PLAIN": "yes"})
    assert isinstance(address, Address)
    assert address.authorization == "Bearer s3cret"
    assert parse_store(FAR, {}) == Address(FAR, "http://sparql.example.org/update")  # no credentials to protect
    assert parse_store("http://localhost/query", TOKEN) == parse_store("http://localhost/query", TOKEN)
