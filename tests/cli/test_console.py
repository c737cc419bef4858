"""No character of data controls a terminal, and no character is taken out of a file."""

from __future__ import annotations

import io
import json
import sys

import pytest
from helpers.stores import kg

from kg.cli import console

ATTACK = "a\x1b[31mb\x1b]0;x\x07\x9b2J\u202e"


class Terminal(io.StringIO):
    """A terminal that keeps what it is sent."""

    def isatty(self) -> bool:
        return True


def test_a_message_is_harmless(capsys: pytest.CaptureFixture[str]) -> None:
    console.message(f"{ATTACK}\nnext")
    assert capsys.readouterr().err == "a�[31mb�]0;x��2J�\nnext\n"


def test_a_file_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    console.exact(f"{ATTACK}\n", escapes=False)
    assert capsys.readouterr().out == f"{ATTACK}\n"


@pytest.mark.parametrize("escapes", [False, True])
def test_a_terminal_is_sent_no_control_characters(monkeypatch: pytest.MonkeyPatch, *, escapes: bool) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    console.exact(json.dumps(ATTACK, ensure_ascii=False) + "\n", escapes=escapes)
    sent = terminal.getvalue()
    assert sent.removesuffix("\n").isprintable()
    if escapes:
        assert json.loads(sent) == ATTACK


def test_an_unknown_option_is_harmless() -> None:
    err = kg("rank", f"--{ATTACK}").err
    assert "No such option" in err
    assert err.replace("\n", "").isprintable()
