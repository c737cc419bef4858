"""Values of `--store`, and secrecy of credentials."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import UsageError
from kg.settings import Address, Settings, load_settings, parse_store, settings_with, sources

HERE = "http://127.0.0.1:7878/query"
FAR = "http://sparql.example.org/query"
SECRET = "s3cret"  # noqa: S105 - a dummy
USER = {"KG_STORE_USER": "ann", "KG_STORE_PASSWORD": SECRET}
TOKEN = {"KG_STORE_TOKEN": SECRET}


def test_the_environment_overrides_the_defaults() -> None:
    assert load_settings({}) == load_settings({"KG_STORE": "", "KG_ENGINE": ""}) == Settings()
    assert load_settings({"KG_STORE": "some/store", "KG_ENGINE": "duckdb"}) == Settings(
        store=Path("some/store"), engine="duckdb"
    )
    assert isinstance(load_settings({"KG_STORE": HERE}).store, Address)


def test_a_store_and_a_language_override_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    env = {"KG_STORE": "some/store", "KG_LANG": "zh", "HOME": str(tmp_path)}
    assert settings_with(None, None, env) == Settings(store=Path("some/store"), lang="zh")
    assert settings_with("other", "en", env) == Settings(store=Path("other"))
    assert isinstance(settings_with(HERE, None, env).store, Address)
    with pytest.raises(UsageError, match=r"^kg\.open: lang must be one of: en, zh, not 'fr'$"):
        settings_with(None, "fr", env)


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
    ("store", "env", "expected"),
    [
        ("", {}, "requires a path or an address"),
        ("ftp://x.org/", {}, "an address such as http://HOST:PORT/query"),
        ("http://", {}, "an address such as"),
        ("http://x.org:port/", {}, "not a valid address"),
        ("http://x.org/a b", {}, "an address such as"),
        ("http://x.org/\r\nHost: y", {}, "an address such as"),
        (f"http://ann:{SECRET}@x.org/query", {}, "--store contains a user or a password"),
        (f"http://{SECRET}@x.org/query", {}, "--store contains a user or a password"),
        (f"http://x.org/query?key={SECRET}", {}, r"--store has a part after \?"),
        (HERE, {"KG_STORE_UPDATE": f"http://ann:{SECRET}@x.org/"}, "KG_STORE_UPDATE contains a user"),
        (HERE, {"KG_STORE_GRAPHS": f"http://x.org/?default&key={SECRET}"}, r"KG_STORE_GRAPHS has a part after \?"),
        (HERE, {"KG_STORE_PASSWORD": SECRET}, "set both"),
        (HERE, {"KG_STORE_USER": "ann"}, "set both"),
        (HERE, USER | TOKEN, "set one of the two"),
        (HERE, USER | {"KG_STORE_USER": "a:b"}, "contains a colon"),
        (HERE, {"KG_STORE_TOKEN": f"{SECRET}\r\nX: y"}, "invalid in a header"),
        (FAR, USER, "sparql.example.org over plain http"),
        (FAR, TOKEN, "set KG_STORE_PLAIN=yes"),
        (HERE, TOKEN | {"KG_STORE_UPDATE": FAR}, "over plain http"),
        (HERE, TOKEN | {"KG_STORE_GRAPHS": FAR}, "over plain http"),
    ],
)
def test_invalid_addresses_are_refused_without_printing_secrets(store: str, env: dict[str, str], expected: str) -> None:
    with pytest.raises(UsageError, match=expected) as caught:
        parse_store(store, env)
    assert SECRET not in str(caught.value)


def test_credentials_go_over_plain_http_on_request() -> None:
    found = parse_store(FAR, TOKEN | {"KG_STORE_PLAIN": "yes"})
    assert isinstance(found, Address)
    assert found.authorization == "Bearer s3cret"
    assert parse_store(FAR, {}) == Address(FAR, "http://sparql.example.org/update")  # no credentials to protect
    assert parse_store("http://localhost/query", TOKEN) == parse_store("http://localhost/query", TOKEN)


def test_the_environment_overrides_the_project_and_the_project_the_user(tmp_path: Path) -> None:
    user = tmp_path / "config" / "kg" / "kg.toml"
    user.parent.mkdir(parents=True)
    user.write_text('author = "Li Wen"\nlang = "zh"\ntimeout = 5\n', encoding="utf-8")
    (tmp_path / "kg.toml").write_text('lang = "en"\nmax_rows = 7\n', encoding="utf-8")
    env = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "KG_MAX_ROWS": "9"}
    current = load_settings(env, tmp_path)
    assert (current.author, current.lang, current.timeout, current.max_rows) == ("Li Wen", "en", 5.0, 9)
    origins = {one.name: one.origin for one in sources(env, tmp_path)}
    assert origins["author"] == str(user)
    assert origins["lang"] == str(tmp_path / "kg.toml")
    assert origins["max_rows"] == "KG_MAX_ROWS"
    assert origins["engine"] == "default"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("lang = 1", "lang must be one of: en, zh"),
        ('lang = "de"', "lang must be one of: en, zh"),
        ("timeout = 0", "timeout must be above 0"),
        ('max_rows = "many"', "max_rows must be a number"),
        ("auther = 1", "there is no setting 'auther'; did you mean author?"),
        ("lang", "cannot be read as TOML"),
    ],
)
def test_a_malformed_file_is_reported(text: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(message)):
        load_settings({"HOME": str(tmp_path)}, tmp_path)
