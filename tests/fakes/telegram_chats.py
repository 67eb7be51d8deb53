"""Chats of the fake world: who is there, what was said, and whether the bot may speak."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram_errors import ApiError, bad_request

Json = dict[str, Any]


@dataclass(slots=True)
class Chat:
    """A private chat or a group with its messages, as Telegram's JSON."""

    id: int
    kind: str
    title: str
    messages: list[Json] = field(default_factory=list)
    refusal: str = ""  # why the bot may not speak here
    administrators: set[int] = field(default_factory=set)  # of a group
    topics: set[int] | None = None  # of a forum; None: no forum
    moved_to: int | None = None

    @property
    def json(self) -> Json:
        """The chat as messages name it."""
        name = {"first_name": self.title} if self.kind == "private" else {"title": self.title}
        return {"id": self.id, "type": self.kind, **name}

    def admit(self) -> None:
        """Let the bot speak, or raise as the server would."""
        if self.moved_to is not None:
            raise bad_request(
                "group chat was upgraded to a supergroup chat", migrate_to_chat_id=self.moved_to
            )
        if self.refusal:
            raise ApiError(403, f"Forbidden: {self.refusal}")

    def topic(self, given: str | None) -> Json:
        """How a message in a topic is marked; raises as the server would where there is no such topic."""
        number = int(given or 0)
        if not number:
            return {}
        if number not in (self.topics or ()):
            raise bad_request("message thread not found")
        return {"message_thread_id": number, "is_topic_message": True}

    def message(self, number: int) -> Json | None:
        """A message by its number."""
        return next((item for item in self.messages if item["message_id"] == number), None)

    def said_by(self, user: int) -> list[Json]:
        """One party's messages, oldest first."""
        return [item for item in self.messages if item["from"]["id"] == user]

    def buttons(self) -> Iterator[tuple[Json, Json]]:
        """Every button in sight with its message, the newest message first."""
        for message in reversed(self.messages):
            for row in message.get("reply_markup", {}).get("inline_keyboard", []):
                for button in row:
                    yield message, button


def words(message: Json) -> str:
    """What a message says."""
    return str(message.get("text", message.get("caption", "")))
