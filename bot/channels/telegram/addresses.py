"""How Telegram's numbers are written in the store: ``telegram:<id>`` for chats and updates alike."""

from __future__ import annotations

CHANNEL = "telegram"


def address(number: int) -> str:
    """A chat's or an update's number as the store knows it."""
    return f"{CHANNEL}:{number}"


def number(address: str) -> int:
    """The number behind an address of this channel. Raises ValueError for another channel's."""
    channel, _, digits = address.partition(":")
    if channel != CHANNEL:
        raise ValueError(f"not a Telegram address: {address}")
    return int(digits)


def is_ours(address: str) -> bool:
    """Whether an address is this channel's."""
    return address.startswith(f"{CHANNEL}:")
