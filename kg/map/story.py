"""Stories: steps of text that lead through the views of a map, read from YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from kg.errors import InputError, reason
from kg.files import read_plain
from kg.map.scene.model import StoryStep
from kg.texts import Text

if TYPE_CHECKING:
    from pathlib import Path

_FIELDS = {"title", "text", "view"}
MAX_BYTES = 1_000_000


def read(path: Path) -> tuple[StoryStep, ...]:
    """Return the steps of a story: a list of mappings with ``text``, and optionally ``title`` and ``view``.

    A text is a string, or a mapping of "en" and "zh". A view is the address of a view of the map, from its ``#`` on.

    Raises:
        InputError: the file cannot be read, or it is not such a list.
    """
    try:
        content = read_plain(path)
        if len(content) > MAX_BYTES:
            raise InputError("{path}: a story may have {MAX_BYTES} bytes; shorten it", path=path, MAX_BYTES=MAX_BYTES)
        steps = yaml.safe_load(content)
    except (OSError, yaml.YAMLError, ValueError) as error:
        raise InputError("{path}: cannot be read ({error})", path=path, error=reason(error)) from error
    if not isinstance(steps, list) or not steps:
        raise InputError("{path}: a story is a list of steps; begin each with - text:", path=path)
    return tuple(_step(step, i, path) for i, step in enumerate(steps, start=1))


def _step(step: object, number: int, path: Path) -> StoryStep:
    if not isinstance(step, dict) or "text" not in step or not set(step) <= _FIELDS:
        raise InputError(
            "{path}: step {number} needs text, and only title and view beside it", path=path, number=number
        )
    view = step.get("view", "")
    if not isinstance(view, str):
        raise InputError("{path}: the view of step {number} is not an address; quote it", path=path, number=number)
    title, text = (_text(step.get(field, ""), field, number, path) for field in ("title", "text"))
    return StoryStep(title, text, view[view.find("#") + 1 :] if "#" in view else view)


def _text(value: object, field: str, number: int, path: Path) -> Text:
    if isinstance(value, str):
        return Text(value, value)
    if isinstance(value, dict) and value and all(value.get(key, "") is not None for key in ("en", "zh")):
        texts = {key: value[key] for key in ("en", "zh") if isinstance(value.get(key), str)}
        if set(value) == set(texts):
            return Text(texts.get("en"), texts.get("zh"))
    raise InputError(
        "{path}: the {field} of step {number} is neither a text nor texts by en and zh",
        path=path,
        field=field,
        number=number,
    )
