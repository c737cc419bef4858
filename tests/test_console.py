"""The runner of console examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import console

if TYPE_CHECKING:
    from pathlib import Path

DOCUMENT = """\
# A tour

```console
$ printf 'one\\ntwo\\n'
one
...
$ cat \\
    /dev/null
$ echo 'a tour that is 12 s long'
a tour that is ... s long
```

```sh
$ rm -r everything
```

```console
$ false
never printed
```
"""


def test_examples_are_found() -> None:
    actual = console.examples(DOCUMENT)
    assert [(one.command, one.expected, one.line) for one in actual] == [
        ("printf 'one\\ntwo\\n'", "one\n...\n", 4),
        ("cat \\\n    /dev/null", "", 7),
        ("echo 'a tour that is 12 s long'", "a tour that is ... s long\n", 9),
        ("false", "never printed\n", 18),
    ]
    assert all(DOCUMENT[slice(*one.span)] == one.expected for one in actual)


def test_output_without_a_prompt_is_refused() -> None:
    with pytest.raises(ValueError, match="line 4: the block does not begin with a prompt"):
        console.examples("# Title\n\n```console\nkg build\n```\n")


def test_examples_run_in_the_folder_and_report_their_status(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", "elsewhere")
    outcomes = [console.run(one, tmp_path) for one in console.examples(DOCUMENT)]
    assert [outcome.status for outcome in outcomes] == [0, 0, 0, 1]
    assert outcomes[0].printed == "one\ntwo\n"
    example = console.Example('pwd; echo "store: $KG_STORE"; echo late >&2', "", 1, (0, 0))
    assert console.run(example, tmp_path).printed == f"{tmp_path}\nstore: \nlate\n"


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("kg rank --limit 3", ["rank", "--limit", "3"]),
        ("kg show 'a b' \\\n    --wide", ["show", "a b", "--wide"]),
        ("kg rank | head -3", None),
        ("kg rank > ranks.txt", None),
        ("kg show no-such-actor || echo $?", None),
        ("cat kg", None),
    ],
)
def test_a_call_of_kg_alone_requires_no_shell(command: str, words: list[str] | None) -> None:
    assert console.alone(command) == words


def test_a_shell_and_this_process_print_the_same(tmp_path: Path) -> None:
    call, again = (
        console.Example(command, "", 1, (0, 0)) for command in ("kg show no-such-actor", "kg show no-such-actor;")
    )
    assert console.alone(call.command)
    assert console.run(call, tmp_path) == console.run(again, tmp_path)


@pytest.mark.parametrize(
    ("expected", "printed", "fit"),
    [
        ("one\ntwo\n", "one\ntwo\n", True),
        ("one\ntwo\n", "one  \ntwo\n\n", True),
        ("", "", True),
        ("", "one\n", False),
        ("one\n", "", False),
        ("one\n", "one\ntwo\n", False),
        ("one\n...\nfour\n", "one\ntwo\nthree\nfour\n", True),
        ("one\n...\nfour\n", "one\nfour\n", True),
        ("one\n...\nfour\n", "one\ntwo\n", False),
        ("...\n", "one\ntwo\n", True),
        ("in ... s\n", "in 12 s\n", True),
        ("in ... s\n", "in 12\nand 3 s\n", False),
        ("1.5 (a|b)\n", "1x5 a\n", False),
    ],
)
def test_fits(expected: str, printed: str, fit: bool) -> None:
    assert console.fits(expected, printed) is fit


def test_rewrite_changes_only_outdated_output() -> None:
    first, second, third, fourth = console.examples(DOCUMENT)
    printed = {first: "one\ntwo\n", second: "new output\n", third: "a tour that is 9 s long\n", fourth: ""}
    updated = console.rewrite(DOCUMENT, printed)
    assert updated == DOCUMENT.replace("/dev/null\n", "/dev/null\nnew output\n").replace("never printed\n", "")


@pytest.mark.parametrize(
    ("text", "store"),
    [
        ("$ kg rank\n", "curated"),
        ("$ make demo\n...\n$ kg build > build.txt\n", "complete"),
        ("$ kg build\n", "complete"),
        ("$ kg build --collection curated 2>&1 | tail -1\n", "none"),
    ],
)
def test_a_page_that_builds_all_collections_gets_their_store(text: str, store: str) -> None:
    assert console.initial_store(text) == store


def test_several_pages_show_each_repeated_example() -> None:
    shown = [command for page in console.pages() for command in console.repeated(page.read_text(encoding="utf-8"))]
    assert {command: shown.count(command) > 1 for command in shown} == dict.fromkeys(console.REPEATED, True)


@pytest.mark.parametrize(
    ("command", "repeated"),
    [
        ("kg questions", [console.SITE]),
        ("kg resolve show xaut", [console.SITE]),
        ("kg build", []),
        ("kg ingest table m.yaml", []),
        ("KG_AUTHOR=a kg forget b", []),
        ("kg resolve judge a b same", []),
        ("kg store restore a.tar", []),
    ],
)
def test_a_page_that_changes_its_store_runs_its_own_examples(command: str, repeated: list[str]) -> None:
    assert console.repeated(f"```console\n$ {command}\n$ {console.SITE}\n```\n") == repeated


def test_maps_and_ranks_are_the_same_on_all_collections() -> None:
    text = "".join(f"$ {command}\n" for command in ("kg build", *console.REPEATED))
    assert console.repeated(f"```console\n{text}```\n") == [*console.REPEATED[1:]]


def test_make_demo_installs_nothing(tmp_path: Path) -> None:
    console.prepare(tmp_path, None)
    example = console.Example("make demo --dry-run", "", 1, (0, 0))
    outcome = console.run(example, tmp_path)
    assert "kg build" in outcome.printed
    assert "pip" not in outcome.printed
