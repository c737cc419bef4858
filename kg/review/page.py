"""The review page: one offline HTML file with its data, whose script creates elements and text nodes only."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import PackageLoader

from kg.map.html import modules, template
from kg.map.scene.styles import base
from kg.review.messages import TITLE, WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN = "script/review/main.js"
"""The module that starts the page."""


def render(data: Mapping[str, Any]) -> str:
    """Return the page for the data of `kg.review.content`, to be written as UTF-8."""
    lang = str(data["lang"])
    style = base() + files("kg.review").joinpath("page.css").read_text(encoding="utf-8")
    script = modules.script(MAIN)
    environment = template.environment(PackageLoader("kg.review", "."))
    text: str = environment.get_template("page.html").render(
        lang=template.language_tag(lang),
        title=TITLE.format(stem=data["stem"]).localise(lang),
        word={key: label.localise(lang) for key, label in WORDS.items()},
        data=data,
        script=script,
        style=style,
        policy=template.policy(scripts=(script,), styles=(style,)),
    )
    return text
