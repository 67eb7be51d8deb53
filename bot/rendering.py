"""A reply becomes text for one medium, through that medium's template and nothing else.

``templates/media/<medium>.j2`` lays out blocks; HTML media escape every value.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.messages import Block, Reply
from bot.phrases import phrases

Medium = Literal["plain.txt", "telegram.html", "web.html"]

DIRECTORY = Path(__file__).parent / "templates" / "media"


def render(reply: Reply, medium: Medium) -> str:
    """The whole reply in a medium, buttons and attachments left to the channel."""
    return render_blocks(reply, reply.blocks, medium)


def render_blocks(reply: Reply, blocks: tuple[Block, ...], medium: Medium) -> str:
    """Some blocks of a reply, for channels that split long ones."""
    return _template(medium).render(blocks=blocks, reply=reply, say=phrases(reply.language).say).strip()


@cache
def _template(medium: Medium) -> Template:
    environment = Environment(
        loader=FileSystemLoader(DIRECTORY),
        autoescape=medium.endswith(".html"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(f"{medium}.j2")
