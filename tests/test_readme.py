"""The console and Python examples of the README, run in order."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import console

README = Path(__file__).resolve().parent.parent / "README.md"


def test_readme_examples_print_what_the_readme_shows(tmp_path: Path) -> None:
    tour = console.examples(README.read_text(encoding="utf-8"))
    assert tour, "the README has no console example"
    console.prepare(tmp_path)
    for example in tour:
        outcome = console.run(example, tmp_path)
        where = f"README.md:{example.line}: $ {example.command}"
        assert outcome.status == 0, f"{where}\nended with {outcome.status}:\n{outcome.printed}"
        assert console.fits(example.expected, outcome.printed), (
            f"{where}\nprints:\n{outcome.printed}\nthe README shows:\n{example.expected}\nRun `make readme`."
        )
    for code in re.findall(r"^```python\n(.*?)^```$", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"the README's Python failed with:\n{done.stderr}"
        assert done.stdout.strip()


# Tests of the runner.

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
    found = console.examples(DOCUMENT)
    assert [(one.command, one.expected, one.line) for one in found] == [
        ("printf 'one\\ntwo\\n'", "one\n...\n", 4),
        ("cat \\\n    /dev/null", "", 7),
        ("echo 'a tour that is 12 s long'", "a tour that is ... s long\n", 9),
        ("false", "never printed\n", 18),
    ]
    assert all(DOCUMENT[slice(*one.span)] == one.expected for one in found)


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


def test_make_demo_installs_nothing(tmp_path: Path) -> None:
    console.prepare(tmp_path)
    example = console.Example("make demo --dry-run", "", 1, (0, 0))
    outcome = console.run(example, tmp_path)
    assert "kg build" in outcome.printed
    assert "pip" not in outcome.printed
