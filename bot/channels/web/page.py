"""The page itself: a small shell in the visitor's language. Talk is filled in by its scripts."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.channels.web.assets import assets
from bot.channels.web.language import LANGUAGES
from bot.messages import Language
from bot.phrases import phrases

EXAMPLES = ("people", "check", "dates", "acceptance", "clause")
# Each language by its own name, short and in full.
NAMES: dict[Language, tuple[str, str]] = {
    "zh-Hans": ("简", "简体中文"),
    "zh-Hant": ("繁", "繁體中文"),
    "en": ("EN", "English"),
}

# What the scripts say, by the last part of its phrase's key.
SPOKEN = (
    "you", "xize", "typing", "offline", "reconnecting", "not_sent", "retry", "slow", "new_lines",
    "today", "yesterday", "file_too_large", "download", "uploading", "title_news", "lost_chat",
    "invitation", "link", "liked", "disliked",
)  # fmt: skip


@cache
def page(language: Language, *, is_new: bool, upload_limit: int) -> str:
    """The page's HTML. ``is_new``: a first visit, greeted at once; ``upload_limit`` in bytes."""
    words = phrases(language)
    return _template().render(
        language=language,
        is_new=is_new,
        languages=[(code, *NAMES[code]) for code in LANGUAGES],
        examples=[words.say(f"web.example.{name}") for name in EXAMPLES],
        spoken={key: words.say(f"web.spoken.{key}", limit=upload_limit // 1_000_000) for key in SPOKEN},
        upload_limit=upload_limit,
        say=words.say,
        url=assets().url,
        modules=assets().names(".js"),
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html.j2")
