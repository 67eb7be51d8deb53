"""Updates pushed by Telegram: 200 is said only after the update is kept."""

from __future__ import annotations

import hmac
import json
import logging

from bot.channels.telegram.intake import Intake
from storage.errors import StoreError

log = logging.getLogger(__name__)

BODY_LIMIT = 1_000_000  # bytes; an update is a few thousand


class Webhook:
    """What the web server calls for each POST on the webhook's path."""

    def __init__(self, intake: Intake, secret: str) -> None:
        self._intake = intake
        self._secret = secret.encode()

    async def handle(self, body: bytes, secret: str | None) -> int:
        """Keep the update; the HTTP status to answer with. ``secret`` is the request's header
        ``X-Telegram-Bot-Api-Secret-Token``. Anything but 200 makes Telegram send it again."""
        if not hmac.compare_digest((secret or "").encode(), self._secret):
            return 403
        if len(body) > BODY_LIMIT:
            return 413
        try:
            raw = json.loads(body)
        except ValueError:
            return 400
        if not isinstance(raw, dict):
            return 400
        try:
            await self._intake.keep([raw])
        except StoreError as error:
            log.warning("an update could not be kept, Telegram will send it again: %s", error)
            return 503
        return 200
