"""Questions to a model with a cache by digest and a ceiling of calls and tokens."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.files import atomic_write
from kg.read.llm.endpoint import ModelError, ask
from kg.read.model import digest

if TYPE_CHECKING:
    from pathlib import Path

    from kg.read.llm.endpoint import Endpoint

CALLS = 100
TOKENS = 500_000
LONGEST = 8_000
"""Most tokens of one answer."""
_BYTES = 2
"""Bytes of UTF-8 in a token, at least: English has four, Chinese two to three."""


@dataclass
class Budget:
    """The calls and tokens that are left; an answer of the cache costs nothing."""

    calls: int = CALLS
    tokens: int = TOKENS

    def take(self, asked: int) -> int:
        """Take a call of a question of `asked` tokens, and return the most tokens that its answer may have.

        Raises:
            ModelError: no call is left, or fewer tokens than the question has.
        """
        if self.calls <= 0:
            raise ModelError("the calls of the budget are used up; raise --budget")
        if self.tokens <= asked:
            raise ModelError(
                "the budget has {left} tokens left, the question about {asked}; raise --budget CALLS,TOKENS",
                left=self.tokens,
                asked=asked,
            )
        self.calls -= 1
        return min(self.tokens - asked, LONGEST)


@dataclass(frozen=True)
class Conversation:
    """A model with its cache and budget."""

    model: Endpoint
    budget: Budget
    cache: Path

    def answer(self, system: str, user: str, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the JSON object with which the model answers.

        Raises:
            ModelError: the budget is used up, or the answer is cut off, a refusal, or another value than the schema's.
            OutputError: the answer cannot be cached.
        """
        body = {
            "model": self.model.model,
            "temperature": 0,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": user}],
            "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": schema}},
        }
        path = self.cache / f"{digest(json.dumps([self.model.url, body], ensure_ascii=False, sort_keys=True))}.json"
        if path.exists():
            cached: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            return cached
        value = _content(self._ask(body))
        self.cache.mkdir(parents=True, exist_ok=True)
        atomic_write(path, json.dumps(value, ensure_ascii=False))
        return value

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        asked = len(json.dumps(body, ensure_ascii=False).encode("utf-8", "surrogatepass")) // _BYTES
        longest = self.budget.take(asked)
        answer = ask(self.model, body | {"max_tokens": longest})
        usage = answer.get("usage")
        used = usage.get("total_tokens") if isinstance(usage, dict) else None
        self.budget.tokens -= used if isinstance(used, int) and used > 0 else asked + longest
        return answer


def _content(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the object in the first choice of an answer."""
    try:
        choice = answer["choices"][0]
        message = choice["message"]
        text = message.get("content")
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ModelError("the answer of the model contains no choice") from error
    if message.get("refusal") or not isinstance(text, str):
        raise ModelError("the model refused to answer")
    if choice.get("finish_reason") == "length":
        raise ModelError("the answer of the model is cut off")
    try:
        value = json.loads(text)
    except ValueError as error:
        raise ModelError("the model answered no JSON") from error
    if not isinstance(value, dict):
        raise ModelError("the model answered no JSON object")
    return value
