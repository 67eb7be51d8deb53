"""A form as the console takes it: bounded, and only from a page of our own that holds the right token."""

from __future__ import annotations

from urllib.parse import parse_qsl

from starlette.requests import Request

from bot.channels.web.guard import is_foreign
from bot.channels.web.payload import Dropped, read_body, read_form
from bot.channels.web.problems import RefusedError
from bot.console.gate import Gate, Pass

LARGEST_FILE = 20_000_000  # bytes: a scanned law text with its appendices
LARGEST_FORM = 20_000  # bytes without a file
FIELDS = 16
TOKEN = "token"  # noqa: S105 - the name of the field

Form = dict[str, str | Dropped]


async def read(request: Request, gate: Gate, held: Pass, hosts: tuple[str, ...]) -> Form:
    """The fields of a posted form; files of operators alone, since a stranger's would fill the memory. Raises
    RefusedError: 403 from elsewhere or without the token, 413 too large, 422 not a form."""
    if is_foreign(request, hosts):
        raise RefusedError(403, "foreign")
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type == "multipart/form-data" and held.is_operator:
        form = await read_form(request, LARGEST_FILE, fields=FIELDS)
    else:
        form = dict(await _pairs(request))
    token = form.get(TOKEN)
    if not isinstance(token, str) or not await gate.fits(held, token):
        raise RefusedError(403, "foreign")
    return form


async def _pairs(request: Request) -> list[tuple[str, str]]:
    body = await read_body(request, LARGEST_FORM, RefusedError(413, "bad_request"))
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=FIELDS)
    except ValueError as error:
        raise RefusedError(422, "bad_request") from error
