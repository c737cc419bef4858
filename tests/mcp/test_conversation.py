"""The conversation in docs/how-to/assistants.md: each call has the answer that the page shows, on the curated links.

``KG_ANSWERS=write pytest tests/mcp/test_conversation.py`` records the present answers; read the difference.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from kg.api.graph import Graph
from kg.mcp.tools import TOOLS
from kg.settings import Settings
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

CALL = re.compile(r"```text\n> (?P<name>\w+) (?P<arguments>\{[^\n]*\})\n(?P<answer>.*?)```\n", re.DOTALL)


def test_each_call_has_the_answer_of_the_page(built: Path, root: Path) -> None:
    page = root / "docs/how-to/assistants.md"
    written = page.read_text(encoding="utf-8")
    with LocalStore(built).view() as view:
        graph = Graph(view, Settings())

        def answered(call: re.Match[str]) -> str:
            given = json.loads(call["arguments"])
            answer = TOOLS[call["name"]](graph, **({"site": None} if call["name"] == "map_link" else {}), **given)
            return f"```text\n> {call['name']} {call['arguments']}\n{answer.rstrip()}\n```\n"

        present = CALL.sub(answered, written)
    if os.environ.get("KG_ANSWERS") == "write":
        page.write_text(present, encoding="utf-8")
        return
    assert len(CALL.findall(written)) >= 7
    assert present == written
