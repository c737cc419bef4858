"""The files of `deploy/`: they start commands that exist, without rights that the server does not need."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from pathlib import Path

import click
import pytest

from kg.cli import kg

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"


@pytest.fixture(scope="module")
def service() -> configparser.SectionProxy:
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(DEPLOY / "helix-kg.service", encoding="utf-8")
    return parser["Service"]


def _parses(words: list[str]) -> bool:
    """Return whether the command line knows a command and its options."""
    parent = click.Context(kg, help_option_names=kg.context_settings["help_option_names"])  # a command keeps them
    command = kg.get_command(parent, words[0])
    assert command is not None
    command.make_context(words[0], words[1:], parent=parent, resilient_parsing=False)
    return True


def test_the_unit_starts_commands_that_exist(service: configparser.SectionProxy) -> None:
    for key in ("ExecStartPre", "ExecStart"):
        program, *words = shlex.split(service[key])
        assert program.endswith("/bin/kg")
        assert _parses(words)


def test_the_unit_has_no_right_to_write_or_to_gain_rights(service: configparser.SectionProxy) -> None:
    expected = {
        "User": "helix-kg",
        "ProtectSystem": "strict",
        "NoNewPrivileges": "yes",
        "CapabilityBoundingSet": "",
        "IPAddressDeny": "any",
        "RestrictNamespaces": "yes",
    }
    assert {key: service[key] for key in expected} == expected
    assert not {"ReadWritePaths", "StateDirectory"} & set(service)


def test_the_image_runs_a_command_that_exists_as_another_user_than_root() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last, re.MULTILINE)
    assert json.loads(re.findall(r"^ENTRYPOINT (.*)$", last, re.MULTILINE)[-1]) == ["kg"]
    assert _parses(json.loads(re.findall(r"^CMD (.*)$", last, re.MULTILINE)[-1]))
