import json
from typing import Any

import pytest

from bot.channels.telegram.intake import Intake
from bot.channels.telegram.webhook import BODY_LIMIT, Webhook
from storage.errors import StoreUnavailable
from tests.bot.channels.telegram.house import House, open_house

SECRET = "a-secret"


def _webhook(house: House) -> Webhook:
    return Webhook(Intake(house.store, clock=lambda: house.now, notice=lambda kept: None), SECRET)


def _update(house: House) -> bytes:
    house.world.user(1).writes("第十条")
    return json.dumps(house.world.waiting[-1]).encode()


async def test_an_update_is_kept_before_200_is_said() -> None:
    async with open_house(serve=False) as house:
        assert await _webhook(house).handle(_update(house), SECRET) == 200
        kept = await house.store.waiting()
        assert [(item.id, item.chat, item.received_at) for item in kept] == [
            ("telegram:1001", "telegram:1", house.now)
        ]


async def test_the_same_update_twice_is_kept_once() -> None:
    async with open_house(serve=False) as house:
        webhook, update = _webhook(house), _update(house)
        assert [await webhook.handle(update, SECRET) for _ in range(3)] == [200] * 3
        assert len(await house.store.waiting()) == 1


@pytest.mark.parametrize("secret", [None, "", "A-secret", "a-secret ", "密"])
async def test_only_telegram_is_let_in(secret: str | None) -> None:
    async with open_house(serve=False) as house:
        assert await _webhook(house).handle(_update(house), secret) == 403
        assert await house.store.waiting() == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"{", 400), (b"\xff\xfe", 400), (b"[]", 400), (b" " * (BODY_LIMIT + 1), 413), (b"{}", 200)],
    ids=["empty", "broken", "bytes", "list", "huge", "numberless"],
)
async def test_what_is_no_update_is_not_kept(body: bytes, status: int) -> None:
    async with open_house(serve=False) as house:
        assert await _webhook(house).handle(body, SECRET) == status
        assert await house.store.waiting() == []


async def test_what_cannot_be_kept_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_house(serve=False) as house:

        async def fail(_: Any) -> int:
            raise StoreUnavailable("disk full")

        monkeypatch.setattr(house.store, "receive", fail)
        assert await _webhook(house).handle(_update(house), SECRET) == 503
