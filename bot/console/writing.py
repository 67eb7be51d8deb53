"""The console's pages as HTML: Jinja2 with every value escaped, no script."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.web.assets import Assets, assets
from bot.channels.web.language import LANGUAGES
from bot.channels.web.page import NAMES

if TYPE_CHECKING:
    from bot.console.desk import Visit

# The rooms of the console, in the order of the menu.
ROOMS = ("overview", "deliveries", "lists", "companies", "questions", "instruments", "audit")
# What can be said at the top of a page after something was done.
SAID = (
    "closed", "arrived", "repeated", "too_late", "loaded", "handled", "handled_before", "alias_kept",
    "alias_known", "stored", "left",
)  # fmt: skip
STYLES = ("frame.css", "pieces.css")


def written(visit: Visit, name: str, **values: Any) -> str:
    """A page in the visitor's language."""
    zone = visit.desk.zone
    path = visit.request.url.path

    def local(moment: datetime) -> str:
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")

    return (
        _environment()
        .get_template(f"{name}.html.j2")
        .render(
            say=visit.say.say,
            spoken=visit.say,
            called=visit.say.called,
            words=visit.say.words,
            local=local,
            language=visit.language,
            languages=[(code, *NAMES[code], f"{path}?{_with(visit, 'lang', code)}") for code in LANGUAGES],
            styles=[assets().url("colours.css"), *(own_assets(visit.root).url(name) for name in STYLES)],
            icon=assets().url("icon.svg"),
            root=visit.root,
            rooms=ROOMS if visit.held.is_operator else (),
            here=path.removeprefix(visit.root).strip("/").partition("/")[0] or "overview",
            said=_said(visit),
            token=visit.token,
            **values,
        )
    )


@cache
def own_assets(root: str) -> Assets:
    """The console's own styles, addressed from where it is mounted."""
    return Assets(Path(__file__).parent / "static", root)


def _said(visit: Visit) -> str:
    """The sentence that the page begins with: what the operator has just done."""
    name = visit.asked("said")
    return visit.say.say(f"console.said.{name}") if name in SAID else ""


def _with(visit: Visit, name: str, value: str) -> str:
    return urlencode({**visit.request.query_params, name: value})


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
