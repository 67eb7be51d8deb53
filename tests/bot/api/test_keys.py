"""Keys: what the setting may say, who bears which, whose chats are whose."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.api.keys import SCOPES, Keyring, read_keys
from bot.errors import SettingsError

NAMES = st.from_regex(r"\A[A-Za-z0-9_-]{1,32}\Z")


def test_a_named_key_has_its_scopes_and_a_bare_secret_has_all() -> None:
    named, bare = read_keys(("ledger:read+check:a-secret", "another-secret"))

    assert (named.name, named.scopes) == ("ledger", {"read", "check"})
    assert bare.scopes == set(SCOPES)
    assert bare.name == read_keys(("x:read:y", "another-secret"))[1].name


def test_a_key_is_found_by_its_secret_alone() -> None:
    keys = read_keys(("a:read:first", "b:read:second:with:colons"))
    ring = Keyring(keys)

    assert ring.find("first") == keys[0]
    assert ring.find("second:with:colons") == keys[1]
    for wrong in ("", "a", "read", "a:read:first", "First", "first "):
        assert ring.find(wrong) is None


@pytest.mark.parametrize(
    ("entries", "named"),
    [
        (("name:top-secret",), "entry 1"),
        (("ok:read:fine", "name:write:top-secret"), "entry 2"),
        (("name::top-secret",), "entry 1"),
        (("名:read:top-secret",), "entry 1"),
        ((f"{'n' * 33}:read:top-secret",), "entry 1"),
        (("name:read:",), "empty"),
        (("name:read:top-secret", "name:check:other"), "name"),
        (("one:read:top-secret", "two:read:top-secret"), "secret"),
        (("top-secret", "top-secret"), "same"),
    ],
)
def test_a_wrong_entry_is_named_by_its_place_and_its_secret_is_not_shown(
    entries: tuple[str, ...], named: str
) -> None:
    with pytest.raises(SettingsError, match="XIZE_API_KEYS") as caught:
        read_keys(entries)

    assert named in str(caught.value)
    assert "top-secret" not in str(caught.value)


def test_a_secret_does_not_show_when_a_key_is_printed() -> None:
    (key,) = read_keys(("a:read:top-secret",))

    assert "top-secret" not in repr(key)
    assert key.digest.hex() not in repr(key)


@given(first=NAMES, second=NAMES, chat=st.text(max_size=20), other=st.text(max_size=20))
def test_no_chat_of_a_key_is_another_keys(first: str, second: str, chat: str, other: str) -> None:
    ours, theirs = read_keys((f"{first}:read:1",)) + read_keys((f"{second}:read:2",))

    assert (ours.chat(chat) == theirs.chat(other)) == ((first, chat) == (second, other))
    assert ours.chat(chat).startswith(theirs.chats) == (first == second)
