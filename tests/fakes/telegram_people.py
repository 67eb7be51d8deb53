"""The user's side of the fake Telegram: write, tap, send, block, and read what the bot said."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.fakes.telegram_chats import Chat, Json, words
from tests.fakes.telegram_markup import found_in

if TYPE_CHECKING:
    from tests.fakes.telegram import FakeTelegram


class Person:
    """Somebody in a chat with the bot. Actions give the number of the update that they cause."""

    def __init__(self, world: FakeTelegram, user: Json, chat: Chat) -> None:
        self._world = world
        self._user = user
        self.chat = chat
        self._heard = len(self._bots())
        self.topic = 0  # of a forum, where this person writes

    # --- what one does -----------------------------------------------------------------------

    def writes(self, text: str, *, to: Json | None = None) -> int:
        """Type a message; ``to`` is the message that it answers."""
        found = found_in(text)
        answered = {"reply_to_message": {**to, "reply_to_message": None}} if to else {}
        return self._send({"text": text, **({"entities": found} if found else {}), **answered})

    def starts(self, payload: str = "") -> int:
        """Press Start, or follow a deep link."""
        return self.writes(f"/start {payload}".strip())

    def edits(self, text: str) -> int:
        """Change one's last message."""
        message = self.chat.said_by(self._user["id"])[-1]
        message.update(text=text, entities=found_in(text), edit_date=self._world.timestamp())
        return self._world.happen("edited_message", dict(message))

    def sends_file(self, name: str, content: bytes, *, caption: str = "") -> int:
        """Drop a file into the chat."""
        said: Json = {"caption": caption, "caption_entities": found_in(caption)} if caption else {}
        return self._send({"document": self._world.keep_file(name, content), **said})

    def sends_voice(self) -> int:
        """Say it instead of writing it."""
        voice = {"file_id": "voice", "file_unique_id": "voice", "duration": 2}
        return self._send({"voice": voice})

    def asks_inline(self, query: str, offset: str = "") -> int:
        """Type the bot's name and a query into any chat."""
        number = f"query{self._world.number('query')}"
        self._world.open_queries.add(number)
        asked = {"id": number, "from": self._user, "query": query, "offset": offset, "chat_type": "sender"}
        return self._world.happen("inline_query", asked)

    def taps(self, label: str) -> int:
        """Press a button that can be seen. Raises AssertionError where there is none."""
        for message, button in self.chat.buttons():
            if button["text"] == label:
                return self._pressed(message, button["callback_data"])
        raise AssertionError(f"no button {label!r} in sight; there are {self.buttons()}")

    def carried(self, verb: str) -> str:
        """What the newest button in sight of this verb carries. Raises AssertionError where there is none."""
        for _, button in self.chat.buttons():
            if button.get("callback_data", "").partition(":")[0] == verb:
                return str(button["callback_data"])
        raise AssertionError(f"no button {verb!r} in sight; there are {self.buttons()}")

    def sends_tap(self, tap: str) -> int:
        """Press what carries ``tap``; where nothing in sight does, as a changed client could."""
        held = (message for message, button in self.chat.buttons() if button.get("callback_data") == tap)
        return self._pressed(next(held, None) or self.last(), tap)

    def blocks(self) -> int:
        """Block the bot."""
        self.chat.refusal = "bot was blocked by the user"
        return self._standing("member", "kicked")

    def unblocks(self) -> int:
        """Let the bot in again."""
        self.chat.refusal = ""
        return self._standing("kicked", "member")

    # --- what one sees -----------------------------------------------------------------------

    def sees(self) -> list[str]:
        """Everything that the bot said here, as it reads now."""
        return [words(message) for message in self._bots()]

    def last(self) -> Json:
        """The bot's last message."""
        return self._bots()[-1]

    def buttons(self) -> list[str]:
        """The labels under the last message that has any."""
        return [label for row in self.rows() for label in row]

    def rows(self) -> list[list[str]]:
        """The same, row by row."""
        for message in reversed(self._bots()):
            if "reply_markup" in message:
                return [[key["text"] for key in row] for row in message["reply_markup"]["inline_keyboard"]]
        return []

    def files(self) -> list[tuple[str, bytes]]:
        """The files that the bot sent: name and content."""
        return [self._world.files[item["document"]["file_id"]] for item in self._bots() if "document" in item]

    async def hears(self, within: float = 10) -> str:
        """Wait for the bot's next message and give its words."""
        async with asyncio.timeout(within):
            while len(self._bots()) <= self._heard:
                await self._world.stir()
        self._heard += 1
        return words(self._bots()[self._heard - 1])

    # --- shared ------------------------------------------------------------------------------

    def _bots(self) -> list[Json]:
        return self.chat.said_by(self._world.bot_user["id"])

    def _pressed(self, message: Json, tap: str) -> int:
        query = f"tap{self._world.number('tap')}"
        self._world.unanswered_taps.add(query)
        pressed = {"id": query, "from": self._user, "chat_instance": "1", "message": message, "data": tap}
        return self._world.happen("callback_query", pressed)

    def _send(self, content: Json) -> int:
        content = {**content, **self.chat.topic(str(self.topic))}
        return self._world.happen("message", self._world.say(self.chat, self._user, content))

    def _standing(self, before: str, after: str) -> int:
        return self._world.happen(
            "my_chat_member", standing(self._world, self.chat, self._user, before, after)
        )


class Group:
    """A group chat."""

    def __init__(self, world: FakeTelegram, chat: Chat) -> None:
        self._world = world
        self.chat = chat

    def member(self, number: int, name: str = "") -> Person:
        """Somebody in this group."""
        return self._world.member(self.chat, number, name)

    def appoints(self, *numbers: int) -> None:
        """Make members administrators."""
        self.chat.administrators.update(numbers)

    def opens_topics(self, *numbers: int) -> None:
        """Become a forum with these topics."""
        self.chat.kind, self.chat.topics = "supergroup", set(numbers)

    def removes_bot(self, by: Person) -> int:
        """Throw the bot out."""
        self.chat.refusal = "bot was kicked from the group chat"
        change = standing(self._world, self.chat, by._user, "member", "left")
        return self._world.happen("my_chat_member", change)

    def migrates(self, new: int, by: Person) -> Group:
        """Become a supergroup with a new number; Telegram tells it in both chats."""
        old, self.chat.moved_to = self.chat, new
        moved = self._world.chats.setdefault(new, Chat(new, "supergroup", old.title))
        for chat, news in ((old, {"migrate_to_chat_id": new}), (moved, {"migrate_from_chat_id": old.id})):
            self._world.happen("message", self._world.say(chat, by._user, news))
        return Group(self._world, moved)


def standing(world: FakeTelegram, chat: Chat, by: Json, before: str, after: str) -> Json:
    """The bot's own membership changed."""
    return {
        "chat": chat.json,
        "from": by,
        "date": world.timestamp(),
        "old_chat_member": _member(world, before),
        "new_chat_member": _member(world, after),
    }


def _member(world: FakeTelegram, status: str) -> Json:
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": world.bot_user, "status": status, **until}
