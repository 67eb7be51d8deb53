"""What the OpenAPI document promises is kept: schemathesis sends what it allows and what it forbids, and
runs all its checks on the answers.

``XIZE_API_EXAMPLES=200`` sends more of each kind.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path
from tempfile import gettempdir

import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, settings
from schemathesis.core.parameters import ParameterLocation

from bot.api.server import PREFIX
from bot.channels.web.limits import Rate
from storage.opening import open_store
from tests.bot.api.house import KEYS, SECRETS, ApiHouse

EXAMPLES = int(os.environ.get("XIZE_API_EXAMPLES", "4"))
ENOUGH = Rate(1e9, 1e9)  # how often one may ask is tested by itself


def _served() -> FastAPI:
    """The API, with a store that is opened in the loop that serves it."""
    store = open_store("sqlite:///:memory:")

    @asynccontextmanager
    async def running(_: FastAPI) -> AsyncIterator[None]:
        await store.open()
        try:
            yield
        finally:
            await store.close()

    folder = Path(gettempdir()) / "xize-api"
    return ApiHouse(store, folder, KEYS, lifespan=running, calls=ENOUGH, strangers=ENOUGH).app


schema = schemathesis.openapi.from_asgi(f"{PREFIX}/openapi.json", _served())
_numbers = count()


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    derandomize=EXAMPLES < 10,
    suppress_health_check=list(HealthCheck),
)
def test_every_address_keeps_what_the_document_promises(case: schemathesis.Case) -> None:
    meta = case.meta
    if case.headers and "Idempotency-Key" in case.headers and meta and meta.generation.mode.is_positive:
        # A key that named another request is refused, by design; here each request is one of its own.
        case.headers["Idempotency-Key"] = f"{case.headers['Idempotency-Key'][:100]}-{next(_numbers)}"
    # Headers that are wrong on purpose stay wrong: our key would mend what was to be refused.
    mended = meta is None or not meta.is_negative_at(ParameterLocation.HEADER)
    case.call_and_validate(headers={"Authorization": f"Bearer {SECRETS['all']}"} if mended else None)
