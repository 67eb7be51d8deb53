import pytest

from bot.channels.telegram.addresses import address, is_ours, number


@pytest.mark.parametrize("chat", [1, -5, -1001234567890, 9007199254740991])
def test_a_number_survives_the_way_there_and_back(chat: int) -> None:
    assert number(address(chat)) == chat
    assert is_ours(address(chat))


@pytest.mark.parametrize("other", ["web:12", "telegram", "telegram:", "telegram:x", "12"])
def test_another_channels_address_is_refused(other: str) -> None:
    with pytest.raises(ValueError, match=r"Telegram|literal"):
        number(other)
