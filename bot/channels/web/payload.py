"""What a browser may post: JSON for words and buttons, a form for a file; the rest is refused by name."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Self

from fastapi import Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from bot.channels.web.limits import Limits
from bot.channels.web.problems import RefusedError
from bot.messages import TAP_LIMIT

FORM_ROOM = 10_000  # bytes of a form around its file


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file as the browser sent it; the name is the browser's word and not to be trusted."""

    name: str
    content: bytes


class MessageIn(BaseModel):
    """A message of the page. ``line`` is the transcript line that holds the button of ``tap``."""

    model_config = ConfigDict(extra="forbid", strict=True, arbitrary_types_allowed=True)

    id: str = Field(pattern=r"^[A-Za-z0-9_-]{8,64}$")
    text: str | None = None
    tap: str | None = Field(None, min_length=1, max_length=TAP_LIMIT)
    line: int | None = Field(None, ge=1, lt=2**53)
    file: Dropped | None = None

    @model_validator(mode="after")
    def _holds_one(self) -> Self:
        if sum(part is not None for part in (self.text, self.tap, self.file)) != 1:
            raise ValueError("exactly one of text, tap and file")
        return self


async def read_message(request: Request, limits: Limits) -> MessageIn:
    """The message in a request. Raises RefusedError: 413 too long, 415 another type, 422 not a message."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if media_type == "multipart/form-data":
            message = MessageIn.model_validate(await read_form(request, limits.upload, fields=2))
        elif media_type == "application/json":
            message = MessageIn.model_validate_json(await read_body(request, limits.body, _too_long(limits)))
        else:
            raise RefusedError(415, "wrong_type")
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][:1]) or first["type"]
        raise RefusedError(422, "unreadable", field=name) from error
    _check_text(message.text, limits)
    return message


def _check_text(text: str | None, limits: Limits) -> None:
    if text is None:
        return
    if not text.strip():
        raise RefusedError(422, "empty_text")
    if len(text) > limits.text:
        raise _too_long(limits)


def _too_long(limits: Limits) -> RefusedError:
    return RefusedError(413, "text_too_long", limit=limits.text)


async def read_form(request: Request, limit: int, *, fields: int) -> dict[str, str | Dropped]:
    """A form with at most one file of ``limit`` bytes. Raises RefusedError."""
    too_large = RefusedError(413, "too_large", limit=limit // 1_000_000)
    body = await read_body(request, limit + FORM_ROOM, too_large)

    async def whole() -> AsyncGenerator[bytes, None]:
        yield body

    try:
        form = await MultiPartParser(request.headers, whole(), max_files=1, max_fields=fields).parse()
    except (MultiPartException, KeyError) as error:  # KeyError: no boundary named
        raise RefusedError(422, "bad_request") from error
    try:
        return {name: await _part(part, limit) for name, part in form.items()}
    finally:
        await form.close()


async def _part(part: UploadFile | str, limit: int) -> str | Dropped:
    if isinstance(part, str):
        return part
    content = await part.read()
    if len(content) > limit:
        raise RefusedError(413, "too_large", limit=limit // 1_000_000)
    if not content:
        raise RefusedError(422, "empty_file")
    return Dropped(part.filename or "", content)


async def read_body(request: Request, limit: int, refusal: RefusedError) -> bytes:
    """The body, read no further than ``limit`` bytes whatever its length claims."""
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise refusal
    except ClientDisconnect:  # nobody hears the answer, and it is no error of ours
        raise RefusedError(400, "bad_request") from None
    return bytes(body)
