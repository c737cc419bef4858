"""The address, model and key of a language model, and one bounded request to it."""

from __future__ import annotations

import ipaddress
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import urllib3

from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

RETRIES = 3
"""Attempts after the first at an answer with status 429, 500, 502, 503 or 504."""
MAX_WAIT = 30.0
"""Longest wait before another attempt, in seconds, whatever the server asks for."""
TIME_LIMIT = urllib3.Timeout(connect=10.0, read=120.0)
MAX_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A language model.

    Attributes:
        url: address up to ``/v1``.
        model: name of the model.
        key: the key, which representations hide and no output contains.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)


def endpoint(env: Mapping[str, str] = os.environ) -> Endpoint:
    """Return the model that the environment names.

    Raises:
        UsageError: a variable is missing, or the key would travel unencrypted to another machine.
    """
    url, name, key = env.get("KG_LLM_URL", "").rstrip("/"), env.get("KG_LLM_MODEL", ""), env.get("KG_LLM_KEY") or None
    if not url or not name:
        raise UsageError("--llm requires the variables KG_LLM_URL and KG_LLM_MODEL")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise UsageError("KG_LLM_URL: {url!r} is not an address; write it as https://HOST/v1", url=url)
    if parts.username or parts.password:
        raise UsageError("KG_LLM_URL contains a password; set KG_LLM_KEY")
    if key and parts.scheme == "http" and not _is_loopback(parts.hostname):
        raise UsageError("KG_LLM_KEY would travel unencrypted; use an https address")
    return Endpoint(url, name, key)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class ModelError(InputError):
    """The model gave no usable answer."""


def ask(one: Endpoint, body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer of the model as JSON.

    Raises:
        ModelError: the server cannot be reached, refuses the request, or gives another answer than JSON.
    """
    status, content = _post(one, json.dumps(body).encode())
    if status != 200:
        raise ModelError("the model refused the request with status {status}", status=status)
    if len(content) > MAX_BYTES:
        raise ModelError("the answer of the model is longer than {limit} bytes", limit=MAX_BYTES)
    try:
        value = json.loads(content)
    except (ValueError, UnicodeDecodeError) as error:
        raise ModelError("the answer of the model is not JSON") from error
    if not isinstance(value, dict):
        raise ModelError("the answer of the model is not a JSON object")
    return value


def _post(one: Endpoint, body: bytes) -> tuple[int, bytes]:
    """Return the status and the first bytes of the answer, after retries where the server is busy."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {one.key}"} if one.key else {})}
    retries = urllib3.Retry(
        total=RETRIES,
        status_forcelist=(429, 500, 502, 503, 504),
        allowed_methods={"POST"},
        backoff_factor=0.2,
        backoff_max=MAX_WAIT,
        retry_after_max=int(MAX_WAIT),
        raise_on_status=False,
    )
    url = f"{one.url}/chat/completions"
    with urllib3.PoolManager(retries=retries, timeout=TIME_LIMIT) as pool:
        try:
            answer = pool.request("POST", url, body=body, headers=headers, preload_content=False, redirect=False)
            return answer.status, answer.read(MAX_BYTES + 1)
        except urllib3.exceptions.HTTPError as error:
            raise ModelError("the model cannot be reached ({error})", error=type(error).__name__) from error
