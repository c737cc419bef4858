"""kg serve: a site of the store, and SPARQL over HTTP."""

from __future__ import annotations

import sys
from typing import Any

import click

from kg.cli import console, language
from kg.cli.help import Command, option
from kg.cli.options import common, settings, store
from kg.errors import UsageError
from kg.texts import localise


@click.command("serve", cls=Command, example="kg serve --port 0 --check")
@option("--host", metavar="ADDRESS", help="Address to listen at.  [default: 127.0.0.1]")
@option("--port", type=click.IntRange(0, 65535), metavar="N", help="Port; 0 for a free one.  [default: 8000]")
@option("--public", is_flag=True, default=None, help="Allow an address that other machines reach.")
@option("--public-url", metavar="URL", help="Address under which clients know the server, behind a reverse proxy.")
@option("--workers", type=click.IntRange(1), metavar="N", help="Queries at a time.  [default: processors - 1]")
@option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    metavar="SECONDS",
    help="Time limit of a query.  [default: 30]",
)
@option(
    "--memory", type=click.IntRange(1), metavar="MB", help="Memory limit of a query.  [default: a quarter, to 2048]"
)
@option("--max-answer", type=click.IntRange(1), metavar="MB", help="Size limit of an answer.  [default: 32]")
@option("--per-client", type=click.IntRange(1), metavar="N", help="Requests of one client at a time.  [default: 16]")
@option("--cache", type=click.IntRange(0), metavar="MB", help="Size of the answers that are kept.  [default: 64]")
@option(
    "--origin",
    "origins",
    multiple=True,
    metavar="ORIGIN",
    help="Web origin whose pages may read answers; * for all; repeatable.  [default: none]",
)
@option(
    "--trusted-proxy",
    "trusted_proxies",
    multiple=True,
    metavar="ADDRESS",
    help="Reverse proxy whose X-Forwarded-For names the client; repeatable.",
)
@option("--no-pages", "pages", flag_value=False, type=bool, default=None, help="Serve no pages for people.")
@option("--mcp", is_flag=True, default=None, help="Offer tools for assistants at /mcp; requires helix-kg[mcp].")
@option("--check", is_flag=True, help="Start, print what would be served, and end.")
@common
def command(*, check: bool, **given: Any) -> None:
    """Serve a site with a page for each node, and answer SPARQL queries at /sparql; requires helix-kg[serve].

    The server only reads. The variable KG_SERVE_TOKEN, or KG_SERVE_USER and KG_SERVE_PASSWORD, restricts it to clients
    with these credentials. The table [serve] of kg.toml can contain each option.
    """
    from kg.serve import options, server
    from kg.store.local import LocalStore

    current = store()
    if not isinstance(current, LocalStore):
        raise UsageError("kg serve requires a store in a folder; pass --store PATH")
    if settings().internal:
        raise UsageError("kg serve never offers internal statements; leave out --internal")
    chosen = {name: value for name, value in given.items() if value not in {None, ()}}
    server.run(
        current,
        options.load(chosen, settings().lang, settings().author),
        lambda text: console.message(localise(text, language.current())),
        None if settings().quiet else _log,
        check=check,
    )


def _log(line: str) -> None:
    sys.stderr.write(f"{line}\n")
