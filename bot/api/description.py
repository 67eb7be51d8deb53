"""What the API is, for programs (OpenAPI) and for people (one plain page)."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.api.answered import ProblemAnswer
from bot.api.naming import name_all
from bot.api.problems import MEDIA_TYPE
from bot.api.writing import written
from rules_engine.rulebook import Rulebook

# What can be the matter with any request, and with one that has a body.
_ALWAYS = {
    400: "The request cannot be read",
    401: "No key, or an unknown one",
    403: "The key lacks the scope, or the call does not come from this machine",
    404: "There is no such thing",
    422: "Something in the request is wrong; `errors` says where",
    429: "Too many requests; see Retry-After",
    500: "Something went wrong inside",
    503: "Not now; see Retry-After",
}
_WITH_BODY = {
    409: "Served before, but the answer was not kept",
    413: "The body is too large",
    415: "The body is not application/json",
}
_HEADERS = {
    "RateLimit-Limit": "How many requests the key may send at once",
    "RateLimit-Remaining": "How many of them are left",
    "RateLimit-Reset": "Seconds until all of them are there again",
}


def describe(app: FastAPI, rulebook: Rulebook, prefix: str) -> dict[str, Any]:
    """The OpenAPI document of the application under ``prefix``."""
    document = get_openapi(
        title="Xize 细则",
        version="1",
        description=_words()["introduction"],
        routes=app.routes,
        servers=[{"url": prefix}],
        separate_input_output_schemas=False,
    )
    components = document["components"]
    models = components["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        models.pop(unused, None)
    models["Problem"] = ProblemAnswer.model_json_schema(ref_template="#/components/schemas/{model}")
    models.update(models["Problem"].pop("$defs", {}))
    name_all(models, rulebook)
    _show_examples(models)
    components["responses"] = {
        str(status): _problem(text) for status, text in sorted({**_ALWAYS, **_WITH_BODY}.items())
    }
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer", "description": "A key of the setting XIZE_API_KEYS."}
    }
    document["security"] = [{"key": []}]
    for path in document["paths"].values():
        for operation in path.values():
            _finish(operation)
    return document


def _show_examples(models: dict[str, Any]) -> None:
    for model, examples in _words()["examples"].items():
        for key, values in examples.items():
            if model in models:
                models[model]["properties"][key]["examples"] = values


def _finish(operation: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        parameter["schema"] = _without_null(parameter["schema"])
        if (example := _words()["parameters"].get(parameter["name"])) is not None:
            parameter["example"] = example
    answers = operation["responses"]
    answers["200"]["headers"] = {
        name: {"description": text, "schema": {"type": "integer"}} for name, text in _HEADERS.items()
    }
    if "law" in operation.get("tags", ()):
        answers["200"]["headers"]["ETag"] = {
            "description": "Send it as If-None-Match: 304 means that your copy is still right",
            "schema": {"type": "string"},
        }
        answers["304"] = {"description": "Your copy is still right"}
    possible = {**_ALWAYS, **_WITH_BODY} if "requestBody" in operation else _ALWAYS
    answers.update({str(status): {"$ref": f"#/components/responses/{status}"} for status in possible})


def _without_null(schema: dict[str, Any]) -> dict[str, Any]:
    """An address or header cannot say null: what is left out is absent."""
    kinds = [kind for kind in schema.pop("anyOf", ()) if kind != {"type": "null"}]
    return {**schema, **(kinds[0] if kinds else {})}


def _problem(text: str) -> dict[str, Any]:
    return {
        "description": text,
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }


@lru_cache(maxsize=4)
def as_json(app: FastAPI, rulebook: Rulebook, prefix: str) -> str:
    """The document as programs read it."""
    return written(describe(app, rulebook, prefix))


@lru_cache(maxsize=4)
def as_page(app: FastAPI, rulebook: Rulebook, prefix: str) -> str:
    """The document as people read it: a page without scripts."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    document = describe(app, rulebook, prefix)
    return environment.get_template("page.html.j2").render(document=document, style=_style())


@cache
def page_policy() -> str:
    """The Content-Security-Policy of the page: its own style and nothing else."""
    digest = base64.b64encode(hashlib.sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; frame-ancestors 'none'"


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@cache
def _style() -> str:
    return (Path(__file__).parent / "page.css").read_text(encoding="utf-8")
